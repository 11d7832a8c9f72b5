#!/usr/bin/python3
"""The program's output wired to its own input, directly and through a second program that delays, in every mode.

    src/bench/loops.py [SECONDS [MODE...]]

Starts a JACK server of its own (jackd2's dummy driver; python3-jack-client). For each mode, with and without thru, and for
each way round (direct; through a client that delays by 0, 50, 300 and 1500 ms) it starts `bin/antiphon run`, plays a short
phrase twice, and measures what leaves the output, the processor time, the lines told, and what is held after the stop.
SECONDS is the time for all together, 600 by default. Exit status 0 if messages and processor time are bounded, each loop is
told in one line at most, and nothing is held.
"""
import atexit, os, signal, subprocess, sys, tempfile, time
import jack

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 600
MODES = sys.argv[2:] or ['call', 'trade', 'continue', 'harmony', 'listen']
WAYS = ['direct', 0, 50, 300, 1500]
PHRASE = (60, 64, 67, 72, 71, 67)
NOTE_SECONDS = .2
# HandSpeed lets the partner begin at most 50 notes in a second; each has an end, and thru copies the phrase.
MAX_PER_SECOND = 130
MAX_MEAN = 40
MAX_CORES = .5
NAME = 'loops%d' % os.getpid()
os.environ['JACK_DEFAULT_SERVER'] = NAME
QUIET = dict(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
FOLDER = tempfile.mkdtemp(prefix='loops-')
TICKS = os.sysconf('SC_CLK_TCK')

# The second program: sends on what it receives, so many frames later.
DELAY = r'''
import collections, jack, sys
c = jack.Client('delay')
i, o = c.midi_inports.register('in'), c.midi_outports.register('out')
later, waiting = int(float(sys.argv[1]) * c.samplerate / 1000), collections.deque()
@c.set_process_callback
def process(frames):
    now = c.last_frame_time
    for offset, data in i.incoming_midi_events():
        waiting.append((now + offset + later, bytes(data)))
    o.clear_buffer()
    while waiting and waiting[0][0] < now + frames:
        due, data = waiting.popleft()
        o.write_midi_event(max(0, due - now), data)
c.activate()
c.connect('antiphon:out', 'delay:in')
c.connect('delay:out', 'antiphon:in')
print('up', flush=True)
sys.stdin.read()
c.close()
'''


class Hand:
    """Plays, and takes down what the program sends."""

    def __init__(self):
        self.client = jack.Client('hand')
        self.out = self.client.midi_outports.register('out')
        self.ear = self.client.midi_inports.register('in')
        self.queue, self.heard = [], []
        self.client.set_process_callback(self.process)
        self.client.activate()

    def process(self, frames):
        for _, data in self.ear.incoming_midi_events():
            self.heard.append((time.monotonic(), bytes(data)))
        self.out.clear_buffer()
        while self.queue:
            self.out.write_midi_event(0, self.queue.pop(0))

    def play(self):
        for pitch in PHRASE:
            self.queue.append(bytes((0x90, pitch, 80)))
            time.sleep(NOTE_SECONDS * .8)
            self.queue.append(bytes((0x80, pitch, 64)))
            time.sleep(NOTE_SECONDS * .2)

    def held(self):
        held = {}
        for _, data in self.heard:
            kind, key = data[0] & 0xF0, (data[0] & 15, data[1] if len(data) > 1 else 0)
            if kind == 0x90 and data[2]: held[key] = held.get(key, 0) + 1
            elif kind in (0x80, 0x90): held[key] = 0
            elif kind == 0xB0 and data[1] in (64, 66, 69): held['pedal', key] = data[2] >= 64
        return [key for key, value in held.items() if value]


def processor_seconds(pid):
    fields = open('/proc/%d/stat' % pid).read().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def trial(hand, mode, thru, way, seconds):
    begun = time.monotonic()
    state = tempfile.mkdtemp(dir=FOLDER)
    path = state + "/run.log"
    # Cores that are kept awake take time of their own, which is not the loop's.
    environment = dict(os.environ, XDG_RUNTIME_DIR=state, XDG_STATE_HOME=state, ANTIPHON_LIVE_KEEP_AWAKE='false')
    with open(path, 'w') as log:
        program = subprocess.Popen(['bin/antiphon', 'run', '--mode', mode] + ['--thru'] * thru, stdout=log,
                                   stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=environment)
    atexit.register(program.kill)
    while 'ready' not in open(path).read():
        if program.poll() is not None: sys.exit('not started: ' + open(path).read())
        time.sleep(.05)
    hand.client.connect('hand:out', 'antiphon:in')
    hand.client.connect('antiphon:out', 'hand:in')
    second = None
    if way == 'direct':
        hand.client.connect('antiphon:out', 'antiphon:in')
    else:
        second = subprocess.Popen([sys.executable, '-c', DELAY, str(way)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                  text=True)
        second.stdout.readline()
    hand.heard = []
    before, since = processor_seconds(program.pid), time.monotonic()
    hand.play()
    end = begun + seconds - .8
    time.sleep(max(0, (end - time.monotonic()) / 2))
    hand.play()
    time.sleep(max(0, end - time.monotonic()))
    until = time.monotonic()
    cores = (processor_seconds(program.pid) - before) / (until - since)
    program.send_signal(signal.SIGTERM)
    status = program.wait(10)
    time.sleep(.3)
    if second:
        second.stdin.close()
        second.wait(10)
    times = [at for at, _ in hand.heard]
    mean = len(times) / (until - since)
    most = max([sum(1 for other in times if 0 <= other - at < 1) for at in times] or [0])
    told = [line for line in open(path).read().splitlines() if 'comes back' in line]
    held = hand.held()
    faults = ['status %d' % status] * (status != 0) + ['held %s' % held] * bool(held)
    faults += ['%d messages in a second' % most] * (most > MAX_PER_SECOND) + ['%.2f cores' % cores] * (cores > MAX_CORES)
    faults += ['%.1f messages a second' % mean] * (mean > MAX_MEAN)
    faults += ['told %d times' % len(told)] * (len(told) > 1)
    print('%-8s %-4s %-6s %5.1f messages/s, at most %3d in one, %.2f cores, told %d, %s' % (
        mode, 'thru' if thru else '-', way, mean, most, cores, len(told), faults or 'nothing held'),
        flush=True)
    return most, cores, faults


def main():
    server = subprocess.Popen(['jackd', '-n', NAME, '-R', '-P', '60', '-S', '--no-mlock', '-d', 'dummy', '-r', '48000',
                               '-p', '256'], **QUIET)
    atexit.register(server.terminate)
    while subprocess.run(['jack_lsp'], **QUIET).returncode:
        time.sleep(.1)
    hand = Hand()
    trials = [(mode, thru, way) for mode in MODES for thru in (False, True) for way in WAYS]
    results = [trial(hand, *each, SECONDS / len(trials)) for each in trials]
    bad = sum(1 for _, _, faults in results if faults)
    print('%d loops in %.0f s: at most %d messages in a second, at most %.2f cores, %d with faults' % (
        len(trials), SECONDS, max(r[0] for r in results), max(r[1] for r in results), bad))
    hand.client.close()
    return 1 if bad else 0


sys.exit(main())
