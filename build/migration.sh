#!/usr/bin/env bash
# Adds a migration of both databases after a change of the model: bash build/migration.sh NameOfTheChange
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source build/sdk.sh
dotnet tool restore

# It is of the model before, and may not compile.
rm -rf src/PostModtag.Infrastructure/Storage/*/CompiledModel
for database in Sqlite PostgreSql; do
  dotnet ef migrations add "${1:?Name the change, in PascalCase}" --context "${database}DbContext" --project src/PostModtag.Infrastructure --startup-project src/PostModtag.Infrastructure --output-dir "Storage/$database/Migrations"
  # Nobody but the server has to do with it.
  sed -i 's/^\( *\)public partial class/\1internal partial class/' "src/PostModtag.Infrastructure/Storage/$database/Migrations/"*"_$1.cs"
done
bash build/model.sh
