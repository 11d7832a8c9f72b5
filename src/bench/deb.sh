#!/usr/bin/env bash
# Installs the package (src/deb/build) in a clean Debian without Java, plays its demo, learns, upgrades, removes and purges
# it, and says what that took. Needs root, debootstrap (apt install debootstrap) and a mirror of Debian's.
#   src/bench/deb.sh [PACKAGE.deb]
set -euo pipefail
unset CDPATH
export LC_ALL=C.UTF-8

readonly SUITE=${ANTIPHON_SUITE:-bookworm}
readonly MIRROR=${ANTIPHON_MIRROR:-http://deb.debian.org/debian}
# What the package depends on, and what the checks need.
readonly PACKAGES=(fontconfig libasound2 libstdc++6 man-db bash-completion zsh desktop-file-utils lilv-utils)

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
base=$here/target/debian-$SUITE

say() { printf '%-48s %s\n' "$1" "$2"; }

fail() {
  printf 'src/bench/deb.sh: %s\n' "$*" >&2
  exit 1
}

[ "$(id -u)" = 0 ] || fail "not root; allowed: root, who alone can make a root of its own. Run: sudo src/bench/deb.sh"
command -v debootstrap >/dev/null || fail "no debootstrap; needed to make a clean Debian. Run: apt install debootstrap"
# In a name space of its own, so that no mount of ours outlives us.
[ "${ANTIPHON_UNSHARED:-}" = yes ] || ANTIPHON_UNSHARED=yes exec unshare --mount --propagation private "$0" "$@"

package=${1:-$(ls -t "$here"/target/antiphon_*.deb 2>/dev/null | head -n 1)}
[ -f "$package" ] || fail "no package; needed: one of src/deb/build. Run: src/deb/build"

in_root() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }

# A musician, in the own home.
as_user() {
  chroot --userspec=musician:musician "$root" /usr/bin/env -i PATH=/usr/bin:/bin LANG=C.UTF-8 HOME=/home/musician \
    sh -c "cd && $1"
}

millis() { echo $(($(date +%s%N) / 1000000)); }

# Prints how long it takes, in ms; what it prints itself goes to the log.
timed() {
  local since
  since=$(millis)
  "$@" >>"$log" 2>&1 </dev/null || fail "$*: ended with status $?; 0 needed. The end of $log: $(tail -n 5 "$log")"
  echo $(($(millis) - since))
}

# Of $1 up to "ready", the medians of seven starts: ms by the clock, and ms of processor time, which a busy machine changes
# less.
starts() {
  local i
  for i in 1 2 3 4 5 6 7; do
    TIMEFORMAT='%R %U %S'
    { time eval "$1" >>"$log" 2>&1 </dev/null; } 2>&1
  done | awk '{ wall[NR] = $1 * 1000; cpu[NR] = ($2 + $3) * 1000 }
    END { sort7(wall); sort7(cpu); printf "%d ms, %d ms of processor time", wall[4], cpu[4] }
    function sort7(a, i, j, t) { for (i = 1; i <= 7; i++) for (j = i + 1; j <= 7; j++) if (a[j] < a[i]) { t = a[i]; a[i] = a[j]; a[j] = t } }'
}

ready() { starts "as_user 'antiphon run --backend none --until-ready'"; }

# All that is there, but for what apt, dpkg and man keep of any package, and the user's files.
files() {
  (cd "$root" && find . -xdev \( -path ./proc -o -path ./sys -o -path ./dev -o -path ./home -o -path ./tmp -o -path ./var/log \
    -o -path ./var/cache -o -path ./var/lib/apt -o -path ./var/lib/dpkg \) -prune -o -print | sort)
}

make_root() {
  if [ ! -f "$base/etc/debian_version" ]; then
    mkdir -p "$base"
    debootstrap --variant=minbase "$SUITE" "$base" "$MIRROR" >"$log" 2>&1 || fail "debootstrap failed; see $log"
  fi
  cp -a "$base/." "$root"
  # A file system of its own, as any real root is.
  mount --bind "$root" "$root"
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  for each in proc sys dev; do mount --rbind "/$each" "$root/$each"; done
  in_root apt-get update -q >>"$log" 2>&1
  in_root apt-get install -y -q --no-install-recommends "${PACKAGES[@]}" >>"$log" 2>&1 </dev/null ||
    fail "apt-get install ${PACKAGES[*]}: failed; see $log"
  in_root useradd -m -s /bin/bash musician
  ! in_root sh -c 'command -v java' >/dev/null || fail "there is a java; a Debian without needed"
}

