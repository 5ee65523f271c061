# For scripts that need a server for a while: sourced, it makes the folder $work, starts the built server on a free port with data in it,
# and sets $address. Both go when the script ends.
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT
PostModtag__DataFolder=$work/data dotnet src/PostModtag.Api/bin/Release/net10.0/PostModtag.Api.dll --urls http://127.0.0.1:0 > "$work/log" 2>&1 &
server=$!
until address=$(grep -oE 'http://127\.0\.0\.1:[0-9]+' "$work/log" | head -n 1) && [ -n "$address" ]; do
  kill -0 "$server" 2>/dev/null || { cat "$work/log"; exit 1; }
  sleep 0.2
done
