#!/usr/bin/python3
"""RTP-MIDI under loss: what comes back of what a peer plays, and whether anything is left sounding.

    src/bench/rtp.py [SECONDS] [--loss P] [--reorder P] [--rate NOTES] [--seed N] [--join] [--namespaces]

Starts `bin/antiphon run --rtp --mode harmony --thru` and src/test/python/rtp_peer.py, a peer written from the RFC alone,
which plays for SECONDS (600) and loses 5 % of the packets of either direction and reorders as many. It gets back its own
notes by thru and a voice by harmony. Prints a table. Exit status 0 if no note hung and no note-off was lost.

--join: antiphon joins the peer's session, instead of being joined.
--namespaces: each in a network namespace of its own, with a cable (veth) between them; needs root. There a session's
announcement by mDNS is looked for, too.
"""
import argparse, json, os, subprocess, sys, tempfile, threading, time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PEER = os.path.join(ROOT, 'src/test/python/rtp_peer.py')
PORT, PEERS_PORT = 15004, 16004

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument('seconds', nargs='?', type=float, default=600)
parser.add_argument('--loss', type=float, default=0.05)
parser.add_argument('--reorder', type=float, default=0.05)
parser.add_argument('--rate', type=float, default=10)
parser.add_argument('--seed', type=int, default=1)
parser.add_argument('--join', action='store_true')
parser.add_argument('--namespaces', action='store_true')
options = parser.parse_args()


def run(*command, check=True):
    return subprocess.run(command, check=check, capture_output=True, text=True)


class Place:
    """Where both run: this machine, or two namespaces."""

    def __init__(self):
        self.names = ['rtp%d%s' % (os.getpid(), side) for side in 'ab'] if options.namespaces else None
        self.addresses = ['10.77.5.1', '10.77.5.2'] if options.namespaces else ['127.0.0.1', '127.0.0.1']

    def __enter__(self):
        if self.names:
            a, b = self.names
            for name in self.names:
                run('ip', 'netns', 'add', name)
            run('ip', 'link', 'add', 'cable', 'netns', a, 'type', 'veth', 'peer', 'name', 'cable', 'netns', b)
            for name, address in zip(self.names, self.addresses):
                run('ip', '-n', name, 'addr', 'add', address + '/24', 'dev', 'cable')
                run('ip', '-n', name, 'link', 'set', 'lo', 'up')
                run('ip', '-n', name, 'link', 'set', 'cable', 'up')
                run('ip', '-n', name, 'route', 'add', 'default', 'dev', 'cable')
        return self

    def __exit__(self, *_):
        for name in self.names or []:
            run('ip', 'netns', 'del', name, check=False)

    def command(self, side, *words):
        return (['ip', 'netns', 'exec', self.names[side]] if self.names else []) + list(words)


def announced(place):
    """True if the peer's side hears of our session by mDNS: a question for the type, and an answer that names us."""
    question = r'''
import socket, struct, sys, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('', 5353))
own = socket.inet_aton(sys.argv[1])
s.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton('224.0.0.251') + own)
s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, own)
s.settimeout(0.5)
name = b''.join(bytes([len(x)]) + x for x in (b'_apple-midi', b'_udp', b'local')) + b'\0'
end = time.time() + 10
while time.time() < end:
    s.sendto(struct.pack('>6H', 0, 0, 1, 0, 0, 0) + name + struct.pack('>2H', 12, 1), ('224.0.0.251', 5353))
    try:
        while True:
            packet, sender = s.recvfrom(9000)
            if packet[2] & 0x80 and b'rtpbench' in packet and sender[0] != sys.argv[1]:
                print('yes')
                sys.exit()
    except socket.timeout:
        pass
print('no')
'''
    command = place.command(1, sys.executable, '-c', question, place.addresses[1])
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()


def ready(process, lines):
    """Reads what antiphon prints, to its end; the event is set when it is ready."""
    event = threading.Event()

    def read():
        for line in process.stdout:
            lines.append(line.rstrip())
            if line.startswith('ready'):
                event.set()

    threading.Thread(target=read, daemon=True).start()
    return event


def main(place):
    state = tempfile.mkdtemp(prefix='rtp-')
    environment = dict(os.environ, ANTIPHON_RTP_ADDRESS=place.addresses[0], ANTIPHON_RTP_PORT=str(PORT),
                       XDG_STATE_HOME=state)
    words = ['run', '--rtp', '--mode', 'harmony', '--thru', '--client', 'rtpbench', '--seed', '1']
    if options.join:
        words += ['--rtp-connect', '%s:%d' % (place.addresses[1], PEERS_PORT)]
    lines = []
    ours = subprocess.Popen(place.command(0, os.path.join(ROOT, 'bin/antiphon'), *words), env=environment, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    try:
        if not ready(ours, lines).wait(120):
            sys.exit('antiphon was not ready within 120 s. It said:\n' + '\n'.join(lines))
        mdns = announced(place) if place.names else None
        how = ['--listen', str(PEERS_PORT)] if options.join else ['--connect', '%s:%d' % (place.addresses[0], PORT)]
        peer = subprocess.run(
            place.command(1, sys.executable, PEER, *how, '--address', place.addresses[1], '--seconds',
                          str(options.seconds), '--loss', str(options.loss), '--reorder', str(options.reorder), '--rate',
                          str(options.rate), '--seed', str(options.seed)),
            stdout=subprocess.PIPE, text=True, timeout=options.seconds + 60)
        report = json.loads([line for line in peer.stdout.splitlines() if line.startswith('{')][-1])
    finally:
        ours.terminate()
        ours.wait(20)
    show(report, mdns)
    return 0 if report['hanging'] == 0 and report['lostNoteOffs'] == 0 and report['pedal'] else 1


def show(report, mdns):
    packets, late = report['packets'], report['late']
    rows = [
        ('where', 'two network namespaces' if options.namespaces else 'loopback'),
        ('who joined', 'antiphon' if options.join else 'the peer'),
        ('seconds', '%g' % options.seconds),
        ('loss and reordering of each direction', '%g %%, %g %%' % (options.loss * 100, options.reorder * 100)),
        ('packets sent, received by the peer', '%(sent)d, %(received)d' % packets),
        ('lost, reordered', '%(lost)d, %(reordered)d' % packets),
        ('notes played, returned', '%d, %d' % (report['notes'], report['returned'])),
        ('gaps repaired by our journal, without one', '%(repaired)d, %(unrepaired)d' % report),
        ('hanging notes', report['hanging']),
        ('lost note-offs', report['lostNoteOffs']),
        ('pedal right at the end', 'yes' if report['pedal'] else 'no'),
        ('there and back, p50, p99, max', '%(p50)g ms, %(p99)g ms, %(max)g ms' % late),
    ]
    if mdns:
        rows.append(('session found by mDNS', mdns))
    print('| | |\n|---|---|')
    for name, value in rows:
        print('| %s | %s |' % (name, value))


with Place() as here:
    sys.exit(main(here))
