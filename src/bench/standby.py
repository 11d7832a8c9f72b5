#!/usr/bin/python3
"""What `antiphon run` costs while nobody plays, and how soon it is ready: beside the same figures of a client in C that only copies.

    src/bench/standby.py [SECONDS [FRAMES]...]      seconds per figure (20); frames a period (128)

Starts a JACK server of its own per period (dummy driver: no sound card needed), builds the baseline src/bench/probe.c,
and measures percent of one core (all threads, by the scheduler's count): the baseline and Antiphon with nothing coming
in, then with a MIDI clock of 120 qpm (48 messages a second). Then resident memory, and the time from the start of
bin/antiphon to the line that says it is ready, for nine starts each. Linux; needs jackd, gcc, libjack's headers and
python3-jack-client.
"""

import collections
import contextlib
import os
import pathlib
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

HOME = pathlib.Path(__file__).resolve().parents[2]
SERVER = f"standby-{os.getpid()}"
CLOCK_SECONDS = 60 / 120 / 24
STARTS = 9

os.environ["JACK_DEFAULT_SERVER"] = SERVER
os.environ["JACK_NO_AUDIO_RESERVATION"] = "1"


def fail(message):
    sys.exit(f"standby: {message}")


@contextlib.contextmanager
def server_of(frames):
    command = ["jackd", "-R", "-P", "60", "-S", "-n", SERVER, "-d", "dummy", "-r", "48000", "-p", str(frames)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if subprocess.run(["jack_wait", "-w", "-t", "10", "-s", SERVER], stdout=subprocess.DEVNULL).returncode != 0:
        fail("jackd did not start within 10 s; needed: JACK 2 and the right to real-time priority")
    try:
        yield
    finally:
        server.terminate()
        server.wait(10)


def build_probe(folder):
    probe = folder / "probe"
    subprocess.run(["gcc", "-O2", "-pthread", "-o", probe, HOME / "src/bench/probe.c", "-ljack"], check=True)
    return probe


class Client:
    """A process that is a client of the server, until closed."""

    def __init__(self, command, ready):
        began = time.monotonic()
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if re.search(ready, line):
                break
        else:
            fail(f"{command[0]} ended before it was ready: {''.join(lines)}")
        self.ready_seconds = time.monotonic() - began
        self.pid = self.process.pid

    def close(self):
        self.process.stdin.close()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(10)

    def thread_seconds(self):
        """CPU seconds of each thread so far, by name."""
        seconds = collections.Counter()
        for task in pathlib.Path(f"/proc/{self.pid}/task").iterdir():
            # A thread may end while we look.
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                # The scheduler's own count is exact; utime and stime are sampled.
                nanos = int((task / "schedstat").read_text().split()[0])
                seconds[(task / "comm").read_text().strip()] += nanos / 1e9
        return seconds

    def percent_of_a_core(self, seconds):
        """In total, and the four busiest threads."""
        before = self.thread_seconds()
        began = time.monotonic()
        time.sleep(seconds)
        took = time.monotonic() - began
        after = self.thread_seconds()
        shares = {name: 100 * (after[name] - before[name]) / took for name in after}
        busiest = sorted(shares.items(), key=lambda share: -share[1])[:4]
        return sum(shares.values()), ", ".join(f"{name} {share:.2f}" for name, share in busiest)

    def resident_mb(self):
        """All of it, and the part that is JACK's, shared with the server."""
        total = jack = 0
        mapping = ""
        for line in pathlib.Path(f"/proc/{self.pid}/smaps").read_text().splitlines():
            if re.match(r"^[0-9a-f]+-[0-9a-f]+ ", line):
                mapping = line.split(maxsplit=5)[-1]
            elif line.startswith("Rss:"):
                kilobytes = int(line.split()[1])
                total += kilobytes
                jack += kilobytes if "jack" in mapping and "/dev/shm" in mapping else 0
        return total * 1024 / 1e6, jack * 1024 / 1e6


def antiphon(mode):
    return Client([str(HOME / "bin/antiphon"), "run", "--backend", "jack", "--mode", mode], r"^ready")


def baseline(probe):
    return Client([str(probe), "echo", "baseline"], r"^ready")


CLOCK = """
import sys, jack
client = jack.Client("clock")
port = client.midi_outports.register("out")
every = client.samplerate * %r
due = [0.0]
@client.set_process_callback
def process(frames):
    port.clear_buffer()
    while due[0] < frames:
        port.write_midi_event(int(due[0]), b"\\xf8")
        due[0] += every
    due[0] -= frames
with client:
    client.connect(port.name, sys.argv[1])
    print("ready", flush=True)
    sys.stdin.read()
""" % CLOCK_SECONDS


def resident(client):
    total, shared = client.resident_mb()
    return f"resident memory {total:.0f} MB, of it {shared:.0f} MB JACK's, shared with the server"


def start_clock(to):
    return Client([sys.executable, "-c", CLOCK, to], r"^ready")


def say(what, client, seconds):
    total, busiest = client.percent_of_a_core(seconds)
    print(f"  {what:34}{total:6.2f} %   {busiest}", flush=True)


def cost(probe, frames, seconds):
    print(f"{frames} frames a period, percent of one core:", flush=True)
    with server_of(frames):
        echo = baseline(probe)
        say("baseline in C", echo, seconds)
        clock = start_clock("baseline:in")
        say("baseline in C, with a MIDI clock", echo, seconds)
        clock.close()
        print(f"  baseline in C, {resident(echo)}", flush=True)
        echo.close()
        program = antiphon("call")
        # What a start leaves to do is not what standing by costs.
        time.sleep(10)
        say("antiphon run", program, seconds)
        clock = start_clock("antiphon:in")
        time.sleep(5)
        say("antiphon run, with a MIDI clock", program, seconds)
        clock.close()
        print(f"  antiphon run, {resident(program)}", flush=True)
        program.close()


def median_start(mode, rest):
    seconds = []
    for _ in range(STARTS):
        time.sleep(rest)
        program = antiphon(mode)
        seconds.append(program.ready_seconds)
        program.close()
    return f"{min(seconds):.2f} to {max(seconds):.2f} s, median {statistics.median(seconds):.2f} s"


def starts():
    with server_of(64):
        antiphon("call").close()
        for mode in ("call", "harmony"):
            for rest in (0, 5):
                print(f"ready, mode {mode}, {rest} s after the last start ended: {median_start(mode, rest)}", flush=True)


def main():
    numbers = sys.argv[1:]
    if not all(number.isdigit() for number in numbers):
        fail(f"arguments: {' '.join(numbers)!r}; allowed: whole numbers. Use: standby.py [SECONDS [FRAMES]...]")
    seconds, *periods = [int(number) for number in numbers] or [20]
    for tool in ("jackd", "jack_wait", "gcc"):
        if shutil.which(tool) is None:
            fail(f"{tool}: not on the PATH; needed to measure. Debian: apt install jackd2 libjack-jackd2-dev gcc")
    with tempfile.TemporaryDirectory() as folder:
        probe = build_probe(pathlib.Path(folder))
        for frames in periods or [128]:
            cost(probe, frames, seconds)
    starts()


if __name__ == "__main__":
    main()
