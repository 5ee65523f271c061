#!/usr/bin/env bash
# Writes the documentation of both contracts as pages that need no server: bash build/docs.sh [FOLDER]
# FOLDER is artifacts/docs where it is left out. With --no-build before it, what has been built is used.
set -euo pipefail
build=yes
[ "${1:-}" = --no-build ] && { build=no; shift; }
folder=$(realpath -m "${1:-"$(dirname "${BASH_SOURCE[0]}")/../artifacts/docs"}")
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source build/sdk.sh
[ "$build" = no ] || dotnet build src/PostModtag.Api --configuration Release --nologo --verbosity quiet

# The server writes them: they are its own /docs.
source build/server.sh

mkdir -p "$folder"
for file in postmodtag.html administration.html postmodtag.yaml administration.yaml scalar.js; do
  curl --silent --show-error --fail --output "$folder/$file" "$address/docs/$file"
done
cat > "$folder/index.html" <<'HTML'
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>PostModtag</title></head>
<body style="font-family: system-ui, sans-serif; margin: 3rem auto; max-width: 40rem; line-height: 1.5">
  <h1>PostModtag</h1>
  <ul>
    <li><a href="postmodtag.html">EP_FS1 – PostModtag</a>: the endpoint that receives Digital Post (<a href="postmodtag.yaml">OpenAPI</a>)</li>
    <li><a href="administration.html">Administration</a>: messages, rules, fagsystemer (<a href="administration.yaml">OpenAPI</a>)</li>
  </ul>
</body>
</html>
HTML
ls "$folder"
