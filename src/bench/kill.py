#!/usr/bin/python3
"""What still sounds after kill -9 of `antiphon run --guard`, and for how long, as under a service manager.

    src/bench/kill.py [ROUNDS [RECEIVERS]] [--no-guard]      rounds (100); programs that listen to Antiphon (3)

Starts a JACK server of its own (dummy driver: no sound card needed). Each round: bin/antiphon run, connected to all
receivers; a chord with the pedal down is played to it and held, and copied through; at a random moment, while notes and
pedal are down at every receiver, the process gets SIGKILL. Its guard sees that; its parent, as a service manager would, sees
it end and starts bin/antiphon release. The receivers are clients of their own, in Python, and note each message with its JACK time.

Prints, from the signal until the last key and pedal is up at the last receiver: median, p99, maximum, and in how many
rounds nothing was left. Linux; needs jackd and python3-jack-client.
"""

import os
import pathlib
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time

import jack

HOME = pathlib.Path(__file__).resolve().parents[2]
SERVER = f"kill-{os.getpid()}"
GUARDED = "--no-guard" not in sys.argv
CHORD = (48, 55, 60, 64, 67)
PEDAL = 64
PATIENCE_SECONDS = 10

# The guard has begun by then, as that of a service has.
WAIT_SECONDS = (1.5, 3)

os.environ["JACK_DEFAULT_SERVER"] = SERVER
os.environ["JACK_NO_AUDIO_RESERVATION"] = "1"


def fail(message):
    sys.exit(f"kill: {message}")


def wait_for(what, seconds=PATIENCE_SECONDS):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.002)
    return False


class Receiver:
    """Follows which keys and pedals are down, by a client of its own."""

    def __init__(self, name):
        self.client = jack.Client(name)
        self.port = self.client.midi_inports.register("in")
        self.down = set()
        self.last_frame = 0
        self.client.set_process_callback(self.process)
        self.client.activate()

    def process(self, frames):
        for offset, data in self.port.incoming_midi_events():
            self.take(self.client.last_frame_time + offset, bytes(data))

    def take(self, frame, data):
        kind, channel = data[0] & 0xF0, data[0] & 0x0F
        if kind == 0x90 and data[2] > 0:
            self.down.add((channel, data[1]))
        elif kind in (0x80, 0x90):
            self.end(frame, (channel, data[1]))
        elif kind == 0xB0 and data[1] == PEDAL:
            if data[2] >= 64:
                self.down.add((channel, "pedal"))
            else:
                self.end(frame, (channel, "pedal"))

    def end(self, frame, what):
        if what in self.down:
            self.down.discard(what)
            self.last_frame = frame


class Keyboard:
    """Sends what it is given, at the next cycle."""

    def __init__(self):
        self.client = jack.Client("keyboard")
        self.port = self.client.midi_outports.register("out")
        self.waiting = []
        self.client.set_process_callback(self.process)
        self.client.activate()

    def process(self, frames):
        self.port.clear_buffer()
        while self.waiting:
            self.port.write_midi_event(0, self.waiting.pop(0))

    def play(self):
        self.waiting += [bytes((0xB0, PEDAL, 127))] + [bytes((0x90, key, 80)) for key in CHORD]


def play_and_hold(antiphon, errors, keyboard, receivers):
    if not antiphon.stdout.readline().startswith("ready:"):
        fail(f"antiphon run did not start: {errors.read_text()}")
    keyboard.play()
    if not wait_for(lambda: all(len(receiver.down) > len(CHORD) for receiver in receivers)):
        fail(f"the chord did not reach every receiver: {[receiver.down for receiver in receivers]}")
    time.sleep(random.uniform(*WAIT_SECONDS))


def one_round(folder, keyboard, receivers):
    environment = os.environ | {"XDG_RUNTIME_DIR": str(folder), "XDG_STATE_HOME": str(folder), "ANTIPHON_BUILD": "no"}
    command = [HOME / "bin/antiphon", "run", "--backend", "jack", "--mode", "harmony", "--thru", "--in", "keyboard"]
    if GUARDED:
        command.append("--guard")
    for receiver in receivers:
        command += ["--out", receiver.client.name]
    errors = folder / "errors.txt"
    with errors.open("w") as file:
        antiphon = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=file, text=True)
    try:
        play_and_hold(antiphon, errors, keyboard, receivers)
    except BaseException:
        antiphon.kill()
        raise
    client = receivers[0].client
    held = [len(receiver.down) for receiver in receivers]
    killed = client.frame_time
    antiphon.send_signal(signal.SIGKILL)
    antiphon.wait()
    release = subprocess.run([HOME / "bin/antiphon", "release"], env=environment, capture_output=True, text=True)
    wait_for(lambda: not any(receiver.down for receiver in receivers), 3)
    left = sum(len(receiver.down) for receiver in receivers)
    if left:
        print(f"left: {[receiver.down for receiver in receivers]}\n{release.stdout}{release.stderr}{errors.read_text()}")
    last = max(receiver.last_frame for receiver in receivers)
    for receiver in receivers:
        receiver.down.clear()
    return sum(held), left, (last - killed) / client.samplerate


def main():
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    rounds = numbers[0] if numbers else 100
    count = numbers[1] if len(numbers) > 1 else 3
    command = ["jackd", "-R", "-P", "60", "-S", "-n", SERVER, "-d", "dummy", "-r", "48000", "-p", "128"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        if subprocess.run(["jack_wait", "-w", "-t", "10", "-s", SERVER], stdout=subprocess.DEVNULL).returncode != 0:
            fail("jackd did not start within 10 s; needed: JACK 2")
        with tempfile.TemporaryDirectory() as folder:
            measure(rounds, pathlib.Path(folder), [Receiver(f"piano-{i + 1}") for i in range(count)])
    finally:
        server.terminate()
        server.wait(10)


def measure(rounds, folder, receivers):
    # Builds what is to be built, and makes the caches of the start.
    subprocess.run([HOME / "bin/antiphon", "run", "--backend", "none", "--until-ready"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([HOME / "bin/antiphon", "release"], stdout=subprocess.DEVNULL)
    keyboard = Keyboard()
    seconds, held, clean = [], [], 0
    for number in range(rounds):
        sounding, left, took = one_round(folder, keyboard, receivers)
        held.append(sounding)
        seconds.append(took)
        clean += left == 0 and took <= 1
        print(f"round {number + 1}: {sounding} held, {left} left, {1000 * took:.0f} ms", flush=True)
    seconds.sort()
    p99 = seconds[min(len(seconds) - 1, int(0.99 * len(seconds)))]
    print(f"{count_of(rounds, 'round')} on {len(receivers)} receivers, {min(held)} to {max(held)} keys and pedals held at the kill.")
    print("| all silent within 1 s | median | p99 | longest |")
    print("|---|---|---|---|")
    print(
        f"| {clean} of {rounds} | {1000 * statistics.median(seconds):.0f} ms | {1000 * p99:.0f} ms"
        f" | {1000 * seconds[-1]:.0f} ms |"
    )
    sys.exit(0 if clean == rounds else 1)


def count_of(number, one):
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


main()
