#!/usr/bin/env bash
# Builds the package twice from what is committed, in two folders with names of different length, other users' rights, times and
# languages, and compares the bytes: of the package, of antiphon.jar and of the bill of materials. Ends with 1 if they differ.
set -euo pipefail
unset CDPATH

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

build() {
  git clone -q "$root" "$work/$1"
  (cd "$work/$1" && src/deb/build)
}

(umask 077 && TZ=Asia/Tokyo LC_ALL=C build one)
(umask 002 && TZ=America/New_York LC_ALL=C.UTF-8 build "a longer name, with blanks")
status=0
for file in "$work"/one/target/{antiphon_*.deb,antiphon.jar,antiphon.cdx.json,licences.txt}; do
  name=${file##*/}
  if cmp "$file" "$work/a longer name, with blanks/target/$name"; then
    printf '%s: the same %s bytes twice\n' "$name" "$(stat -c %s "$file")"
  else
    status=1
  fi
done
exit "$status"
