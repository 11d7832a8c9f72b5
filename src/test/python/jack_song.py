#!/usr/bin/python3
"""Is JACK's timebase master, lets the transport roll, and plays notes at their frames of the song.

    jack_song.py NOTES.json --to PORT --qpm Q --beats-per-bar B --seconds S [--name NAME]

NOTES.json is [{"seconds", "bytes"}], in order, from the song's beginning. Needs Debian's python3-jack-client. The server
is JACK_DEFAULT_SERVER's.

Prints, one a line, flushed:
    READY            connected to PORT; rolls after a line on stdin
    ZERO f           the absolute frame at which the song began
    DONE             S seconds were played; the transport is stopped

Exit status: 0 played; 1 no server, no such port, or the server went away.
"""

import argparse
import json
import sys
import threading
import time

import jack

TICKS = 1920


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notes")
    parser.add_argument("--to", required=True)
    parser.add_argument("--qpm", type=float, required=True)
    parser.add_argument("--beats-per-bar", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--name", default="song")
    args = parser.parse_args()
    try:
        client = jack.Client(args.name, no_start_server=True)
    except jack.JackOpenError as failure:
        sys.exit(f"jack_song: {failure}")
    with open(args.notes) as file:
        notes = [(round(each["seconds"] * client.samplerate), bytes(each["bytes"])) for each in json.load(file)]
    port = client.midi_outports.register("out")
    zero = []
    following = 0

    @client.set_process_callback
    def process(frames):
        nonlocal following
        port.clear_buffer()
        state, position = client.transport_query_struct()
        if state != jack.ROLLING:
            return
        start = position.frame
        if not zero:
            zero.append(client.last_frame_time - start)
        while following < len(notes) and notes[following][0] < start + frames:
            port.write_midi_event(max(0, notes[following][0] - start), notes[following][1])
            following += 1

    def timebase(state, blocksize, position, new):
        beats = position.frame / client.samplerate * args.qpm / 60
        whole = int(beats)
        position.valid = 0x10
        position.bar = 1 + whole // args.beats_per_bar
        position.beat = 1 + whole % args.beats_per_bar
        position.tick = int((beats - whole) * TICKS)
        position.bar_start_tick = (position.bar - 1) * args.beats_per_bar * TICKS
        position.beats_per_bar = args.beats_per_bar
        position.beat_type = 4
        position.ticks_per_beat = TICKS
        position.beats_per_minute = args.qpm

    client.set_timebase_callback(timebase)
    lost = threading.Event()
    client.set_shutdown_callback(lambda status, reason: lost.set())
    client.activate()
    deadline = time.monotonic() + 20
    while True:
        try:
            client.connect(port, args.to)
            break
        except jack.JackError as failure:
            if time.monotonic() > deadline:
                sys.exit(f"jack_song: {args.to}: {failure}")
            time.sleep(0.05)
    print("READY", flush=True)
    sys.stdin.readline()
    client.transport_locate(0)
    client.transport_start()
    lost.wait(args.seconds)
    client.transport_stop()
    time.sleep(0.5)
    print(f"ZERO {zero[0] & 0xFFFFFFFF}", flush=True)
    print("DONE", flush=True)
    client.deactivate()
    client.close()
    sys.exit(1 if lost.is_set() else 0)


main()
