#!/usr/bin/env bash
# Builds the server and runs it on http://localhost:5606, from a fresh clone on: bash build/run.sh
# Further words are handed to the server: bash build/run.sh --urls http://localhost:6000
# Settings: PostModtag__DataFolder, PostModtag__MaxMessageBytes, ... (docs/operating.md). Ctrl+C stops it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source build/sdk.sh

echo "Building PostModtag (the first time takes a minute or two) ..."
dotnet build src/PostModtag.Api --configuration Release --nologo --verbosity quiet -clp:NoSummary

log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet src/PostModtag.Api/bin/Release/net10.0/PostModtag.Api.dll "$@" > >(tee "$log") &
server=$!
# A background job of a script does not hear Ctrl+C itself: it is told to stop, and finishes what it has begun.
trap 'kill -TERM "$server" 2>/dev/null || true' INT TERM

# What to do next, once the server says where it listens; or its own words, if it does not come so far.
until url=$(sed -n 's/.*Now listening on: //p' "$log" | head -n 1) && [ -n "$url" ]; do
  kill -0 "$server" 2>/dev/null || { wait "$server"; exit $?; }
  sleep 0.2
done
cat <<EOF

PostModtag is running. Next, in another terminal, from this folder:

  curl -i $url/PostModtag -H "Content-Type: application/xml" --data-binary @api-spec/examples/valid/new-letter-citizen-1.2.xml
  curl $url/messages

  Documentation   $url/docs
  Data            ${PostModtag__DataFolder:-$PWD/data}
  Stop            Ctrl+C

EOF
while kill -0 "$server" 2>/dev/null; do wait "$server" && status=0 || status=$?; done
exit "${status:-0}"
