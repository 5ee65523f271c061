#!/usr/bin/env bash
# Changes messages at random and holds what the reader says of them against .NET's own: bash build/fuzz.sh [MINUTES] [SEED]
# A finding goes to artifacts/fuzz, with the way to try it again: bash build/fuzz.sh --again FILE [PIECE]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source build/sdk.sh
dotnet build tests/PostModtag.Fuzz --configuration Release --nologo --verbosity quiet >&2
built=tests/PostModtag.Fuzz/bin/Release/net10.0
if [ "${1:-}" = --again ]; then
  exec dotnet "$built/PostModtag.Fuzz.dll" "$@"
fi

# The reader tells which ways it goes in a copy of its own; one process a core, each with the next seed.
guided=artifacts/fuzz/guided
rm -rf "$guided" && mkdir -p artifacts/fuzz && cp -r "$built" "$guided"
dotnet "$built/PostModtag.Fuzz.dll" --instrument "$guided"
seed=${2:-$RANDOM}
runs=()
for ((core = 0; core < $(nproc); core++)); do
  dotnet "$guided/PostModtag.Fuzz.dll" "${1:-60}" "$((seed + core))" &
  runs+=($!)
done
status=0
for run in "${runs[@]}"; do wait "$run" || status=1; done
exit "$status"
