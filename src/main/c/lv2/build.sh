#!/bin/sh
# Builds the LV2 plugin: src/main/c/lv2/build.sh FOLDER [CFLAGS...]. Where a C compiler or LV2's headers are missing, or this is
# not Linux, it says so in one line and builds nothing.
set -eu

here=$(dirname "$0")
bundle=$1/antiphon.lv2
shift
compiler=${CC:-cc}

none() {
  echo "lv2: no plugin is built: $1"
  exit 0
}

[ "$(uname -s)" = Linux ] || none "it is for Linux"
command -v "$compiler" >/dev/null || none "a C compiler is missing (apt install gcc)"
echo '#include <lv2/core/lv2.h>' | "$compiler" -E - >/dev/null 2>&1 || none "LV2's headers are missing (apt install lv2-dev)"

mkdir -p "$bundle"
newest=$(ls -t "$here"/*.c "$here"/*.h "$0" | head -n 1)
if [ "$#" -gt 0 ] || [ ! -e "$bundle/antiphon.so" ] || [ "$newest" -nt "$bundle/antiphon.so" ]; then
  # Under another name first: a host may have the old one loaded.
  "$compiler" -std=gnu11 -O2 -Wall -Wextra -Wpedantic -Werror -fvisibility=hidden -fPIC -shared "$@" \
    "$here/antiphon.c" "$here/memory.c" -o "$bundle/antiphon.so.new" -lm -lpthread
  mv "$bundle/antiphon.so.new" "$bundle/antiphon.so"
fi
cp "$here/manifest.ttl" "$here/antiphon.ttl" "$bundle/"
