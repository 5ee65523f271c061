#!/usr/bin/env bash
# Measures what decisions rest on, on this machine: bash build/bench.sh, or one of them: bash build/bench.sh rules
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source build/sdk.sh
dotnet run --project tests/PostModtag.Benchmarks --configuration Release -- "$@"
