#!/usr/bin/python3
"""Lets Antiphon play for an hour over JACK with its page open, and tells what grows, what hangs and what is lost.

    src/bench/soak.py [MINUTES]                 (60)

Starts a JACK server of its own (dummy driver, 48 kHz, 256 frames) and bin/antiphon run --page --thru on it, opens the page in headless Chromium,
and plays phrases with chords, pedal and rests, from a client of its own, in Python, which also hears the output. Every two
minutes another mode. Each minute it prints: live Java objects (a full collection first: jcmd GC.class_histogram), resident memory, threads,
descriptors, notes played and answered, what was copied and what is missing of it, and how long the longest note of an answer sounds.
A message counts as lost if it is not copied within a second; as late if it came more than a period after its own frame. Where
JACK misses cycles (xruns) that need not be the program's fault: at the end it also tells how many the program says it was given, and
copied. Then it stops the program and looks what still sounds.

Linux; needs jackd, chromium, python3-jack-client, and a jcmd beside the java that runs.
"""

import collections
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

import jack

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import page

PERIOD = 256
RATE = 48_000
SERVER = f"soak-{os.getpid()}"

# Ours: answers come on others.
CHANNEL = 15

# By the loop guard, three keys at a time where what we play is like what it has just played: ADR 19.
HIGHEST_OF_PROBES = 11
MODES = ("call", "trade", "continue", "duet", "harmony", "follow", "listen")
MODE_SECONDS = 120
LONGEST_NOTE_SECONDS = 30
FRAME_MASK = 0xFFFFFFFF


class Musician:
    """Plays, and hears what comes back; all counts are the process callback's, read by others."""

    def __init__(self):
        self.random = random.Random(7)
        self.client = jack.Client("soak-player")
        self.output = self.client.midi_outports.register("out")
        self.input = self.client.midi_inports.register("in")
        self.todo = collections.deque()
        self.waiting = collections.deque()
        self.sounding = {}
        self.notes = self.answered = self.copied = self.late = self.lost = self.probes = self.strange = self.xruns = 0
        self.longest = 0
        self.client.set_process_callback(self.process)
        self.client.set_xrun_callback(self.xrun)
        self.client.activate()

    def xrun(self, delay):
        self.xruns += 1

    def process(self, frames):
        now = self.client.last_frame_time
        self.output.clear_buffer()
        while self.todo and self.todo[0][0] < now + frames:
            due, data = self.todo.popleft()
            offset = max(0, min(frames - 1, due - now))
            self.output.write_midi_event(offset, data)
            self.waiting.append((now + offset, data))
            self.notes += data[0] & 0xF0 == 0x90 and data[2] > 0
        for offset, data in self.input.incoming_midi_events():
            self.heard(now + offset, bytes(data))
        while self.waiting and now - self.waiting[0][0] > RATE:
            self.waiting.popleft()
            self.lost += 1

    def heard(self, frame, data):
        if data[0] < 0xF0 and data[0] & 0x0F == CHANNEL:
            for place, (sent, wanted) in enumerate(self.waiting):
                if wanted == data:
                    del self.waiting[place]
                    self.copied += 1
                    self.late += frame - sent > PERIOD
                    return
            if data[0] & 0xF0 in (0x80, 0x90) and data[1] <= HIGHEST_OF_PROBES:
                self.probes += 1
            else:
                self.strange += 1
        elif data[0] & 0xF0 == 0x90 and data[2] > 0:
            self.sounding[data[0] & 0x0F, data[1]] = frame
            self.answered += 1
        elif data[0] & 0xF0 in (0x80, 0x90):
            began = self.sounding.pop((data[0] & 0x0F, data[1]), frame)
            self.longest = max(self.longest, frame - began)

    def hanging(self):
        now = self.client.last_frame_time
        return sum(now - began > LONGEST_NOTE_SECONDS * RATE for began in list(self.sounding.values()))

    def phrase(self):
        """Puts a phrase on the way; returns how long it takes, its rest included, in seconds."""
        at = self.client.last_frame_time + 4 * PERIOD
        beat = int(RATE * 60 / self.random.choice((72, 90, 108, 120)))
        key = self.random.randrange(12)
        events = []
        pedal = self.random.random() < 0.3
        if pedal:
            events.append((at, bytes((0xB0 | CHANNEL, 64, 127))))
        pitch = 60 + key
        for _ in range(self.random.randrange(5, 20)):
            length = beat // self.random.choice((1, 2, 2, 2, 4))
            pitch = min(84, max(40, pitch + self.random.choice((-4, -2, -2, -1, 1, 2, 2, 3, 5))))
            chord = [pitch] if self.random.random() < 0.8 else [pitch, pitch - 4, pitch - 7]
            for each in chord:
                events.append((at, bytes((0x90 | CHANNEL, each, self.random.randrange(40, 110)))))
                events.append((at + int(length * 0.9), bytes((0x80 | CHANNEL, each, 0))))
            at += length
        if pedal:
            events.append((at, bytes((0xB0 | CHANNEL, 64, 0))))
        events.sort(key=lambda event: event[0])
        self.todo.extend(events)
        rest = self.random.choice((1.0, 2.5, 4.0, 6.0))
        return (at - self.client.last_frame_time) / RATE + rest


