#!/usr/bin/python3
"""Plays a MIDI file into a JACK MIDI port, each message at its exact frame.

    jack_play.py FILE --to PORT [--name NAME] [--log FILE.json] [--wait] [--connect-timeout S]

Needs Debian's python3-jack-client and python3-mido. The server is JACK_DEFAULT_SERVER's.

Prints, one a line, flushed:
    READY            connected to PORT; playing starts now, or with --wait after a line on stdin
    DONE n late=k    all n messages were written; k of them in a later cycle than meant (the server
                     skipped cycles), at the frames that --log tells

FILE is a MIDI file, or, for what a MIDI file cannot hold, as a clock's ticks, a FILE.json:
[{"seconds", "bytes"}], in order.

--log writes {"sampleRate", "blockSize", "xruns", "late", "events": [{"frame", "bytes"}]}: absolute
frames at which the messages were really written, to compare a recording with.
Exit status: 0 played; 1 no server, no such port, or the server went away.
"""

import argparse
import json
import sys
import threading
import time

import jack
import mido

FRAME_MASK = 0xFFFFFFFF


def compile_events(path, rate):
    """[(frame since start, bytes)] of everything that is not meta, in order."""
    if path.endswith(".json"):
        with open(path) as file:
            return [(round(each["seconds"] * rate), bytes(each["bytes"])) for each in json.load(file)]
    seconds = 0.0
    events = []
    for message in mido.MidiFile(path):
        seconds += message.time
        if not message.is_meta:
            events.append((round(seconds * rate), bytes(message.bytes())))
    return events


class Player:
    def __init__(self, client, port, events):
        self.client = client
        self.port = port
        self.events = events
        self.next = 0
        self.start = None
        self.armed = False
        self.log = []
        self.late = 0
        self.xruns = 0
        self.done = threading.Event()
        self.lost = False
        self.tail_cycles = 4

    def process(self, frames):
        self.port.clear_buffer()
        if not self.armed:
            return
        now = self.client.last_frame_time
        if self.start is None:
            # Whole cycles ahead, so that the first message is as exact as the last.
            self.start = now + 8 * frames
        while self.next < len(self.events):
            due, data = self.events[self.next]
            offset = self.start + due - now
            if offset >= frames:
                return
            if offset < 0:
                self.late += 1
                offset = 0
            self.port.write_midi_event(offset, data)
            self.log.append(((now + offset) & FRAME_MASK, data))
            self.next += 1
        # The last messages must have been read before the client disappears.
        self.tail_cycles -= 1
        if self.tail_cycles == 0:
            self.done.set()

    def xrun(self, delay):
        self.xruns += 1

    def shutdown(self, status, reason):
        self.lost = True
        self.done.set()


def connect(client, port, target, timeout):
    deadline = time.monotonic() + timeout
    while True:
        try:
            client.connect(port, target)
            return
        except jack.JackErrorCode:
            pass
        except jack.JackError as problem:
            if time.monotonic() > deadline:
                sys.exit(f"jack_play: {target}: {problem}")
        if client.get_all_connections(port):
            return
        if time.monotonic() > deadline:
            sys.exit(f"jack_play: {target}: no such MIDI port")
        time.sleep(0.02)


def main():
    parser = argparse.ArgumentParser(description="plays a MIDI file into a JACK port")
    parser.add_argument("file")
    parser.add_argument("--to", required=True)
    parser.add_argument("--name", default="player")
    parser.add_argument("--log")
    parser.add_argument("--wait", action="store_true")
    parser.add_argument("--connect-timeout", type=float, default=10)
    args = parser.parse_args()

    try:
        client = jack.Client(args.name, no_start_server=True)
    except jack.JackOpenError as problem:
        sys.exit(f"jack_play: {problem}")
    port = client.midi_outports.register("out")
    player = Player(client, port, compile_events(args.file, client.samplerate))
    client.set_process_callback(player.process)
    client.set_xrun_callback(player.xrun)
    client.set_shutdown_callback(player.shutdown)
    with client:
        connect(client, port, args.to, args.connect_timeout)
        print("READY", flush=True)
        if args.wait:
            sys.stdin.readline()
        player.armed = True
        player.done.wait()
        rate, block = (0, 0) if player.lost else (client.samplerate, client.blocksize)
    if args.log:
        with open(args.log, "w") as out:
            json.dump({
                "sampleRate": rate,
                "blockSize": block,
                "xruns": player.xruns,
                "late": player.late,
                "events": [{"frame": f, "bytes": list(b)} for f, b in player.log],
            }, out)
    print(f"DONE {player.next} late={player.late}", flush=True)
    sys.exit(1 if player.lost else 0)


if __name__ == "__main__":
    main()
