// What MIDI keyboards at this browser play: to the program, and to the piano here.

const NOTE_OFF = 0x80;
const NOTE_ON = 0x90;
const KEY_PRESSURE = 0xA0;
const CONTROL = 0xB0;
const PRESSURE = 0xD0;
const BEND = 0xE0;
const SYSTEM = 0xF0;
const SUSTAIN = 64;
const PEDALS = [SUSTAIN, 66, 69];
const MODULATION = 1;
// From this controller on they are orders to end, or to reset (121): what they ask for is done here.
const FIRST_ORDER = 120;
const RESET = 121;
// The program takes 400 messages a second. Of wheels and faders only the newest values go, so many at once; notes beyond
// what hands can play are dropped, ends never.
const PERIOD_MS = 20;
const MAX_AT_ONCE = 3;
const NOTES_PER_SECOND = 90;
const NOTES_AT_ONCE = 90;

export class MidiIn {
  /** @param play has send(status, data1, data2) to the program; on(channel, pitch, velocity), off(channel, pitch) and pedal(down) here */
  constructor(play) {
    this.play = play;
    // Which input holds a key, by its note-on; which one moved a pedal or wheel away from rest, by its channel and kind.
    this.keys = new Map();
    this.away = new Map();
    this.waiting = new Map();
    this.notes = NOTES_AT_ONCE;
    this.counted = 0;
  }

  /** Takes a message of an input, as the browser gives it. */
  take(input, [status, data1, data2 = 0]) {
    if (status < NOTE_OFF || status >= SYSTEM) return;
    const kind = status & 0xF0;
    if (kind === NOTE_ON && data2 > 0) this.strike(input, status, data1, data2);
    else if (kind === NOTE_ON || kind === NOTE_OFF) this.letUp(input, NOTE_ON | status & 0x0F, data1);
    else if (kind === CONTROL && data1 >= FIRST_ORDER) this.end(input, status & 0x0F, data1 === RESET ? [this.away] : [this.keys]);
    else if (kind !== KEY_PRESSURE) this.move(input, status, kind, data1, data2);
  }

  strike(input, status, pitch, velocity) {
    const now = performance.now();
    this.notes = Math.min(NOTES_AT_ONCE, this.notes + (now - this.counted) / 1000 * NOTES_PER_SECOND);
    this.counted = now;
    if (this.notes < 1) return;
    this.notes--;
    this.keys.set(status << 8 | pitch, {input, end: () => this.up(status, pitch)});
    this.play.send(status, pitch, velocity);
    this.play.on(status & 0x0F, pitch, velocity);
  }

  // Another input may have struck the same key since: then it is that one's.
  letUp(input, status, pitch) {
    if (this.keys.get(status << 8 | pitch)?.input !== input) return;
    this.keys.delete(status << 8 | pitch);
    this.up(status, pitch);
  }

  up(status, pitch) {
    this.play.send(NOTE_OFF | status & 0x0F, pitch, 0);
    this.play.off(status & 0x0F, pitch);
  }

  move(input, status, kind, data1, data2) {
    const id = status << 8 | (kind === CONTROL ? data1 : 0);
    const pedal = kind === CONTROL && PEDALS.includes(data1);
    const rest = kind === BEND ? [0, 64] : kind === PRESSURE ? [0, 0] : pedal || data1 === MODULATION ? [data1, 0] : undefined;
    const down = pedal && data2 >= 64;
    const turned = pedal && down !== Boolean(this.away.get(id)?.down);
    if (rest && (data1 !== rest[0] || data2 !== rest[1])) {
      this.away.set(id, {input, down, end: () => this.back(id, status, rest)});
    } else {
      this.away.delete(id);
    }
    if (!turned) return this.later(id, [status, data1, data2]);
    this.waiting.delete(id);
    this.play.send(status, data1, data2);
    if (data1 === SUSTAIN) this.play.pedal(down);
  }

  back(id, status, rest) {
    this.waiting.delete(id);
    this.play.send(status, ...rest);
    if ((id & 0xFF) === SUSTAIN) this.play.pedal(false);
  }

  later(id, message) {
    this.waiting.set(id, message);
    if (!this.timer) this.sendSome();
  }

  sendSome() {
    this.timer = undefined;
    for (const [id, message] of [...this.waiting].slice(0, MAX_AT_ONCE)) {
      this.waiting.delete(id);
      this.play.send(...message);
      this.timer ??= setTimeout(() => this.sendSome(), PERIOD_MS);
    }
  }

  /** Ends what an input, or every input, holds on a channel, or on all. */
  end(input, channel, held = [this.keys, this.away]) {
    for (const some of held) {
      for (const [id, {input: owner, end}] of some) {
        if ((input !== undefined && owner !== input) || (channel !== undefined && (id >> 8 & 0x0F) !== channel)) continue;
        some.delete(id);
        end();
      }
    }
  }
}
