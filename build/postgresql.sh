#!/usr/bin/env bash
# A PostgreSQL of its own, for tests and for trying: bash build/postgresql.sh
# Its first line is the connection string of its server; without a Database, which is for the caller to choose. It keeps
# nothing on disk for good: it ends, and everything in it, when standard input is closed (Ctrl+D) or on Ctrl+C.
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb)") || { echo "PostgreSQL is missing: install it (Debian and Ubuntu: apt-get install postgresql) and try again." >&2; exit 1; }

folder=$(mktemp -d)
# PostgreSQL refuses to run as root.
as=()
if [ "$(id -u)" -eq 0 ]; then
  chown postgres "$folder"
  as=(runuser -u postgres --)
fi
cleanup() {
  "${as[@]}" "$bin/pg_ctl" --pgdata="$folder/data" --mode=immediate --silent stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap cleanup EXIT
trap 'exit 0' INT TERM

cd "$folder"
"${as[@]}" "$bin/initdb" --pgdata="$folder/data" --auth=trust --username=postmodtag --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; exit 1; }
# Only by a socket in its own folder, so that no port is taken. What it keeps ends with it: no need to wait for the disk.
"${as[@]}" "$bin/pg_ctl" --pgdata="$folder/data" --log="$folder/data/log" --silent --wait start --options="-c listen_addresses= -c unix_socket_directories=$folder -c fsync=off -c full_page_writes=off -c max_connections=400" </dev/null >/dev/null || { cat "$folder/data/log" >&2; exit 1; }
echo "Host=$folder;Username=postmodtag"
cat >/dev/null
