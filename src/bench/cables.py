#!/usr/bin/python3
"""Random connecting, disconnecting, closing, killing and returning of two inputs and two outputs while notes are played.

    src/bench/cables.py [ROUNDS] [SEED]

Starts a JACK server of its own (jackd2's dummy driver; python3-jack-client) and `bin/antiphon run --thru`, which is to be
connected to whatever is called keyb or synth. After each round everything is made to return, and it must be connected
within 3 s; at the end no receiver may hold a note or a pedal. Exit status 0 if that was so.
"""
import os, random, signal, subprocess, sys, tempfile, threading, time
import jack

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 200
random.seed(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
NAME = 'cables%d' % os.getpid()
os.environ['JACK_DEFAULT_SERVER'] = NAME
QUIET = dict(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
FOLDER = tempfile.mkdtemp(prefix='cables-')

# A peer in a process of its own: plays or listens, and tells what it holds when asked.
PEER = r'''
import jack, sys
name, way = sys.argv[1:3]
c = jack.Client(name)
port = (c.midi_outports if way == 'out' else c.midi_inports).register(way)
queue, held, pedals = [], set(), set()
@c.set_process_callback
def process(frames):
    for p in c.midi_outports:
        p.clear_buffer()
        while queue:
            p.write_midi_event(0, queue.pop(0))
    for p in c.midi_inports:
        for _, d in p.incoming_midi_events():
            d = bytes(d)
            if len(d) < 3: continue
            kind, key = d[0] & 0xF0, (d[0] & 15, d[1])
            if kind == 0x90 and d[2]: held.add(key)
            elif kind in (0x80, 0x90): held.discard(key)
            elif kind == 0xB0 and d[1] in (64, 66, 69): (pedals.add if d[2] >= 64 else pedals.discard)(key)
c.activate()
print('up', flush=True)
for line in sys.stdin:
    word = line.split()
    if word[0] == 'send': queue.append(bytes(int(x, 16) for x in word[1:]))
    elif word[0] == 'held': print(sorted(held) + sorted(pedals), flush=True)
    elif word[0] == 'close': c.close(); break
'''


class Peer:
    def __init__(self, name, way):
        self.name, self.way, self.process = name, way, None
        self.start()

    def start(self):
        self.process = subprocess.Popen([sys.executable, '-c', PEER, self.name, self.way], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.process.stdout.readline()

    def tell(self, line):
        try:
            self.process.stdin.write(line + '\n')
            self.process.stdin.flush()
        except (BrokenPipeError, ValueError):
            pass

    def port(self):
        return '%s:%s' % (self.name, self.way)

    def is_there(self):
        return self.process.poll() is None

    def held(self):
        self.tell('held')
        return self.process.stdout.readline().strip()

    def end(self, killed):
        if killed:
            self.process.kill()
        else:
            self.tell('close')
        self.process.wait(10)


def main():
    server = subprocess.Popen(['jackd', '-n', NAME, '-R', '-P', '60', '-S', '--no-mlock', '-d', 'dummy', '-r', '48000',
                               '-p', '256'], **QUIET)
    while subprocess.run(['jack_lsp'], **QUIET).returncode:
        time.sleep(.1)
    peers = [Peer('keyb-a', 'out'), Peer('keyb-b', 'out'), Peer('synth-a', 'in'), Peer('synth-b', 'in')]
    log = open(FOLDER + '/run.log', 'w')
    program = subprocess.Popen(['bin/antiphon', 'run', '--thru', '--in', 'keyb-a', '--in', 'keyb-b', '--out', 'synth-a',
                                '--out', 'synth-b'], stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                               env=dict(os.environ, XDG_RUNTIME_DIR=FOLDER, XDG_STATE_HOME=FOLDER))
    while 'ready' not in open(FOLDER + '/run.log').read():
        time.sleep(.1)
    hand = jack.Client('hand')
    ours = {'keyb-a': 'antiphon:in', 'keyb-b': 'antiphon:in-2', 'synth-a': 'antiphon:out', 'synth-b': 'antiphon:out'}
    playing = [True]

    def play():
        while playing[0]:
            peer = random.choice(peers[:2])
            if peer.is_there():
                note, kind = random.randint(48, 84), random.random()
                if kind < .45: peer.tell('send 90 %x %x' % (note, random.randint(30, 100)))
                elif kind < .9: peer.tell('send 80 %x 40' % note)
                else: peer.tell('send b0 %x %x' % (random.choice((64, 66, 69)), random.choice((0, 127))))
            time.sleep(random.uniform(.002, .02))

    def connected(peer):
        ends = (peer.port(), ours[peer.name])
        if peer.way == 'in': ends = ends[::-1]
        try:
            return any(p.name == ends[1] for p in hand.get_all_connections(ends[0]))
        except jack.JackError:
            return False

    def by_hand(peer, connect):
        ends = (peer.port(), ours[peer.name])
        if peer.way == 'in': ends = ends[::-1]
        try:
            (hand.connect if connect else hand.disconnect)(*ends)
        except jack.JackError:
            pass

    player = threading.Thread(target=play, daemon=True)
    player.start()
    slowest, faults = 0, []
    for number in range(ROUNDS):
        let_go = set()
        for peer in random.sample(peers, random.randint(1, 4)):
            what = random.choice(('close', 'kill', 'disconnect', 'reconnect'))
            if what in ('close', 'kill'):
                peer.end(what == 'kill')
            else:
                by_hand(peer, False)
                let_go.add(peer.name)
                if what == 'reconnect':
                    time.sleep(random.uniform(0, .2))
                    by_hand(peer, True)
                    let_go.discard(peer.name)
            time.sleep(random.uniform(0, .3))
        for peer in peers:
            if not peer.is_there():
                peer.start()
                let_go.discard(peer.name)
        begun = time.time()
        waiting = [peer for peer in peers if peer.name not in let_go]
        while waiting and time.time() - begun < 3:
            waiting = [peer for peer in waiting if not connected(peer)]
            time.sleep(.02)
        slowest = max(slowest, time.time() - begun)
        faults += ['round %d: %s not connected after 3 s' % (number, peer.name) for peer in waiting]
        for peer in peers:
            by_hand(peer, True)
    playing[0] = False
    player.join()
    program.send_signal(signal.SIGTERM)
    status = program.wait(10)
    time.sleep(.5)
    faults += ['%s holds %s' % (peer.name, held) for peer in peers[2:] for held in [peer.held()] if held != '[]']
    print('%d rounds: slowest return %.2f s, status %d, %s' % (ROUNDS, slowest, status, faults or 'nothing held'))
    for peer in peers:
        peer.end(False)
    hand.close()
    server.terminate()
    server.wait()
    return 1 if faults or status else 0


sys.exit(main())
