#!/usr/bin/env bash
# Builds everything and runs all tests: bash build/test.sh
# Its last line is "N passed, N failed"; it ends with 0 only when none failed and every test project ran.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source build/sdk.sh

# What the tests use beside the SDK: git lists what is tracked, curl runs the README's commands.
# PostgreSQL is the second database; nginx stands before several nodes;
# Chromium opens the console.
has() { [ "$1" = postgresql ] && { ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1; } || PATH="$PATH:/usr/sbin" command -v "$1" >/dev/null 2>&1; }
for tool in git curl postgresql nginx chromium; do
  has "$tool" && continue
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    # A start of the services that come with them is neither needed nor always possible.
    { apt-get update && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$tool"; } >/dev/null 2>&1
  fi
  has "$tool" || { echo "'$tool' is missing, and could not be installed here: install it (Debian and Ubuntu: apt-get install $tool) and try again."; echo "0 passed, 1 failed"; exit 1; }
done

dotnet build PostModtag.sln --configuration Release --nologo --verbosity quiet || { echo "The build failed; no test ran."; echo "0 passed, 1 failed"; exit 1; }

passed=0 failed=0

# A section's name, and when it began, so that what takes long is seen.
section() { echo "== $1 (after $((SECONDS / 60)) min $((SECONDS % 60)) s)"; }

# Known holes in what it is made of, where the registry tells. One fails the run; no answer does not.
section "Vulnerable packages"
vulnerable=$(timeout 300 dotnet list PostModtag.sln package --vulnerable --include-transitive 2>&1)
if grep -q "has the following vulnerable packages" <<<"$vulnerable"; then
  echo "$vulnerable"
  failed=$((failed + 1))
elif grep -q "has no vulnerable packages" <<<"$vulnerable"; then
  echo "None is known."
else
  echo "The registry does not say."
fi
run() { # NAME PROJECT FILTER
  local name=$1 project=$2 filter=$3 output status summary its_failed its_passed
  section "$name"
  output=$(mktemp)
  # A test that hangs is named, and fails the run, instead of holding it up.
  dotnet test "$project" --configuration Release --no-build --nologo --blame-hang --blame-hang-timeout 10m --blame-hang-dump-type none --filter "$filter" 2>&1 | tee "$output"
  status=${PIPESTATUS[0]}
  # "Passed!  - Failed:     0, Passed:   231, Skipped:     0, Total:   231, ..."
  summary=$(grep -aE '^(Passed|Failed)! ' "$output" | tail -n 1)
  rm -f "$output"
  its_failed=$(sed -nE 's/.*Failed: +([0-9]+).*/\1/p' <<<"$summary")
  its_passed=$(sed -nE 's/.*Passed: +([0-9]+).*/\1/p' <<<"$summary")
  passed=$((passed + ${its_passed:-0}))
  failed=$((failed + ${its_failed:-0}))
  # A project that ends badly without a failed test (a crash, no test at all) is a failure too.
  if [ "$status" -ne 0 ] && [ "${its_failed:-0}" -eq 0 ] || [ "${its_passed:-0}" -eq 0 ]; then
    echo "$name did not run to its end."
    failed=$((failed + 1))
  fi
}

for project in tests/*.Tests/*.csproj; do
  run "$(basename "$project" .csproj)" "$project" "Database!=PostgreSQL"
done

# Clients are generated in other languages and send a message each. Where the languages are not there, that is said and fails nothing.
section "Clients in Java and TypeScript"
timeout 900 bash build/clients.sh --no-build
case $? in
  0) passed=$((passed + 1)) ;;
  77) echo "They were not tried." ;;
  *) echo "The clients in Java and TypeScript do not work."; failed=$((failed + 1)) ;;
esac

# How fast it is, one short round each: it shows that the measuring runs, and fails nothing. What counts is in docs/performance.md.
section "Benchmarks, short"
timeout 900 bash build/bench.sh --short || echo "Not all benchmarks ran; no test has to do with that."

# What has to do with the database, once more on the other one.
export POSTMODTAG_TEST_DATABASE=postgresql
run "PostModtag.Api.Tests on PostgreSQL" tests/PostModtag.Api.Tests/PostModtag.Api.Tests.csproj "Database!=SQLite"
run "PostModtag.Cli.Tests on PostgreSQL" tests/PostModtag.Cli.Tests/PostModtag.Cli.Tests.csproj "Database!=SQLite"
run "PostModtag.Infrastructure.Tests on PostgreSQL" tests/PostModtag.Infrastructure.Tests/PostModtag.Infrastructure.Tests.csproj "Database!=SQLite&FullyQualifiedName~Storage"
run "PostModtag.Web.Tests on PostgreSQL" tests/PostModtag.Web.Tests/PostModtag.Web.Tests.csproj "FullyQualifiedName~StoryTests"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