def live_objects(jcmd, pid):
    table = subprocess.run([jcmd, str(pid), "GC.class_histogram"], capture_output=True, text=True, timeout=60).stdout
    total = re.search(r"^Total\s+(\d+)\s+(\d+)", table, re.M)
    return int(total.group(2)) if total else 0


def row(musician, pid, jcmd, minute):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    found = lambda name: int(re.search(rf"^{name}:\s+(\d+)", status, re.M).group(1))
    values = {
        "minute": minute,
        "live KiB": live_objects(jcmd, pid) >> 10,
        "resident MiB": found("VmRSS") >> 10,
        "threads": found("Threads"),
        "descriptors": len(os.listdir(f"/proc/{pid}/fd")),
        "notes": musician.notes,
        "answered": musician.answered,
        "copied": musician.copied,
        "late": musician.late,
        "lost": musician.lost,
        "probes": musician.probes,
        "strange": musician.strange,
        "hanging": musician.hanging(),
        "longest s": round(musician.longest / RATE, 1),
        "xruns": musician.xruns,
    }
    if minute == 0:
        print("  ".join(values), flush=True)
    print("  ".join(str(value).rjust(len(name)) for name, value in values.items()), flush=True)


def put(address, setting, value):
    request = urllib.request.Request(
        f"{address.rstrip('/')}/api/v1/settings/{setting}",
        json.dumps({"value": value}).encode(),
        {"Content-Type": "application/json"},
        method="PUT",
    )
    urllib.request.urlopen(request, timeout=30).read()


def metrics(address):
    text = urllib.request.urlopen(f"{address.rstrip('/')}/metrics", timeout=30).read().decode()
    return {name: float(value) for name, value in re.findall(r"^antiphon_(\w+)\{client=\"[^\"]*\"\} (\S+)$", text, re.M)}


def soak(minutes, folder):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ANTIPHON_")}
    for name in ("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        environment[name] = str(folder)
    words = "run --backend jack --thru --page --page-port 0 --no-open --seed 5".split()
    log = open(folder / "errors.txt", "w")
    program = subprocess.Popen([page.HOME / "bin/antiphon", *words], env=environment, stdout=subprocess.PIPE, stderr=log, text=True)
    address = page.url(program)
    threading.Thread(target=program.stdout.read, daemon=True).start()
    jcmd = pathlib.Path(os.readlink(f"/proc/{program.pid}/exe")).with_name("jcmd")
    musician = Musician()
    musician.client.connect(musician.output, "antiphon:in")
    musician.client.connect("antiphon:out", musician.input)
    browser = page.DevTools(folder / "chromium")
    try:
        page.opened(browser, address)
        begin = time.monotonic()
        minute = 0
        mode = 0
        free = 0
        while minute <= minutes:
            now = time.monotonic() - begin
            if now >= 60 * minute:
                row(musician, program.pid, str(jcmd), minute)
                minute += 1
            if now >= MODE_SECONDS * mode:
                put(address, "play.mode", MODES[mode % len(MODES)])
                mode += 1
            if now >= free and minute <= minutes:
                free = now + musician.phrase()
            time.sleep(0.05)
        time.sleep(10)
        told = metrics(address)
        program.terminate()
        program.wait(30)
        time.sleep(1)
    finally:
        browser.close()
        if program.poll() is None:
            program.kill()
    down = len(musician.sounding)
    # What JACK lost on the way to the program, or on the way back, is not the program's.
    sent = musician.copied + musician.lost + len(musician.waiting)
    print(f"{sent} messages sent, {told['messages_in_total']:.0f} came to the program, {told['in_to_thru_seconds_count']:.0f} copied by it")
    print(f"ended with {program.returncode}; {down} notes still sound; {musician.lost + len(musician.waiting)} messages lost")
    print((folder / "errors.txt").read_text()[-2000:])
    return program.returncode == 0 and down == 0 and musician.lost + len(musician.waiting) == 0


def main():
    os.environ["JACK_DEFAULT_SERVER"] = SERVER
    os.environ["JACK_NO_AUDIO_RESERVATION"] = "1"
    command = ["jackd", "-n", SERVER, "-R", "-P", "60", "-S", "--no-mlock", "-d", "dummy", "-r", str(RATE), "-p", str(PERIOD)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(2)
        print(f"load {os.getloadavg()[0]:.2f} on {os.cpu_count()} cores", flush=True)
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
            good = soak(int(sys.argv[1]) if len(sys.argv) > 1 else 60, pathlib.Path(place))
    finally:
        server.terminate()
        server.wait(20)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    if sys.argv[1:] and not sys.argv[1].isdigit():
        sys.exit(__doc__)
    main()
