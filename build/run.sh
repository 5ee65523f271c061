#!/usr/bin/env bash
# Builds the server and runs it on http://localhost:5606, from a fresh clone on: bash build/run.sh
# Further words are handed to the server: bash build/run.sh --urls http://localhost:6000
# Settings: PostModtag__DataFolder, PostModtag__MaxMessageBytes, ... (docs/operating.md). Ctrl+C stops it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source build/sdk.sh

echo "Building PostModtag (the first time takes a minute or two) ..."
dotnet build src/PostModtag.Api --configuration Release --nologo --verbosity quiet -clp:NoSummary

# Where it will listen, in the order in which ASP.NET heeds it: the command line, the environment, our own default.
url=${ASPNETCORE_URLS:-http://localhost:5606}
words=("$@")
for i in "${!words[@]}"; do
  case ${words[$i]} in
    --urls=*) url=${words[$i]#--urls=} ;;
    --urls) url=${words[$((i + 1))]:-$url} ;;
  esac
done
url=${url%%;*}
url=${url%/}
url=$(sed -E 's#//(\*|\+|0\.0\.0\.0|\[::\])#//localhost#' <<<"$url")
host_and_port=${url#*://}
host=${host_and_port%:*}
port=${host_and_port##*:}
[ "$port" = "$host_and_port" ] && case $url in https:*) port=443 ;; *) port=80 ;; esac

listens() { (: <"/dev/tcp/${host//[\[\]]/}/$port") 2>/dev/null; }
if listens; then
  echo "Something listens at $url already. Stop it, or choose another address: bash build/run.sh --urls http://localhost:6000" >&2
  exit 1
fi

dotnet src/PostModtag.Api/bin/Release/net10.0/PostModtag.Api.dll "$@" &
server=$!
# A background job of a script does not hear Ctrl+C itself: it is told to stop, and finishes what it has begun.
trap 'kill -TERM "$server" 2>/dev/null || true' INT TERM

# What to do next, once the server listens; or its own words, if it does not come so far.
until listens; do
  kill -0 "$server" 2>/dev/null || { wait "$server"; exit $?; }
  sleep 0.2
done
cat <<EOF

PostModtag is running. Next, in another terminal, from this folder:

  curl -i $url/PostModtag -H "Content-Type: application/xml" --data-binary @api-spec/examples/valid/new-letter-citizen-1.2.xml
  curl $url/messages

  Console         $url/ (the one-time password stands above)
  Documentation   $url/docs
  Data            ${PostModtag__DataFolder:-$PWD/data}
  Stop            Ctrl+C

EOF
while kill -0 "$server" 2>/dev/null; do wait "$server" && status=0 || status=$?; done
exit "${status:-0}"
