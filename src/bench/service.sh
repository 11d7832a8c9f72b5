#!/usr/bin/env bash
# The service under a real systemd: installed, killed with kill -9 in mid-note, started anew, watched, removed. Run it in a
# machine of its own, as root, with an ALSA sequencer: .ci/alsa --systemd src/bench/service.sh
# Build first (bin/antiphon --version): nothing is compiled here.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export ANTIPHON_BUILD=no SYSTEMD_COLORS=0 SYSTEMD_LOG_COLOR=0

say() {
  printf '%s %s\n' "$(cut -d ' ' -f 1 /proc/uptime)" "$*"
}

fail() {
  say "FAILED: $*"
  systemctl status --no-pager antiphon.service || true
  journalctl --no-pager -n 40 -u antiphon.service || true
  exit 1
}

# Waits until a command succeeds, for at most $1 seconds.
await() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 0.2
  done
}

is_active() { [ "$(systemctl is-active antiphon.service)" = active ]; }
pid() { systemctl show -P MainPID antiphon.service; }
is_new() { is_active && [ "$(pid)" != "$old" ]; }

# The number of antiphon:in.
address() {
  aconnect -l | awk '/^client/ { client = $2; ours = ($3 == "\047antiphon\047") } ours && $2 ~ /^.in/ { print client $1; exit }'
}

folder=$(mktemp -d)
# One note of 60 s, as a MIDI file.
printf 'MThd\0\0\0\6\0\0\0\1\0\140MTrk\0\0\0\15\0\220\74\100\332\0\200\74\100\0\377\57\0' >"$folder/note.mid"
aseqdump >"$folder/heard" &

say "installing"
bin/antiphon service install --system --as root -- --backend alsa --mode listen --thru --out aseqdump --in nobody ||
  fail "install ended with status $?"
is_active || fail "not active after install"
say "installed; main process $(pid): $(tr '\0' ' ' <"/proc/$(pid)/cmdline" | cut -c 1-60)"
bin/antiphon service status --system | sed -n 's/^ *\(Active\|Status\|Main PID\)/  \1/p'
bin/antiphon service install --system --as root -- --backend alsa --mode listen --thru --out aseqdump --in nobody
say "installed once more: main process $(pid)"

say "a note of 60 s, copied through"
aplaymidi -p "$(address)" "$folder/note.mid" &
await 20 grep -q 'Note on' "$folder/heard" || fail "the note was not heard: $(cat "$folder/heard")"
sleep 3
grep -q 'Note off' "$folder/heard" && fail "the note has ended by itself: $(cat "$folder/heard")"
old=$(pid)
started=$(date +%s%N)
kill -9 "$old"
await 60 grep -q 'Note off' "$folder/heard" || fail "the note hangs: $(cat "$folder/heard")"
say "kill -9: the note-off came after $((($(date +%s%N) - started) / 1000000)) ms (a machine that is emulated)"
await 120 is_new || fail "not started anew"
say "started anew: main process $(pid) instead of $old"

say "the whole process is stopped: nobody tells systemd that it is alive"
old=$(pid)
kill -STOP "$old"
await 150 is_new || fail "a hanging service was not started anew"
say "the watchdog has ended it and started it anew: $(journalctl -u antiphon.service | grep -c 'Watchdog timeout') timeout in the log"

bin/antiphon service uninstall --system
is_active && fail "still active"
[ ! -e /etc/systemd/system/antiphon.service ] || fail "the unit is still there"
say "uninstalled"
say OK
