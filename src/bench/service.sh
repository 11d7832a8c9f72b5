#!/usr/bin/env bash
# The service under a real systemd: installed, killed with kill -9 in mid-note, started anew, watched, removed. Run it in a
# machine of its own, as root, with an ALSA sequencer: .ci/alsa --systemd src/bench/service.sh [system|user]
# user: the unit of one user, under that user's own systemd. Build first (bin/antiphon --version): nothing is compiled here.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export ANTIPHON_BUILD=no SYSTEMD_COLORS=0 SYSTEMD_LOG_COLOR=0

readonly whose=${1:-system}
unit=/etc/systemd/system/antiphon.service
as=(--as root)
scope=()
if [ "$whose" = user ]; then
  unit=$HOME/.config/systemd/user/antiphon.service
  as=()
  scope=(--user)
  export XDG_RUNTIME_DIR=/run/user/0
fi

say() {
  printf '%s %s\n' "$(cut -d ' ' -f 1 /proc/uptime)" "$*"
}

fail() {
  say "FAILED: $*"
  systemctl "${scope[@]}" status --no-pager antiphon.service || true
  logged | tail -n 40 || true
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

logged() { if [ "$whose" = user ]; then journalctl --no-pager _UID=0; else journalctl --no-pager -u antiphon.service; fi; }
is_active() { [ "$(systemctl "${scope[@]}" is-active antiphon.service)" = active ]; }
pid() { systemctl "${scope[@]}" show -P MainPID antiphon.service; }
is_new() { is_active && [ "$(pid)" != "$old" ]; }

# The number of antiphon:in.
address() {
  aconnect -l | awk '/^client/ { client = $2; ours = ($3 == "\047antiphon\047") } ours && $2 ~ /^.in/ { print client $1; exit }'
}

folder=$(mktemp -d)
# One note of 60 s, as a MIDI file.
printf 'MThd\0\0\0\6\0\0\0\1\0\140MTrk\0\0\0\15\0\220\74\100\332\0\200\74\100\0\377\57\0' >"$folder/note.mid"
aseqdump >"$folder/heard" &

if [ "$whose" = user ]; then
  # As a login does.
  systemctl start user@0.service || fail "no systemd for the user"
fi
say "installing"
bin/antiphon service install "--$whose" "${as[@]}" -- --backend alsa --mode listen --thru --out aseqdump --in nobody ||
  fail "install ended with status $?"
is_active || fail "not active after install"
say "installed; main process $(pid): $(tr '\0' ' ' <"/proc/$(pid)/cmdline" | cut -c 1-60)"
bin/antiphon service status "--$whose" | sed -n 's/^ *\(Active\|Status\|Main PID\)/  \1/p'
bin/antiphon service install "--$whose" "${as[@]}" -- --backend alsa --mode listen --thru --out aseqdump --in nobody
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
say "the watchdog has ended it and started it anew: $(logged | grep -c 'Watchdog timeout') timeout in the log"

bin/antiphon service uninstall "--$whose"
is_active && fail "still active"
[ ! -e "$unit" ] || fail "the unit is still there"
say "uninstalled"
say OK
