#!/usr/bin/env bash
# Coverage-guided fuzzing by Jazzer of everything that reads what others wrote, with a heap of 128 MiB.
#
#   src/bench/fuzz.sh [SECONDS [TARGET...]]      each target for so long (1200), all of them: classes named ...Fuzz
#
# First: bin/antiphon --version, mvn -q -Pfuzz test-compile. What it has tried with profit lies in target/fuzz/TARGET, where the next run begins; what
# broke something is written beside it as crash-..., timeout-... or oom-...: mend, and move it to
# src/test/resources/fuzz/TARGET, where FuzzFindingsTest has it from then on.
set -u
cd "$(dirname "$0")/../.."
seconds=${1:-1200}
[ $# -gt 0 ] && shift
classpath=target/test-classes:target/classes:$(cat target/fuzz.classpath) || exit 1
# Without what trains: Jazzer looks at every class, and has 128 MiB.
classpath=$classpath:$(sed 's|[^:]*|target/&|g' target/lib/live.classpath)
flags=$(sed -n 's/^readonly JVM_ARGS="\(.*\)"/\1/p' bin/antiphon)
java=${JAVA_HOME:-/usr/lib/jvm/temurin-25-jdk-amd64}/bin/java
kept=src/test/resources/fuzz
failed=0
for target in "${@:-}"; do
  if [ -z "$target" ]; then
    set -- $(ls "$kept")
    exec "$0" "$seconds" "$@"
  fi
  class=$(cd target/test-classes && find . -name "$target.class" | sed 's|^\./||; s|\.class$||; s|/|.|g')
  work=target/fuzz/$target
  mkdir -p "$work/corpus"
  # Flags are split at blanks.
  JAZZER_SSRF_PERMISSIVE_UNTIL_CONFIGURED=true "$java" -Xmx128m -XX:+UseSerialGC $flags -XX:+EnableDynamicAgentLoading -cp "$classpath" com.code_intelligence.jazzer.Jazzer \
    "--target_class=$class" '--instrumentation_includes=antiphon.**:org.tomlj.**:com.fasterxml.jackson.**:org.apache.commons.compress.**' \
    "--reproducer_path=$work" "-artifact_prefix=$work/" "-max_total_time=$seconds" -max_len=4096 -rss_limit_mb=0 -timeout=60 \
    -print_final_stats=1 "$work/corpus" "$kept/$target" >"$work/log" 2>&1
  status=$?
  printf '%s: exit %d, %s, %s\n' "$target" "$status" \
    "$(grep -ao 'number_of_executed_units: .*' "$work/log" | tail -1)" "$(grep -ao 'cov: [0-9]* ft: [0-9]*' "$work/log" | tail -1)"
  [ "$status" = 0 ] || failed=1
done
exit "$failed"
