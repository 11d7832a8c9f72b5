#!/usr/bin/python3
"""Runs the LV2 plugin in real hosts: checks its data, plays in jalv, and records in Ardour, headless.

    lv2.py check                 sord_validate, lilv, and lv2lint's rules that can be read off
    lv2.py jalv                  a call through jalv over JACK, kill -9 of the program in mid-note, and the host's end
    lv2.py ardour [--way WAY]... records 24 bars of calls and answers in Ardour by the plugin, by ports, or both (default),
                                 saves, opens the session again, plays again, and bounces it
    --keep DIR                   where the sessions stay; else they are removed

Needs Debian's jackd2, python3-jack-client, python3-mido, and: apt install lv2-dev sordi lilv-utils jalv ardour sox. Starts a JACK
server of its own. Run from the project's folder after `mvn package`, or anything that makes bin/antiphon and target/lv2.
Exit status: 0 as it should be; 1 not.
"""

import argparse
import glob
import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

import jack
import mido

URI = "https://antiphon.example/lv2"
SERVER = f"antiphon-lv2-{os.getpid()}"  # a new one: in an old one's memory are old messages
RATE = 48_000
PERIOD = 256
QPM = 120
ANSWERS = 1  # channel 2
EIGHTH = 60 / QPM / 2
BAR = 4 * 60 / QPM
WAIT = 90

failures = []
seen = set()  # ids of plugins


def judge(ok, line):
    print(("ok    " if ok else "WRONG ") + line, flush=True)
    if not ok:
        failures.append(line)


