#!/usr/bin/env bash
# Ten thousand mutants of ten MIDI files through `import` in one run with a heap of 256 MiB. After: mvn test-compile.
#   src/bench/fuzz-import.sh [FOLDER [FILES [MUTANTS [SEED]]]]
set -eu
cd "$(dirname "$0")/../.."
classpath=target/test-classes:target/classes:$(find target/lib -name '*.jar' | tr '\n' ':')
exec "${JAVA_HOME:-/usr/lib/jvm/temurin-25-jdk-amd64}/bin/java" -Xmx256m -XX:+UseSerialGC -cp "$classpath" \
  antiphon.corpus.ImportFuzz "${1:-src/corpus}" "${2:-10}" "${3:-10000}" "${4:-1}"
