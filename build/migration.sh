#!/usr/bin/env bash
# Adds a database migration after a change of the model: bash build/migration.sh NameOfTheChange
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source build/sdk.sh
dotnet tool restore
dotnet ef migrations add "${1:?Name the change, in PascalCase}" --project src/PostModtag.Infrastructure --startup-project src/PostModtag.Infrastructure --output-dir Storage/Migrations
