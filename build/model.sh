#!/usr/bin/env bash
# Makes the code again by which EF knows its model without building it at each start: bash build/model.sh, after a change of the model
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source build/sdk.sh
dotnet tool restore

# What is there may no longer compile, and EF's tool begins with a build.
rm -rf src/PostModtag.Infrastructure/Storage/*/CompiledModel
dotnet build src/PostModtag.Infrastructure -c Release --nologo -v quiet
for database in Sqlite PostgreSql; do
  folder="Storage/$database/CompiledModel"
  dotnet ef dbcontext optimize --context "${database}DbContext" --project src/PostModtag.Infrastructure --startup-project src/PostModtag.Infrastructure --configuration Release --no-build \
    --output-dir "$folder" --namespace "PostModtag.Infrastructure.${folder//\//.}"
  # Nobody but the server has to do with it.
  sed -i -e '1s/^\xEF\xBB\xBF//' -e 's/^\( *\)public partial class/\1internal partial class/' -e '$a\' "src/PostModtag.Infrastructure/$folder/"*.cs
done
