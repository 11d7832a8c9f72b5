# Sourced by the scripts beside it: compiles the program with its benches and sets `bench`, how to start a class of them.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

mvn -q -B -Pbench -Dspotless.check.skip=true test-compile </dev/null
jdk=${ANTIPHON_JAVA_HOME:-}
if [ -z "$jdk" ]; then
  # The same JDK that Maven's toolchain found, when JAVA_HOME is older.
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$candidate/release" 2>/dev/null || true)
    if [ -n "$version" ] && [ "$version" -ge 25 ] && [ -x "$candidate/bin/java" ]; then
      jdk=$candidate
      break
    fi
  done
fi
if [ -z "$jdk" ]; then
  echo "$0: no JDK 25 or newer found; allowed: its home in ANTIPHON_JAVA_HOME." >&2
  exit 1
fi
# The serial collector, because Deeplearning4j allocates and is slower with ZGC; our step allocates nothing.
bench=("$jdk/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
  --add-exports=java.base/jdk.internal.misc=ALL-UNNAMED
  --add-modules=jdk.incubator.vector -XX:+UseSerialGC -Xms1g -Xmx3g -Dorg.slf4j.simpleLogger.defaultLogLevel=warn
  -cp "target/test-classes:target/classes:$(cat target/bench.classpath)")
