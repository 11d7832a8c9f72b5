#!/usr/bin/python3
"""A peer that speaks RTP-MIDI, written from RFC 6295 and AppleMIDI's packets alone, over a network that loses packets.

    rtp_peer.py (--connect HOST[:PORT] | --listen PORT) [--address A] [--seconds S] [--tail S] [--loss P] [--reorder P] [--seed N]
                [--rate NOTES]

Plays notes, chords and a sustain pedal on channel 1 for S seconds, RATE notes a second, and expects the other end to send
them back (thru). Each packet in either direction is lost with probability P, and with the other P overtaken by the next one.
At the end it prints one line of JSON:

    packets        sent, received: that the network carried; lost, reordered: in both directions, by us
    notes          played; returned: note-ons that came back
    hanging        notes of any channel that came and are still down when the last was ended TAIL (2) seconds ago
    lostNoteOffs   notes that came back and whose end did not come within 1 s of its being sent
    pedal          true if the pedal that came back is as it was set
    late           milliseconds from sending a message to its return, where it came back: p50, p99, max
    repaired       gaps that the other end's journal filled; unrepaired: gaps without one

Exit status: 0 the session was held to its end; 1 nobody answered, or the other end left.
"""

import argparse
import json
import random
import select
import socket
import struct
import sys
import time

TICK = 1e-4
PEDAL = 64


class Network:
    """Two UDP ports that lose and reorder what goes through them."""

    def __init__(self, address, port, loss, reorder, chance):
        self.loss, self.reorder, self.chance = loss, reorder, chance
        self.sockets = []
        for i in range(2):
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            s.bind((address, port + i if port else 0))
            s.setblocking(False)
            self.sockets.append(s)
        if not port:
            self.pair(address)
        self.kept_out, self.kept_in = None, None
        self.sent = self.received = self.lost = self.reordered = 0

    def pair(self, address):
        """Ports that follow each other."""
        while True:
            low = self.chance.randrange(40000, 48000, 2)
            for s in self.sockets:
                s.close()
            try:
                self.sockets = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2)]
                for i, s in enumerate(self.sockets):
                    s.bind((address, low + i))
                    s.setblocking(False)
                return
            except OSError:
                continue

    def send(self, which, packet, to):
        self.sent += 1
        dice = self.chance.random()
        if dice < self.loss:
            self.lost += 1
        elif dice < self.loss + self.reorder and self.kept_out is None:
            self.reordered += 1
            self.kept_out = (which, packet, to, time.monotonic() + 0.05)
        else:
            self.sockets[which].sendto(packet, to)
            self.flush_out()

    def flush_out(self):
        if self.kept_out:
            which, packet, to, _ = self.kept_out
            self.kept_out = None
            self.sockets[which].sendto(packet, to)

    def receive(self, timeout):
        """[(which, packet, sender)]"""
        ready, _, _ = select.select(self.sockets, [], [], max(0, timeout))
        got = []
        for s in ready:
            which = self.sockets.index(s)
            while True:
                try:
                    packet, sender = s.recvfrom(65536)
                except (BlockingIOError, ConnectionError):
                    break
                self.received += 1
                dice = self.chance.random()
                if dice < self.loss:
                    self.lost += 1
                elif dice < self.loss + self.reorder and self.kept_in is None:
                    self.reordered += 1
                    self.kept_in = (which, packet, sender, time.monotonic() + 0.05)
                else:
                    got.append((which, packet, sender))
                    if self.kept_in:
                        got.append(self.kept_in[:3])
                        self.kept_in = None
        now = time.monotonic()
        if self.kept_out and self.kept_out[3] < now:
            self.flush_out()
        if self.kept_in and self.kept_in[3] < now:
            got.append(self.kept_in[:3])
            self.kept_in = None
        return got


