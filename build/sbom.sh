#!/usr/bin/env bash
# Writes what the server and its tool are made of, as CycloneDX: bash build/sbom.sh [FILE]
# The default is artifacts/postmodtag.cdx.json. Packages of tests and of the build are not in it: they are not shipped.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source build/sdk.sh
file=${1:-artifacts/postmodtag.cdx.json}
mkdir -p "$(dirname "$file")"
dotnet tool restore >/dev/null
dotnet restore src/PostModtag.Cli --verbosity quiet
version=$(sed -nE 's/.*<Version>(.*)<\/Version>.*/\1/p' Directory.Build.props)
dotnet CycloneDX src/PostModtag.Cli/PostModtag.Cli.csproj --disable-package-restore --set-name postmodtag --set-version "$version" --set-type Application \
  --output "$(dirname "$file")" --filename "$(basename "$file")" --output-format Json >/dev/null
echo "$file: $(grep -c '"purl"' "$file") packages"