class Lines:
    """A process that is told lines and tells lines; nobody waits for it for ever."""

    def __init__(self, command, **environment):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={**os.environ, **environment})
        self.heard = queue.Queue()
        self.said = []
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            self.heard.put(line.rstrip("\n"))
        self.heard.put(None)

    def await_line(self, pattern, seconds=WAIT):
        deadline = time.monotonic() + seconds
        while True:
            try:
                line = self.heard.get(timeout=max(0.01, deadline - time.monotonic()))
            except queue.Empty:
                raise SystemExit(f"lv2.py: waited {seconds} s for {pattern!r}; heard {self.said[-8:]}")
            if line is None:
                raise SystemExit(f"lv2.py: ended before {pattern!r}; heard {self.said[-8:]}")
            self.said.append(line)
            found = re.search(pattern, line)
            if found:
                return found

    def tell(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def end(self, seconds=30):
        try:
            self.process.stdin.close()
        except OSError:
            pass
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return None


class Jack:
    """A server, and a client of ours that plays and hears."""

    def __init__(self, work):
        self.log = open(os.path.join(work, "jackd.log"), "w")
        os.environ["JACK_DEFAULT_SERVER"] = SERVER
        self.server = subprocess.Popen(
            ["jackd", "-R", "-P", "60", "-S", "--no-mlock", "-n", SERVER, "-d", "dummy", "-r", str(RATE), "-p", str(PERIOD)],
            stdout=self.log, stderr=subprocess.STDOUT, start_new_session=True)
        deadline = time.monotonic() + 20
        while True:
            try:
                self.client = jack.Client("keyboard", no_start_server=True)
                break
            except jack.JackOpenError:
                if time.monotonic() > deadline:
                    raise SystemExit("lv2.py: no JACK server; see jackd.log")
                time.sleep(0.2)
        self.out = self.client.midi_outports.register("out")
        self.inp = self.client.midi_inports.register("in")
        self.beats = self.client.midi_inports.register("beats")
        self.due = []
        self.heard = []
        self.ticks = []
        self.xruns = 0
        self.client.set_process_callback(self.process)
        self.client.set_xrun_callback(self.count)
        self.client.activate()

    def count(self, delay):
        self.xruns += 1

    def process(self, frames):
        self.out.clear_buffer()
        now = self.client.last_frame_time
        for offset, data in self.inp.incoming_midi_events():
            self.heard.append((now + offset, bytes(data)))
        for offset, data in self.beats.incoming_midi_events():
            self.ticks.append((now + offset, bytes(data)))
        due = self.due
        while due and due[0][0] < now + frames:
            frame, data = due.pop(0)
            self.out.write_midi_event(max(0, frame - now), data)

    def connect(self, source, destination, seconds=20):
        deadline = time.monotonic() + seconds
        while True:
            sources = [p for p in self.client.get_ports(is_output=True, is_midi=True) if re.search(source, p.name)]
            targets = [p for p in self.client.get_ports(is_input=True, is_midi=True) if re.search(destination, p.name)]
            if sources and targets:
                break
            if time.monotonic() > deadline:
                names = [p.name for p in self.client.get_ports(is_midi=True)]
                raise SystemExit(f"lv2.py: no {source} -> {destination} among {names}")
            time.sleep(0.1)
        try:
            self.client.connect(sources[0], targets[0])
        except jack.JackError:
            pass  # it is connected already

    def close(self):
        self.client.deactivate()
        self.client.close()
        self.server.send_signal(signal.SIGTERM)
        try:
            self.server.wait(10)
        except subprocess.TimeoutExpired:
            self.server.kill()


def call(start_bar, bars):
    """Eighths, as people play them: up to 6 ms early or late. (seconds, bytes)"""
    notes = []
    for i in range(bars * 8):
        at = start_bar * BAR + i * EIGHTH + ((i * 37) % 13 - 6) / 1000
        pitch = [60, 62, 64, 65, 67, 65, 64, 62][i % 8] + (12 if i // 8 % 2 else 0)
        notes.append((max(0.001, at), bytes([0x90, pitch, 80])))
        notes.append((max(0.001, at) + 0.1, bytes([0x80, pitch, 0])))
    return notes


def program(work):
    """The environment of the program that the plugin starts, or that is started here."""
    return {
        "ANTIPHON_BIN": os.environ.get("ANTIPHON_BIN", os.path.abspath("bin/antiphon")),
        "ANTIPHON_PLAY_GRID": "100",
        "ANTIPHON_PLAY_ENTER": "bar",
        "ANTIPHON_PLAY_SEED": "5",
        "XDG_STATE_HOME": os.path.join(work, "state"),
        "XDG_CONFIG_HOME": os.path.join(work, "config"),
        "ANTIPHON_LV2_DIR": os.path.join(work, "lv2"),
        "LV2_PATH": os.path.abspath("target/lv2") + ":/usr/lib/lv2",
        "HOME": os.path.join(work, "home"),
    }


def programs(work):
    """The processes of programs that the plugin has started here."""
    ids = [os.path.basename(name).split(".")[0] for name in glob.glob(os.path.join(work, "lv2", "*"))]
    seen.update(each for each in ids if each)
    found = subprocess.run(["pgrep", "-f", "-a", "antiphon.app.Main run --lv2"], capture_output=True, text=True).stdout
    return [line.split()[0] for line in found.splitlines() if line.split()[-1] in seen]


def await_program(work):
    """Until the plugin has accepted a program: src/main/c/lv2/shared.h."""
    began = time.monotonic()
    while time.monotonic() - began < WAIT:
        for name in glob.glob(os.path.join(work, "lv2", "*")):
            with open(name, "rb") as file:
                file.seek(192)
                if not name.endswith(".log") and any(file.read(8)):
                    return time.monotonic() - began
        time.sleep(0.05)
    raise SystemExit(f"lv2.py: no program came within {WAIT} s")


# ---------------------------------------------------------------------------------------------------------------- check


def check(_):
    bundle = "target/lv2/antiphon.lv2"
    schemas = sorted(glob.glob("/usr/lib/lv2/*.lv2/*.ttl"))
    found = subprocess.run(["sord_validate", *schemas, *glob.glob(bundle + "/*.ttl")], capture_output=True, text=True)
    said = (found.stdout + found.stderr).strip().splitlines()
    judge(found.returncode == 0 and "Found 0 errors" in said[-1], "sord_validate: " + said[-1])
    info = subprocess.run(["lv2info", URI], capture_output=True, text=True,
                          env={**os.environ, "LV2_PATH": os.path.abspath("target/lv2") + ":/usr/lib/lv2"})
    judge(info.returncode == 0 and "Antiphon" in info.stdout and not info.stderr.strip(), "lv2info reads it without a word")
    symbols = subprocess.run(["nm", "-D", "--defined-only", bundle + "/antiphon.so"], capture_output=True, text=True).stdout
    names = [line.split()[-1] for line in symbols.splitlines()]
    judge(names == ["lv2_descriptor"], f"exports lv2_descriptor alone: {names}")
    needs = subprocess.run(["objdump", "-p", bundle + "/antiphon.so"], capture_output=True, text=True).stdout
    libraries = re.findall(r"NEEDED\s+(\S+)", needs)
    judge(all(re.match(r"lib(c|m|pthread)\.so", name) for name in libraries), f"links the C library alone: {libraries}")


# ----------------------------------------------------------------------------------------------------------------- jalv


def jalv(work):
    server = Jack(work)
    environment = program(work)
    fifo = Lines(["jalv", "-n", "jalv", URI], **environment)
    time.sleep(2)
    try:
        server.connect("^keyboard:out", "^jalv:in")
        server.connect("^jalv:out", "^keyboard:in")
        play_in_jalv(server, fifo, work)
    finally:
        fifo.process.kill()
        time.sleep(1)
        server.close()


def play_in_jalv(server, host, work):
    time.sleep(0.5)
    server.heard.clear()
    now = server.client.frame_time + RATE // 2
    server.due += [(now, b"\x90\x3c\x50"), (now + 4800, b"\x80\x3c\x00")]
    time.sleep(1.5)
    passed = [(frame - now, data.hex()) for frame, data in server.heard]
    judge([data for _, data in passed] == ["903c50", "803c00"], f"without a program what comes in passes: {passed}")
    host.tell("set start 1")
    deadline = time.monotonic() + WAIT
    pids = []
    while time.monotonic() < deadline and not pids:
        time.sleep(0.5)
        pids = programs(work)
    judge(len(pids) == 1, f"the plugin starts one program: {pids}")
    await_program(work)
    time.sleep(3)
    server.heard.clear()
    start = server.client.frame_time + RATE // 2
    server.due += [(start + round(at * RATE), data) for at, data in call(0, 2)]
    held = set()
    answered = 0
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not (answered > 3 and held):
        held, answered = sounding(server.heard)
        time.sleep(0.002)
    judge(answered > 3, f"the program answers: {answered} notes, now sounding {sorted(held)}")
    for pid in pids:
        os.kill(int(pid), signal.SIGKILL)
    killed = time.monotonic()
    while time.monotonic() < killed + 5 and held:
        held, answered = sounding(server.heard)
        time.sleep(0.002)
    judge(not held, f"kill -9 in mid-note: all ended {1000 * (time.monotonic() - killed):.0f} ms later")
    deadline = time.monotonic() + WAIT
    again = []
    while time.monotonic() < deadline and not again:
        time.sleep(0.5)
        again = [pid for pid in programs(work) if pid not in pids]
    judge(len(again) == 1, f"and the plugin starts another: {again}")
    await_program(work)
    time.sleep(2)
    host.process.kill()
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline and programs(work):
        time.sleep(0.2)
    judge(not programs(work),
          f"kill -9 of the host: the program has ended {time.monotonic() - deadline + 15:.1f} s later")


def sounding(heard):
    held, begun = set(), 0
    for _, data in list(heard):
        if data[0] == 0x90 | ANSWERS and data[2]:
            held.add(data[1])
            begun += 1
        elif data[0] in (0x80 | ANSWERS, 0x90 | ANSWERS):
            held.discard(data[1])
    return held, begun


# --------------------------------------------------------------------------------------------------------------- ardour


def ardour(work, ways):
    for way in ways:
        server = Jack(work)
        folder = os.path.join(work, way)
        try:
            make(work, folder, way)
            record(server, work, folder, way, "first take")
            record(server, work, folder, way, "opened again")
            bounce(work, folder, way)
        finally:
            server.close()


def make(work, folder, way):
    """Only makes and saves it. Now and then Ardour gets no ports from JACK: then once more."""
    for _ in range(4):
        host = Lines(["ardour7-lua", os.path.abspath("src/bench/ardour.lua"), "make", folder, way], **program(work))
        host.process.wait(WAIT)
        if host.process.returncode == 0 and os.path.exists(os.path.join(folder, "antiphon.ardour")):
            return
        shutil.rmtree(folder, ignore_errors=True)
    raise SystemExit("lv2.py: Ardour makes no session")


def open_session(server, folder, way, seconds, environment):
    """
    Ardour with its ports, and the MIDI files that were there before: it makes those of a take when it opens the session. Now and
    then it gets no ports from JACK.
    """
    for _ in range(4):
        before = set(glob.glob(folder + "/interchange/*/midifiles/*.mid"))
        host = Lines(["ardour7-lua", os.path.abspath("src/bench/ardour.lua"), "play", folder, way, str(seconds)], **environment)
        host.await_line("^ready")
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            if server.client.get_ports("^ardour:keys/midi_in"):
                return host, before
            time.sleep(0.1)
        print("      Ardour has no ports: it is started again", flush=True)
        host.process.kill()
        host.process.wait()
    raise SystemExit("lv2.py: Ardour gets no ports from JACK")


def record(server, work, folder, way, take):
    environment = program(work)
    own = None
    seconds = 13 * BAR
    if way == "ports":
        own = Lines([environment["ANTIPHON_BIN"], "run", "--backend", "jack"], **environment)
        own.await_line("^ready")
    host, before = open_session(server, folder, way, seconds, environment)
    server.connect("^keyboard:out", "^ardour:keys/midi_in")
    server.connect("^ardour:MIDI Clock out", "^keyboard:beats")
    server.connect("^ardour:keys/midi_out" if way == "plugin" else "^antiphon:out", "^keyboard:in")
    server.heard.clear()
    server.ticks.clear()
    if way == "ports":
        server.connect("^keyboard:out", "^antiphon:in")
        server.connect("^ardour:MIDI Clock out", "^antiphon:in")
        server.connect("^antiphon:out", "^ardour:answers/midi_in")
    if way == "plugin":
        print(f"      the program was with the plugin {await_program(work):.1f} s later", flush=True)
    time.sleep(3)
    xruns = server.xruns
    host.tell("go")
    song = int(host.await_line(r"^rolls (\d+)").group(1))
    zero = server.client.frame_time - song
    server.due += [(zero + round(at * RATE), data) for at, data in sorted(call(1, 2) + call(7, 2))]
    host.await_line("^stopped", seconds + WAIT)
    host.await_line("^closed")
    host.end()
    if own is not None:
        own.process.send_signal(signal.SIGTERM)
        own.end()
    new = sorted(set(glob.glob(folder + "/interchange/*/midifiles/*.mid")) - before)
    answers = [name for name in new if "answers" in os.path.basename(name)]
    judge(len(answers) == 1, f"{way}, {take}: Ardour has recorded {[os.path.basename(name) for name in new]}")
    compare(server, way + ", " + take)
    for name in answers:
        report(name, f"{way}, {take}")
    print(f"      JACK missed cycles {server.xruns - xruns} times", flush=True)


def compare(server, what):
    """The answers as they leave Ardour, or come to it, with the MIDI clock that Ardour makes of its transport."""
    ticks, position = {}, None
    for frame, data in server.ticks:
        if data[0] in (0xFA, 0xFB):
            position = 0 if data[0] == 0xFA or position is None else position
        elif data[0] == 0xF2:
            position = 6 * (data[1] | data[2] << 7)
        elif data[0] == 0xF8 and position is not None:
            ticks[frame] = position
            position += 1
    grid = [frame for frame, at in ticks.items() if at % 12 == 0]
    onsets = [frame for frame, data in server.heard if data[0] == 0x90 | ANSWERS and data[2]]
    if not grid or not onsets:
        judge(False, f"{what}: {len(server.ticks)} messages of the clock, {len(grid)} eighths and {len(onsets)} answers")
        return
    offs = [min((at - tick for tick in grid), key=abs) * 1000 / RATE for at in onsets]
    mean = sum(offs) / len(offs)
    spread = max(abs(off - mean) for off in offs)
    judge(spread < 1, f"{what}: {len(offs)} notes leave {mean:+.2f} ms from the eighths of Ardour's MIDI clock, each within "
          f"{spread:.2f} ms of that")


def report(name, what):
    onsets, offs, mine = [], [], []
    seconds = 0.0
    held = set()
    for message in mido.MidiFile(name):
        seconds += message.time
        if message.type == "note_on" and message.velocity:
            (onsets if message.channel == ANSWERS else mine).append(seconds)
            held.add((message.channel, message.note))
        elif message.type in ("note_on", "note_off"):
            held.discard((message.channel, message.note))
    offs = sorted(abs((at + EIGHTH / 2) % EIGHTH - EIGHTH / 2) * 1000 for at in onsets)
    if not offs:
        judge(False, f"{what}: no answers")
        return
    entries = [f"{at / BAR + 1:.3f}" for i, at in enumerate(onsets) if i == 0 or at - onsets[i - 1] > BAR]
    judge(len(offs) > 10 and offs[-1] < 1,
          f"{what}: {len(onsets)} notes of answers and {len(mine)} of ours; from Ardour's grid of eighths: median "
          f"{offs[len(offs) // 2]:.2f} ms, most {offs[-1]:.2f} ms; phrases begin at bar {', '.join(entries)}")
    judge(not held, f"{what}: every note has its end")


def bounce(work, folder, way):
    """The answers by a synthesiser, faster than real time; the first call ends at bar 3, the answer begins at bar 5."""
    for _ in range(4):
        host = Lines(["ardour7-lua", os.path.abspath("src/bench/ardour.lua"), "sound", folder, way], **program(work))
        host.await_line("^closed")
        host.end()
        if any(line.startswith("sounds") for line in host.said):
            break
    out = os.path.join(work, way + ".wav")
    subprocess.run(["ardour7-export", "-o", out, folder, "antiphon"], env={**os.environ, **program(work)}, timeout=120,
                   capture_output=True, text=True)
    if not os.path.exists(out):
        judge(False, f"{way}: not bounced")
        return
    before, answer = level(out, 0, 3.9 * BAR), level(out, 4 * BAR, BAR)
    judge(before < -80 < -50 < answer, f"{way}: bounced; bars 1 to 4 at {before:.0f} dB, bar 5, the answer's first, at {answer:.0f} dB")


def level(wave, begin, seconds):
    told = subprocess.run(["sox", wave, "-n", "trim", str(begin), str(seconds), "stats"], capture_output=True, text=True).stderr
    return float(re.search(r"RMS lev dB\s+(\S+)", told).group(1))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["check", "jalv", "ardour"])
    parser.add_argument("--way", action="append", choices=["plugin", "ports"])
    parser.add_argument("--keep")
    args = parser.parse_args()
    work = args.keep or tempfile.mkdtemp(prefix="antiphon-lv2-")
    os.makedirs(os.path.join(work, "home"), exist_ok=True)
    try:
        {"check": check, "jalv": jalv, "ardour": lambda at: ardour(at, args.way or ["plugin", "ports"])}[args.what](work)
    finally:
        if not args.keep:
            shutil.rmtree(work, ignore_errors=True)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