class Sender:
    """Our stream: packets with a journal of all since the last one that the other end has confirmed."""

    def __init__(self, ssrc, chance):
        self.ssrc = ssrc
        self.sequence = chance.randrange(65536) + 65536
        self.confirmed = self.sequence - 1
        self.notes = {}  # (channel, pitch): (sequence, velocity, time)
        self.controls = {}  # (channel, controller): (sequence, value)
        self.bends = {}  # channel: (sequence, value)
        self.last = 0

    def confirm(self, low):
        newest = self.sequence - 1
        sequence = newest - ((newest - low) & 0xFFFF)
        self.confirmed = max(self.confirmed, sequence)

    def unconfirmed(self):
        return self.last > self.confirmed

    def packet(self, messages, ticks):
        commands = b''
        for i, message in enumerate(messages):
            commands += (b'\0' if i else b'') + bytes(message)
        journal = self.journal()
        size = len(commands)
        header = bytes([0x40 | size]) if size < 16 else bytes([0xC0 | size >> 8, size & 255])
        rtp = struct.pack('>BBHII', 0x80, 0x61, self.sequence & 0xFFFF, ticks & 0xFFFFFFFF, self.ssrc)
        for m in messages:
            channel = m[0] & 15
            if m[0] & 0xF0 in (0x80, 0x90):
                velocity = m[2] if m[0] & 0xF0 == 0x90 else 0
                self.notes[channel, m[1]] = (self.sequence, velocity, time.monotonic())
            elif m[0] & 0xF0 == 0xB0:
                self.controls[channel, m[1]] = (self.sequence, m[2])
            elif m[0] & 0xF0 == 0xE0:
                self.bends[channel] = (self.sequence, m[1:])
            self.last = self.sequence
        self.sequence += 1
        return rtp + header + commands + journal

    def journal(self):
        def mark(sequence):
            """The S bit: not about the packet just before."""
            return 0 if sequence == self.sequence - 1 else 0x80

        channels = []
        for channel in range(16):
            chapters, contents, marks = b'', 0, 0x80
            logs = [(c, s, v) for (ch, c), (s, v) in sorted(self.controls.items())
                    if ch == channel and s > self.confirmed]
            if logs:
                contents |= 0x40
                head = min(mark(s) for _, s, _ in logs)
                marks &= head
                chapters += bytes([head | len(logs) - 1]) + b''.join(bytes([mark(s) | c, v]) for c, s, v in logs)
            if channel in self.bends and self.bends[channel][0] > self.confirmed:
                contents |= 0x10
                s, v = self.bends[channel]
                marks &= mark(s)
                chapters += bytes([mark(s) | v[0], v[1]])
            ons = [(p, s, v, t) for (ch, p), (s, v, t) in sorted(self.notes.items())
                   if ch == channel and s > self.confirmed and v]
            offs = [(p, s) for (ch, p), (s, v, _) in self.notes.items() if ch == channel and s > self.confirmed and not v]
            if ons or offs:
                contents |= 0x08
                bits = bytearray(16)
                for pitch, _ in offs:
                    bits[pitch // 8] |= 0x80 >> pitch % 8
                used = [i for i in range(16) if bits[i]]
                low, high = (used[0], used[-1]) if used else (15, 0)
                b = min((mark(s) for _, s in offs), default=0x80)
                marks &= min([b] + [mark(s) for _, s, _, _ in ons])
                chapters += bytes([b | len(ons), low << 4 | high])
                for pitch, s, velocity, t in ons:
                    recent = 0x80 if time.monotonic() - t < 0.1 else 0
                    chapters += bytes([mark(s) | pitch, recent | velocity])
                chapters += bytes(bits[low:high + 1]) if used else b''
            if contents:
                head = marks << 8 | channel << 11 | len(chapters) + 3
                channels.append(struct.pack('>HB', head, contents) + chapters)
        head = 0x20 | len(channels) - 1 if channels else 0
        return struct.pack('>BH', head, self.confirmed + 1 & 0xFFFF) + b''.join(channels)


class Receiver:
    """The other end's stream: in order, with what was lost taken from the journal. Calls heard(message)."""

    def __init__(self, heard):
        self.heard = heard
        self.last = None
        self.down = {}
        self.controls = {}
        self.repaired = self.unrepaired = self.old = 0

    def take(self, packet):
        flags, kind, sequence, _, _ = struct.unpack('>BBHII', packet[:12])
        if flags != 0x80 or kind & 0x7F != 0x61:
            raise ValueError('no RTP-MIDI: %s' % packet[:12].hex())
        at = 12
        size = packet[at] & 15
        header = packet[at]
        at += 1
        if header & 0x80:
            size = size << 8 | packet[at]
            at += 1
        commands, journal = packet[at:at + size], packet[at + size:]
        ahead = (sequence - self.last + 0x8000 & 0xFFFF) - 0x8000 if self.last is not None else 1
        if ahead <= 0:
            self.old += 1
            return
        if ahead > 1:
            if not header & 0x40 or ((struct.unpack('>H', journal[1:3])[0] - self.last - 1 + 0x8000 & 0xFFFF) - 0x8000) > 0:
                self.unrepaired += 1
            else:
                self.repaired += 1
                self.recover(journal)
        self.last = sequence
        self.parse(commands, header & 0x20)

    def emit(self, message):
        kind, channel = message[0] & 0xF0, message[0] & 15
        if kind == 0x90 and message[2]:
            self.down[channel, message[1]] = message[2]
        elif kind in (0x80, 0x90):
            self.down.pop((channel, message[1]), None)
        elif kind == 0xB0:
            self.controls[channel, message[1]] = message[2]
        self.heard(message)

    def parse(self, data, timed):
        at, status = 0, 0
        while at < len(data):
            if timed:
                while data[at] & 0x80:
                    at += 1
                at += 1
                if at == len(data):
                    return
            timed = True
            if data[at] & 0x80:
                status = data[at]
                at += 1
            if status in (0xF0, 0xF7):
                while data[at] not in (0xF0, 0xF4, 0xF7):
                    at += 1
                at += 1
                continue
            length = 1 if status & 0xF0 in (0xC0, 0xD0) else 2 if status < 0xF0 else \
                {0xF1: 1, 0xF2: 2, 0xF3: 1}.get(status, 0)
            self.emit(bytes([status]) + data[at:at + length])
            at += length

    def recover(self, journal):
        head, at = journal[0], 3
        if head & 0x40:
            at += struct.unpack('>H', journal[at:at + 2])[0] & 0x3FF
        for _ in range((head & 15) + 1 if head & 0x20 else 0):
            first, contents = struct.unpack('>HB', journal[at:at + 3])
            end = at + (first & 0x3FF)
            self.recover_channel(first >> 11 & 15, contents, journal[at + 3:end])
            at = end

    def recover_channel(self, channel, contents, data):
        at = 3 if contents & 0x80 else 0
        if contents & 0x40:
            count = (data[at] & 127) + 1
            for i in range(count):
                number, log = data[at + 1 + 2 * i] & 127, data[at + 2 + 2 * i]
                if not log & 0x80 and self.controls.get((channel, number)) != log:
                    self.emit(bytes([0xB0 | channel, number, log]))
            at += 1 + 2 * count
        if contents & 0x20:
            at += struct.unpack('>H', data[at:at + 2])[0] & 0x3FF
        at += 2 if contents & 0x10 else 0
        if contents & 0x08:
            count, low, high = data[at] & 127, data[at + 1] >> 4, data[at + 1] & 15
            if count == 127 and low == 15 and high == 0:
                count = 128
            logs = [(data[at + 2 + 2 * i] & 127, data[at + 3 + 2 * i]) for i in range(count)]
            at += 2 + 2 * count
            for octet in range(low, high + 1):
                for bit in range(8):
                    pitch = 8 * octet + bit
                    if data[at + octet - low] & 0x80 >> bit and (channel, pitch) in self.down:
                        self.emit(bytes([0x80 | channel, pitch, 64]))
            for pitch, log in logs:
                velocity, now = log & 127, self.down.get((channel, pitch))
                if now == velocity:
                    continue
                if now:
                    self.emit(bytes([0x80 | channel, pitch, 64]))
                if log & 0x80:
                    self.emit(bytes([0x90 | channel, pitch, velocity]))


class Peer:
    def __init__(self, options):
        self.chance = random.Random(options.seed)
        self.options = options
        self.network = Network(options.address, options.listen or 0, options.loss, options.reorder, self.chance)
        self.ssrc = self.chance.getrandbits(32)
        self.sender = Sender(self.ssrc, self.chance)
        self.receiver = Receiver(self.heard)
        self.epoch = time.monotonic()
        self.control = self.data = self.other = None
        self.reported, self.report_at, self.clock_at, self.guard_at, self.guards = None, 0, 0, 0, 0
        self.left = False
        self.waiting = {}  # message that is to come back: when it was sent
        self.ended = {}  # a pitch: when its end was sent and did not come back yet
        self.late = []
        self.played = self.returned = self.lost_offs = 0

    def ticks(self):
        return int((time.monotonic() - self.epoch) / TICK)

    def session(self, command, token, name=b'peer\0'):
        return b'\xff\xff' + command + struct.pack('>III', 2, token, self.ssrc) + name

    def join(self):
        """The two halves of the handshake, as the one who asks or the one who is asked."""
        deadline = time.monotonic() + 20
        asked = 0
        token = self.chance.getrandbits(32)
        if self.options.connect:
            host, _, port = self.options.connect.partition(':')
            self.control = (host, int(port or 5004))
            to = (host, self.control[1] + 1)
        stage = 0
        while time.monotonic() < deadline:
            if self.options.connect and time.monotonic() - asked > 0.3:
                asked = time.monotonic()
                self.network.send(stage, self.session(b'IN', token), to if stage else self.control)
            for which, packet, sender in self.network.receive(0.05):
                command = packet[2:4] if packet[:2] == b'\xff\xff' else b''
                if self.options.connect and command == b'OK' and which == stage:
                    self.other = struct.unpack('>I', packet[12:16])[0]
                    stage += 1
                    asked = 0
                    if stage == 2:
                        self.data = to
                        return True
                elif not self.options.connect and command == b'IN':
                    self.other, token = struct.unpack('>I', packet[12:16])[0], struct.unpack('>I', packet[8:12])[0]
                    self.network.send(which, self.session(b'OK', token), sender)
                    if which == 0:
                        self.control = sender
                    else:
                        self.data = sender
                elif self.data and not self.options.connect:
                    return True
        return False

    def play(self, *messages):
        now = time.monotonic()
        for m in messages:
            self.waiting[bytes(m)] = now
        self.network.send(1, self.sender.packet(messages, self.ticks()), self.data)
        self.guard_at, self.guards = now + 0.03, 0

    def heard(self, message):
        now = time.monotonic()
        sent = self.waiting.pop(bytes(message), None)
        if sent is None and message[0] == 0x80:
            # A note-off may come back as the other kind, or with another velocity.
            for key in [k for k in self.waiting if k[0] == 0x80 and k[1] == message[1]]:
                sent = self.waiting.pop(key)
        if sent is not None:
            self.late.append((now - sent) * 1000)
        if message[0] == 0x90 and message[2] > 1:
            # Velocity 1 is none of ours: antiphon asks by it whether what it sends comes back.
            self.returned += 1
        elif message[0] in (0x80, 0x90):
            self.ended.pop(message[1], None)

    def turn(self, until):
        """Receives, answers and repairs until then."""
        while not self.left:
            now = time.monotonic()
            if now >= until:
                return
            for which, packet, sender in self.network.receive(min(until - now, 0.005)):
                self.take(which, packet, sender)
            now = time.monotonic()
            if self.options.connect and now > self.clock_at:
                self.clock_at = now + 1.5
                self.clock(0, self.ticks(), 0, 0)
            if self.receiver.last is not None and self.receiver.last != self.reported and now > self.report_at:
                self.reported, self.report_at = self.receiver.last, now + 0.02
                self.network.send(0, b'\xff\xffRS' + struct.pack('>IHH', self.ssrc, self.reported, 0), self.control)
            if self.sender.unconfirmed() and now > self.guard_at and self.guards < 20:
                self.guards += 1
                self.guard_at = now + 0.03 * 1.5 ** min(self.guards, 8)
                self.network.send(1, self.sender.packet([], self.ticks()), self.data)
            for pitch in [p for p, t in self.ended.items() if now - t > 1]:
                del self.ended[pitch]
                if (0, pitch) in self.receiver.down:
                    self.lost_offs += 1

    def clock(self, count, *ticks):
        self.network.send(1, b'\xff\xffCK' + struct.pack('>IB3xQQQ', self.ssrc, count, *ticks), self.data)

    def take(self, which, packet, sender):
        command = packet[2:4] if packet[:2] == b'\xff\xff' else b''
        if command == b'CK':
            count, first, second, third = struct.unpack('>B3xQQQ', packet[8:36])
            if count == 0:
                self.clock(1, first, self.ticks(), 0)
            elif count == 1:
                self.clock(2, first, second, self.ticks())
        elif command == b'RS':
            self.sender.confirm(struct.unpack('>H', packet[8:10])[0])
        elif command == b'BY':
            self.left = True
        elif not command and which == 1:
            self.receiver.take(packet)

    def perform(self):
        end = time.monotonic() + self.options.seconds
        next_note = time.monotonic() + 0.2
        ends = []  # (when, pitch)
        pedal = 0
        down = set()
        while time.monotonic() < end and not self.left:
            now = time.monotonic()
            if now >= next_note:
                next_note += self.chance.expovariate(self.options.rate)
                free = [p for p in range(36, 97) if p not in down and p not in self.ended]
                chord = self.chance.sample(free, min(len(free), self.chance.choice([1, 1, 1, 2, 3])))
                messages = []
                for pitch in chord:
                    down.add(pitch)
                    self.ended.pop(pitch, None)
                    self.played += 1
                    messages.append((0x90, pitch, self.chance.randint(20, 120)))
                    ends.append((now + self.chance.uniform(0.03, 0.6), pitch))
                if self.chance.random() < 0.2:
                    pedal = 0 if pedal else 127
                    messages.append((0xB0, PEDAL, pedal))
                if messages:
                    self.play(*messages)
            ends.sort()
            while ends and ends[0][0] <= now:
                self.end(ends.pop(0)[1], down)
            self.turn(min(next_note, ends[0][0] if ends else next_note))
        for _, pitch in ends:
            self.end(pitch, down)
        pedal = 0 if self.chance.random() < 0.5 else 127
        self.play((0xB0, PEDAL, pedal))
        self.turn(time.monotonic() + self.options.tail)
        right = self.receiver.controls.get((0, PEDAL), 0) == pedal
        # What somebody else's voices hold by the pedal ends now.
        self.play((0xB0, PEDAL, 0))
        self.turn(time.monotonic() + self.options.tail / 2)
        return right

    def end(self, pitch, down):
        down.discard(pitch)
        self.ended[pitch] = time.monotonic()
        self.play((0x80, pitch, 64))

    def leave(self):
        self.network.loss = self.network.reorder = 0
        self.network.send(0, self.session(b'BY', 0, b''), self.control)

    def report(self, pedal):
        late = sorted(self.late) or [0]
        return {
            'packets': {'sent': self.network.sent, 'received': self.network.received, 'lost': self.network.lost,
                        'reordered': self.network.reordered},
            'notes': self.played, 'returned': self.returned, 'hanging': len(self.receiver.down),
            'lostNoteOffs': self.lost_offs, 'pedal': pedal,
            'late': {'p50': round(late[len(late) // 2], 2), 'p99': round(late[int(len(late) * 0.99)], 2),
                     'max': round(late[-1], 2)},
            'repaired': self.receiver.repaired, 'unrepaired': self.receiver.unrepaired, 'old': self.receiver.old,
        }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--connect')
    parser.add_argument('--listen', type=int)
    parser.add_argument('--address', default='127.0.0.1')
    parser.add_argument('--seconds', type=float, default=5)
    parser.add_argument('--tail', type=float, default=2)
    parser.add_argument('--loss', type=float, default=0)
    parser.add_argument('--reorder', type=float, default=0)
    parser.add_argument('--rate', type=float, default=10)
    parser.add_argument('--seed', type=int, default=1)
    options = parser.parse_args()
    peer = Peer(options)
    print('READY', flush=True)
    if not peer.join():
        print('nobody answered', file=sys.stderr)
        return 1
    pedal = peer.perform()
    report = peer.report(pedal)
    left = peer.left
    peer.leave()
    print(json.dumps(report), flush=True)
    return 1 if left else 0


if __name__ == '__main__':
    sys.exit(main())
