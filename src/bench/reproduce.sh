#!/usr/bin/env bash
# Builds the package twice from what is committed, in two folders with names of different length, other users' rights, times and
# languages, and compares the bytes: of the package, of antiphon.jar and of the bill of materials. Ends with 1 if they differ.
set -euo pipefail
unset CDPATH

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

first=$work/one
second="$work/a longer name, with blanks"
(umask 077 && git clone -q "$root" "$first")
(umask 002 && git clone -q "$root" "$second")
(umask 077 && cd "$first" && TZ=Asia/Tokyo LC_ALL=C src/deb/build)
(umask 002 && cd "$second" && TZ=America/New_York LC_ALL=C.UTF-8 src/deb/build)
status=0
for file in "$first"/target/{antiphon_*.deb,antiphon.jar,antiphon.cdx.json,licences.txt}; do
  name=${file##*/}
  if cmp "$file" "$second/target/$name"; then
    printf '%s: the same %s bytes twice\n' "$name" "$(stat -c %s "$file")"
  else
    status=1
  fi
done
exit "$status"
