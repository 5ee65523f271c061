#!/usr/bin/env bash
# After a change of api-spec/: says in words what it changes, makes anew what is generated from it, and names what must follow.
#   bash build/regenerate.sh [OLD]     OLD is a folder with the contract as it was; what git has of api-spec/ where it is left out
# Ends with 0 when everything builds, else with 1; the steps are in docs/contract.md.
set -euo pipefail
old=${1:+$(realpath "$1")}
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source build/sdk.sh

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -z "$old" ]; then
  git archive HEAD api-spec | tar -x -C "$work"
  old=$work/api-spec
fi

# It is built by itself: a changed contract may leave nothing else that builds.
dotnet build src/PostModtag.ContractDiff --configuration Release --nologo --verbosity quiet > /dev/null
echo "== What changes"
differs=0
dotnet src/PostModtag.ContractDiff/bin/Release/net10.0/PostModtag.ContractDiff.dll "$old" api-spec || differs=$?
[ "$differs" -le 1 ] || exit 1

echo "== What is generated, and what is built on it"
if dotnet build PostModtag.sln --configuration Release --nologo --verbosity quiet > "$work/build" 2>&1; then
  echo "Everything builds. Run build/test.sh: tests know what must follow in examples and documents."
  exit 0
fi

# Each place once, from the repository's root, without the project that it is built in.
grep -E ': (error|fatal error) |error (CS|MSB)[0-9]+' "$work/build" | sed -e "s|$PWD/||g" -e 's| \[[^]]*\]$||' -e 's/^ *//' | sort -u || cat "$work/build"
echo "The contract asks for more than the code has. Mend these places, as docs/contract.md says, and run this again."
exit 1