check_program() {
  local found
  found=$(as_user 'antiphon --version')
  [[ $found =~ ^antiphon\ [0-9]+\.[0-9]+\.[0-9]+$ ]] || fail "antiphon --version: $found; antiphon 0.0.0 needed"
  say "antiphon --version" "$found"
  say "antiphon demo" "$(timed as_user 'antiphon demo --out music --seed 1') ms"
  for each in answer.mid answer.wav; do
    [ -s "$root/home/musician/music/$each" ] || fail "antiphon demo: no $each; it must write one"
  done
  # With pictures and letters, by which fonts are found; with Deeplearning4j.
  as_user 'antiphon generate --seconds 5 --seed 1 -o music/new.png' >>"$log" 2>&1 || fail "antiphon generate: failed; see $log"
  cp -R "$here/src/corpus/rags" "$root/home/musician/rags"
  say "antiphon train, a few seconds of it" "$(timed as_user 'antiphon train rags -o mine.safetensors --minutes 0.1') ms"
  as_user 'antiphon doctor' >"$root/tmp/doctor" 2>&1 || true
  sed 's/^/  /' "$root/tmp/doctor"
  ! grep -E '^fault' "$root/tmp/doctor" | grep -vE '^fault +midi' || fail "antiphon doctor: finds faults; none needed"
  say "ready, medians of 7 starts" "$(ready)"
  # Once before, which builds it and makes its caches.
  "$here/bin/antiphon" run --backend none --until-ready >>"$log" 2>&1
  say "the same from the clone, beside it" "$(starts "'$here/bin/antiphon' run --backend none --until-ready")"
  mkdir "$root/var/tmp/caches"
  mv "$root"/usr/lib/antiphon/*.[ja][so][at] "$root"/var/tmp/caches/
  say "the same without the package's caches" "$(ready)"
  mv "$root"/var/tmp/caches/* "$root/usr/lib/antiphon/"
  rmdir "$root/var/tmp/caches"
}

check_page() {
  local address
  as_user 'exec antiphon run --backend none --page --no-open --page-port 0' >"$root/tmp/page" 2>&1 </dev/null &
  page=$!
  for _ in $(seq 300); do
    address=$(grep -oE 'http://127\.0\.0\.1:[0-9]+' "$root/tmp/page" | head -n 1) && break
    sleep 0.1
  done
  [ -n "$address" ] || fail "the page: no address within 30 s: $(cat "$root/tmp/page")"
  exec 3<>"/dev/tcp/127.0.0.1/${address##*:}"
  printf 'GET / HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "${address##*:}" >&3
  timeout 30 grep -qi '<title>' <&3 || fail "the page: $address gives none"
  exec 3>&-
  end_page
  say "the page" "served"
}

# Ends what check_page started, if it did.
end_page() {
  [ -n "$page" ] || return 0
  kill "$page" $(pgrep -P "$page") 2>/dev/null || true
  wait "$page" 2>/dev/null || true
  page=''
}

check_desktop() {
  local found
  as_user 'MANWIDTH=80 man --warnings antiphon' >"$root/tmp/man" 2>"$root/tmp/man-errors" || fail "man antiphon: fails"
  [ ! -s "$root/tmp/man-errors" ] || fail "man antiphon: $(cat "$root/tmp/man-errors")"
  grep -q 'antiphon rehearse' "$root/tmp/man" || fail "man antiphon: lacks antiphon rehearse"
  say "man antiphon" "$(wc -l <"$root/tmp/man") lines, no warning"
  found=$(as_user "bash -c '. /usr/share/bash-completion/bash_completion; _completion_loader antiphon
    compopt() { :; }; COMP_WORDS=(antiphon reh); COMP_CWORD=1; _complete_antiphon; echo \"\${COMPREPLY[@]}\"'")
  [ "${found% }" = rehearse ] || fail "bash: completes reh to '$found'; rehearse needed"
  found=$(as_user "zsh -fc 'zmodload zsh/zpty; zpty z zsh -f -i
    zpty -w z \"PS1=; autoload -U compinit && compinit -u; echo rea\"\"dy\"; zpty -r z line \"*ready*\"
    zpty -w -n z \"antiphon reh\"\$'\"'\\\\t'\"'; zpty -r z line \"*rehearse*\"; echo found'" 2>&1 | tail -n 1) || true
  [ "$found" = found ] || fail "zsh: does not complete reh to rehearse: $found"
  say "bash and zsh" "complete reh to rehearse"
  in_root desktop-file-validate /usr/share/applications/antiphon.desktop || fail "antiphon.desktop: not valid"
  as_user 'antiphon service install --dry-run' | grep -q 'ExecStart=/usr/lib/antiphon/bin/antiphon' ||
    fail "antiphon service install --dry-run: does not start the package's program"
}

check_plugin() {
  local plugin=/usr/lib/lv2/antiphon.lv2 found
  [ -f "$root$plugin/antiphon.so" ] || fail "no $plugin; a package with the plugin needed. Run: apt install gcc lv2-dev && src/deb/build"
  found=$(in_root ldd "$plugin/antiphon.so" 2>&1) || fail "ldd $plugin/antiphon.so: $found"
  ! grep 'not found' <<<"$found" || fail "$plugin/antiphon.so: libraries are missing"
  found=$(as_user lv2ls)
  [ "$found" = https://antiphon.example/lv2 ] || fail "lv2ls: shows '$found'; https://antiphon.example/lv2 needed"
  # Makes an instance, and runs it.
  as_user 'lv2bench https://antiphon.example/lv2' >>"$log" 2>&1 || fail "lv2bench: cannot run the plugin; see $log"
  say "the LV2 plugin" "found by lv2ls, run by lv2bench, no library missing"
}

# The same program as a newer version.
newer() {
  local folder=$work/newer
  dpkg-deb -R "$package" "$folder"
  sed -i 's/^Version: .*/Version: 99.0-1/' "$folder/DEBIAN/control"
  dpkg-deb --root-owner-group -Znone --build "$folder" "$root/tmp/newer.deb" >/dev/null
  rm -rf "$folder"
}

