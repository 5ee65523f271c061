# Sourced by the other scripts: says in one sentence what is missing, instead of failing somewhere deep.
if ! command -v dotnet >/dev/null 2>&1; then
  echo "The .NET 10 SDK is missing: 'dotnet' is not on the PATH. Install it (Debian and Ubuntu: apt-get install dotnet-sdk-10.0) and try again." >&2
  exit 1
fi
if ! dotnet --list-sdks | grep -q '^10\.'; then
  echo "The .NET 10 SDK is missing: this machine has $(dotnet --list-sdks | cut -d' ' -f1 | paste -sd' ' -). Install 10.0 and try again." >&2
  exit 1
fi
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
