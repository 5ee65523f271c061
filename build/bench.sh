#!/usr/bin/env bash
# Measures beside references from the same run, and prints one table: bash build/bench.sh [ROW ...] [--short] [--markdown]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source build/sdk.sh
dotnet build tests/PostModtag.Benchmarks --configuration Release --nologo --verbosity quiet >&2
exec dotnet tests/PostModtag.Benchmarks/bin/Release/net10.0/PostModtag.Benchmarks.dll "$@"
