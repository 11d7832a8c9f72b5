#!/usr/bin/python3
"""Records what a JACK MIDI port sends, every message with its absolute frame.

    jack_record.py [--from PORT]... --out FILE.json [--name NAME] [--seconds S] [--quiet S] [--live]
                   [--connect-timeout S]

Needs Debian's python3-jack-client. The server is JACK_DEFAULT_SERVER's. A PORT that is not there yet
is waited for. Without --from it has one port, NAME:in-1, for others to connect to.

Prints, one a line, flushed:
    READY            connected to all PORTs; recording
    EVENT f b b b    with --live: a message, its frame and bytes, a few milliseconds after it came
    DONE n           n messages are in FILE

Ends on SIGTERM or SIGINT, after --seconds, when nothing has come for --quiet seconds after a message,
or when the server goes away; FILE is written in every case, whole or not at all: {"sampleRate",
"blockSize", "xruns", "lost", "events": [{"frame", "port", "bytes"}]}, in order of arrival. "port" is
the PORT's place on the command line, from 0; "lost" counts messages that JACK had no room for. Exit
status: 0; 1 no server or no such port.
"""

import argparse
import json
import os
import select
import signal
import sys
import time

import jack

FRAME_MASK = 0xFFFFFFFF


class Flag:
    """
    Set by any thread and by a signal's handler. That may interrupt threading.Event.wait, whose lock set() needs: so a pipe.
    Who waits sleeps: a thread that woke up every few milliseconds made the process callback miss cycles.
    """

    def __init__(self):
        self.on = False
        self.reader, self.writer = os.pipe()

    def set(self):
        if not self.on:
            self.on = True
            os.write(self.writer, b"!")

    def wait(self, seconds=None):
        """Waits until it is set, or for so long; true if it is set."""
        select.select([self.reader], [], [], seconds)
        return self.on


class Recorder:
    def __init__(self, client, ports, quiet_frames):
        self.client = client
        self.ports = ports
        self.quiet_frames = quiet_frames
        self.events = []
        self.xruns = 0
        self.lost = 0
        self.stop = Flag()

    def process(self, frames):
        now = self.client.last_frame_time
        for index, port in enumerate(self.ports):
            for offset, data in port.incoming_midi_events():
                self.events.append(((now + offset) & FRAME_MASK, index, bytes(data)))
            self.lost += port.lost_midi_events
        if self.quiet_frames and self.events:
            silence = (now - self.events[-1][0]) & FRAME_MASK
            # A message of this very cycle lies ahead of its start: less than nothing, which the mask makes huge.
            if self.quiet_frames < silence < FRAME_MASK // 2:
                self.stop.set()

    def xrun(self, delay):
        self.xruns += 1

    def shutdown(self, status, reason):
        self.stop.set()

    def tell(self):
        """Prints what comes until stopped. Not from the callback, which must not wait for a pipe."""
        told = 0
        while not self.stop.wait(0.003):
            for frame, _, data in self.events[told:]:
                print("EVENT", frame, *data)
                told += 1
            sys.stdout.flush()


def connect(client, source, port, timeout, stop):
    deadline = time.monotonic() + timeout
    while not stop.on:
        try:
            client.connect(source, port)
            return
        except jack.JackError:
            pass
        if client.get_all_connections(port):
            return
        if time.monotonic() > deadline:
            sys.exit(f"jack_record: {source}: no such MIDI port")
        time.sleep(0.02)


def main():
    parser = argparse.ArgumentParser(description="records JACK MIDI ports")
    parser.add_argument("--from", dest="sources", action="append", default=[])
    parser.add_argument("--out", required=True)
    parser.add_argument("--name", default="recorder")
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--quiet", type=float, default=0)
    parser.add_argument("--live", action="store_true")
    parser.add_argument("--connect-timeout", type=float, default=10)
    args = parser.parse_args()

    stop = Flag()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        client = jack.Client(args.name, no_start_server=True)
    except jack.JackOpenError as problem:
        sys.exit(f"jack_record: {problem}")
    ports = [client.midi_inports.register(f"in-{i + 1}") for i in range(max(1, len(args.sources)))]
    recorder = Recorder(client, ports, round(args.quiet * client.samplerate))
    recorder.stop = stop
    client.set_process_callback(recorder.process)
    client.set_xrun_callback(recorder.xrun)
    client.set_shutdown_callback(recorder.shutdown)
    rate, block = client.samplerate, client.blocksize
    with client:
        for source, port in zip(args.sources, ports):
            connect(client, source, port, args.connect_timeout, stop)
        print("READY", flush=True)
        if args.live:
            recorder.tell()
        stop.wait(args.seconds)
    # Beside the target and then renamed: whoever sees FILE sees all of it.
    with open(args.out + ".part", "w") as out:
        json.dump({
            "sampleRate": rate,
            "blockSize": block,
            "xruns": recorder.xruns,
            "lost": recorder.lost,
            "events": [{"frame": f, "port": p, "bytes": list(b)} for f, p, b in recorder.events],
        }, out)
    os.replace(args.out + ".part", args.out)
    print(f"DONE {len(recorder.events)}", flush=True)


if __name__ == "__main__":
    main()
