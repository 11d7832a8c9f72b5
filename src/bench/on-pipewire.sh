#!/usr/bin/env bash
# Runs a command that starts jackd (a case, cables.py, loops.py, a test) on PipeWire instead.
#
#   src/bench/on-pipewire.sh COMMAND...
#
# In it `jackd` is a script that becomes PipeWire, with its session manager and a bus of its own, in a temporary runtime
# folder and with the period of -p; libjack is PipeWire's, as pw-jack sets it. One server at a time.
# Needs: apt install pipewire pipewire-jack wireplumber dbus
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/bin" "$folder/run"
cat >"$folder/bin/jackd" <<'JACKD'
#!/usr/bin/env bash
period=256 name=pipewire-0 before=
for word in "$@"; do
  case $before in -p) period=$word ;; -n) name=$word ;; esac
  before=$word
done
run=$PIPEWIRE_RUNTIME_DIR
export XDG_RUNTIME_DIR=$run XDG_STATE_HOME=$run/state XDG_CONFIG_HOME=$run/config DBUS_SESSION_BUS_ADDRESS=unix:path=$run/bus
unset LD_LIBRARY_PATH
mkdir -p "$run/config/pipewire/pipewire.conf.d"
echo "context.properties = { default.clock.rate = 48000 default.clock.quantum = $period
  default.clock.min-quantum = 16 default.clock.max-quantum = 8192 }" >"$run/config/pipewire/pipewire.conf.d/period.conf"
rm -f "$run/bus" "$run"/pipewire-0*
(
  dbus-daemon --session --nofork --nopidfile --address="unix:path=$run/bus" &
  bus=$!
  for _ in $(seq 100); do
    [ -S "$run/pipewire-0" ] && [ -S "$run/bus" ] && break
    sleep .02
  done
  # A client that names a server looks for a socket of that name.
  [ -e "$run/$name" ] || ln -s pipewire-0 "$run/$name"
  wireplumber &
  manager=$!
  while kill -0 $$ 2>/dev/null; do sleep .1; done
  kill $manager $bus
) >"$run/others.log" 2>&1 </dev/null &
exec pipewire >"$run/pipewire.log" 2>&1
JACKD
chmod +x "$folder/bin/jackd"
export PIPEWIRE_RUNTIME_DIR=$folder/run PATH=$folder/bin:$PATH
export LD_LIBRARY_PATH='/usr/${LIB}/pipewire-0.3/jack'${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
"$@"
