#!/usr/bin/env bash
# Generates clients of both contracts in Java and TypeScript, compiles them, and sends a message with each: bash build/clients.sh [--no-build]
# It needs javac, npm, and Debian's packages of the Java libraries below; as root it installs what is missing. Ends with 77 where something is missing.
set -euo pipefail
build=yes
[ "${1:-}" = --no-build ] && build=no
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source build/sdk.sh

# The generator is a Java program; npm has it with everything in it.
generator=@openapitools/openapi-generator-cli@1.0.18-5.0.0-beta2
libraries=(spring-web spring-core spring-beans spring-context jackson2-core jackson2-annotations jackson2-databind jackson2-datatype-joda joda-time jsr305 commons-logging)
jars=(spring3-web spring3-core spring3-beans spring3-context jackson-core jackson-annotations jackson-databind jackson-datatype-joda joda-time jsr305 commons-logging)

missing=()
command -v javac >/dev/null || missing+=(default-jdk-headless)
command -v npm >/dev/null || missing+=(nodejs npm)
for i in "${!jars[@]}"; do
  [ -e "/usr/share/java/${jars[$i]}.jar" ] || missing+=("lib${libraries[$i]}-java")
done
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } >/dev/null 2>&1 || true
  fi
  for i in "${!jars[@]}"; do
    [ -e "/usr/share/java/${jars[$i]}.jar" ] || { echo "lib${libraries[$i]}-java is missing, and could not be installed here."; exit 77; }
  done
  { command -v javac && command -v npm; } >/dev/null || { echo "javac or npm is missing, and could not be installed here."; exit 77; }
fi

[ "$build" = no ] || dotnet build src/PostModtag.Api --configuration Release --nologo --verbosity quiet > /dev/null

source build/server.sh

right=$PWD/api-spec/examples/valid/kle-1.2.xml wrong=$PWD/api-spec/examples/invalid/body-missing-1.2.xml none=$PWD/README.md
contracts=$PWD/api-spec examples=$PWD/docs/examples/clients
cd "$work"
npm pack --silent "$generator" > /dev/null || { echo "npm does not give $generator."; exit 77; }
tar -xzf ./*.tgz
generate() { # CONTRACT GENERATOR FOLDER OPTIONS
  java -jar package/bin/openapi-generator.jar generate -i "$contracts/$1.openapi.yaml" -g "$2" -o "$3" --additional-properties="$4" > "$work/generated" 2>&1 || { cat "$work/generated"; exit 1; }
}
expect() { # WHAT IT SHOULD PRINT, COMMAND
  local expected=$1 printed
  shift
  printed=$("$@" 2>/dev/null) || true
  [[ $printed == $expected ]] || { echo "Printed \"$printed\", and not \"$expected\": $*"; "$@" || true; exit 1; }
}

echo "== Java"
# Three annotations, which only document, are Maven's to bring and not Debian's.
mkdir -p stubs
echo 'package io.swagger.annotations; public @interface ApiModel { String description() default ""; }' > stubs/ApiModel.java
echo 'package io.swagger.annotations; public @interface ApiModelProperty { String value() default ""; boolean required() default false; String example() default ""; }' > stubs/ApiModelProperty.java
echo 'package javax.annotation; public @interface Generated { String[] value(); }' > stubs/Generated.java
classpath=$(printf '/usr/share/java/%s.jar:' "${jars[@]}")
for contract in administration postmodtag; do
  generate $contract java "java/$contract" library=resttemplate,dateLibrary=joda,openApiNullable=false,hideGenerationTimestamp=true
  javac -nowarn -Xlint:none -cp "$classpath" -d "java/$contract/out" $(find "java/$contract/src/main" stubs -name '*.java')
done
javac -nowarn -cp "java/postmodtag/out:$classpath" -d java/out "$examples/Send.java"
send=(java -cp "java/out:java/postmodtag/out:$classpath" Send "$address")
expect "COMPLETED null" "${send[@]}" "$right"
expect "INVALID BODY_MISSING" "${send[@]}" "$wrong"
expect "400 *NOT_XML*" "${send[@]}" "$none"

echo "== TypeScript"
npm install --silent --no-save --no-fund --no-audit typescript@5.9.3 @types/node@20.19.0 > /dev/null
mkdir -p typescript
for contract in administration postmodtag; do
  generate $contract typescript-fetch "typescript/$contract" typescriptThreePlus=true
done
cp "$examples/send.ts" typescript/
npx tsc --strict --target es2022 --module commonjs --moduleResolution node --lib es2022,dom,dom.iterable --types node --typeRoots node_modules/@types --outDir typescript/out typescript/send.ts typescript/administration/index.ts
send=(node typescript/out/send.js "$address")
expect "COMPLETED null" "${send[@]}" "$right"
expect "INVALID BODY_MISSING" "${send[@]}" "$wrong"
expect "400 NOT_XML" "${send[@]}" "$none"
echo "Both clients generate, compile, and send."
