#!/usr/bin/env bash
# Kills the server so many times while messages come in, on SQLite and on PostgreSQL, and checks what is left: bash build/kill.sh [KILLS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source build/sdk.sh
export POSTMODTAG_TEST_KILLS=${1:-1000}
dotnet build tests/PostModtag.Api.Tests --configuration Release --nologo --verbosity quiet
for database in sqlite postgresql; do
  echo "$POSTMODTAG_TEST_KILLS kills on $database"
  POSTMODTAG_TEST_DATABASE=$database dotnet test tests/PostModtag.Api.Tests --configuration Release --no-build --nologo --filter FullyQualifiedName~KillRunTests
done
