#!/usr/bin/env bash
# Packs what vendors build on: bash build/pack.sh [FOLDER [WORDS FOR DOTNET PACK ...]]
# FOLDER is artifacts/packages where it is left out. Of the words, -p:Version=1.2.3 packs another version, --no-build what is built.
set -euo pipefail
folder=$(realpath -m "${1:-"$(dirname "${BASH_SOURCE[0]}")/../artifacts/packages"}")
shift || true
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source build/sdk.sh
mkdir -p "$folder"
for project in src/*/*.csproj; do
  dotnet pack "$project" --configuration Release --output "$folder" --nologo --verbosity quiet "$@"
done
ls "$folder"
