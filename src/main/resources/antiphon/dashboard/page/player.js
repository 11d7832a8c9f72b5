// Plays a take back: in the roll, and with the piano.

const LEAD_MS = 400;
// So far ahead notes stand right of the playhead, and are given to the piano.
const SEEN_MS = 4200;
const HEARD_MS = 300;
const LOOK_MS = 60;
// A channel of the piano's and the roll's that nothing live is on.
const CHANNEL = 99;

export class Player {
  /** @param told called with the id that plays and how far it is in milliseconds, or with nothing when it has ended */
  constructor(link, roll, piano, told) {
    Object.assign(this, {link, roll, piano, told});
  }

  /** @param music as GET /api/v1/takes/{id} gives it */
  play(music) {
    this.stop();
    this.piano.begin();
    this.id = music.id;
    this.begin = this.link.now() + LEAD_MS;
    this.notes = music.notes;
    this.length = Math.max(0, ...music.notes.map(([, at, length]) => at + length));
    this.shown = 0;
    this.heard = 0;
    this.roll.setBeats(music.beats.map((beat) => beat + this.begin));
    this.timer = setInterval(() => this.look(), LOOK_MS);
    this.look();
  }

  look() {
    const at = this.link.now() - this.begin;
    for (; this.shown < this.notes.length && this.notes[this.shown][1] < at + SEEN_MS; this.shown++) {
      const [human, from, length, pitch, velocity] = this.notes[this.shown];
      this.roll.add(human ? "you" : "partner", pitch, velocity, this.begin + from, this.begin + from + length);
    }
    for (; this.heard < this.notes.length && this.notes[this.heard][1] < at + HEARD_MS; this.heard++) {
      const [human, from, length, pitch, velocity] = this.notes[this.heard];
      const who = human ? "you" : "partner";
      const begin = this.link.here(this.begin + from);
      this.piano.on(who, CHANNEL + this.heard, pitch, velocity, begin);
      this.piano.off(who, CHANNEL + this.heard, pitch, begin + length);
    }
    if (at > this.length + LEAD_MS) this.stop();
    else this.told(this.id, Math.max(0, at));
  }

  stop() {
    if (!this.timer) return;
    clearInterval(this.timer);
    this.timer = undefined;
    this.id = undefined;
    this.piano.stopFrom(CHANNEL);
    this.roll.setBeats(undefined);
    this.roll.dropAhead();
    this.told();
  }
}