check_upgrade() {
  local before caches
  as_user 'antiphon config init' >>"$log" 2>&1
  before=$(cd "$root/home/musician" && find . -type f -exec sha256sum {} + | sort)
  caches=$(ls -i "$root"/usr/lib/antiphon/*.jsa)
  newer
  say "upgrade" "$(timed in_root dpkg -i /tmp/newer.deb) ms"
  in_root dpkg-query -W -f '${Version}' antiphon | grep -qx 99.0-1 || fail "upgrade: another version is there"
  [ "$before" = "$(cd "$root/home/musician" && find . -type f -exec sha256sum {} + | sort)" ] ||
    fail "upgrade: changed the user's files"
  [ "$caches" != "$(ls -i "$root"/usr/lib/antiphon/*.jsa)" ] || fail "upgrade: the former caches stay"
  say "settings, state, music and networks" "$(wc -l <<<"$before") files, unchanged by the upgrade"
  say "ready after the upgrade, medians of 7 starts" "$(ready)"
}

check_removal() {
  local left
  say "remove" "$(timed in_root apt-get remove -y -q antiphon) ms"
  [ ! -e "$root/usr/lib/antiphon" ] || fail "remove: leaves $(find "$root/usr/lib/antiphon" | head)"
  timed in_root dpkg --purge antiphon >/dev/null
  left=$(diff <(printf '%s\n' "$clean") <(files)) || fail "purge: not as before: $left"
  [ -s "$root/home/musician/.config/antiphon/antiphon.toml" ] || fail "purge: the user's settings are gone"
  say "purge" "nothing left but the user's files"
}

work=$(mktemp -d -p "$here/target")
root=$work/root
log=$work/log
page=''
mkdir "$root"
trap 'end_page; umount -R -l "$root" 2>/dev/null; rm -rf --one-file-system "$work"' EXIT
make_root
clean=$(files)
cp "$package" "$root/tmp/antiphon.deb"
say "package" "$(($(stat -c %s "$package") / 1000000)) MB, $(basename "$package")"
say "install" "$(timed in_root apt-get install -y -q --no-install-recommends /tmp/antiphon.deb) ms"
! grep -q 'no caches made' "$log" || fail "install: no caches made; see postinst"
say "installed" "$(du -sm "$root/usr/lib/antiphon" | cut -f 1) MB"
check_program
check_page
check_desktop
check_plugin
check_upgrade
check_removal
