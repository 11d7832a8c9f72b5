// The roll: what was played left of the playhead, what is planned right of it.

const SECONDS_BEFORE = 8;
const SECONDS_AFTER = 4;
const MAX_NOTES = 2000;
const MIN_SPAN = 30;

export class Roll {
  /** @param now the program's time in milliseconds */
  constructor(canvas, now) {
    this.canvas = canvas;
    this.pen = canvas.getContext("2d");
    this.now = now;
    this.notes = [];
    this.open = new Map();
    this.plan = [];
    this.plans = new Map();
    this.pulse = [];
    this.low = 48;
    this.high = 84;
    this.shownLow = 48;
    this.shownHigh = 84;
    matchMedia("(prefers-color-scheme: light)").addEventListener("change", () => this.readColours());
    new ResizeObserver(() => this.resize()).observe(canvas);
    this.readColours();
    this.resize();
    requestAnimationFrame(() => this.draw());
  }

  readColours() {
    const style = getComputedStyle(document.documentElement);
    this.colours = Object.fromEntries(["you", "partner", "line", "text", "quiet"]
      .map((name) => [name, style.getPropertyValue("--" + name).trim()]));
  }

  resize() {
    const ratio = window.devicePixelRatio || 1;
    this.width = this.canvas.clientWidth;
    this.height = this.canvas.clientHeight;
    this.canvas.width = Math.round(this.width * ratio);
    this.canvas.height = Math.round(this.height * ratio);
    this.pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  begin(who, channel, pitch, velocity, millis) {
    this.end(who, channel, pitch, millis);
    const note = {who, pitch, velocity, start: millis, end: undefined};
    this.notes.push(note);
    this.open.set(who + channel + "." + pitch, note);
    if (this.notes.length > MAX_NOTES) this.notes.shift();
  }

  end(who, channel, pitch, millis) {
    const note = this.open.get(who + channel + "." + pitch);
    if (note) {
      note.end = millis;
      this.open.delete(who + channel + "." + pitch);
    }
  }

  /** Adds a note whose end is known, also one to come. */
  add(who, pitch, velocity, start, end) {
    this.notes.push({who, pitch, velocity, start, end, whole: true});
    if (this.notes.length > MAX_NOTES) this.notes.shift();
  }

  /** What was to come is not to come. */
  dropAhead() {
    const now = this.now();
    this.notes = this.notes.filter((note) => !note.whole || note.start < now);
    for (const note of this.notes) if (note.whole && note.end > now) note.end = now;
  }

  /** Where beats are, in place of those of the pulse; undefined: those again. */
  setBeats(beats) {
    this.beats = beats;
  }

  endAll() {
    for (const note of this.open.values()) note.end = this.now();
    this.open.clear();
    this.plans.clear();
    this.plan = [];
  }

  /**
   * @param part whose plan it is, from 0
   * @param events [millis, pitch, 1 for a beginning] in order
   */
  setPlan(part, events) {
    const open = new Map();
    const plan = [];
    for (const [millis, pitch, on] of events) {
      if (on) {
        const note = {pitch, start: millis, end: millis + 400};
        open.set(pitch, note);
        plan.push(note);
      } else if (open.has(pitch)) {
        open.get(pitch).end = millis;
        open.delete(pitch);
      }
    }
    this.plans.set(part, plan);
    this.plan = [...this.plans.values()].flat();
  }

  draw() {
    requestAnimationFrame(() => this.draw());
    const {pen, width, height, colours} = this;
    const now = this.now();
    pen.clearRect(0, 0, width, height);
    if (!Number.isFinite(now)) return;
    this.fit(now);
    const scale = width / (SECONDS_BEFORE + SECONDS_AFTER) / 1000;
    const head = SECONDS_BEFORE * 1000 * scale;
    const x = (millis) => head + (millis - now) * scale;
    this.drawGrid(x);
    pen.strokeStyle = colours.text;
    pen.globalAlpha = 0.6;
    pen.beginPath();
    pen.moveTo(head, 0);
    pen.lineTo(head, height);
    pen.stroke();
    for (const note of this.notes) {
      if (note.whole && note.end > now) {
        this.drawNote(x(Math.max(now, note.start)), x(note.end), note.pitch, colours[note.who], 0.35, true);
        if (note.start > now) continue;
      }
      const end = Math.min(note.end ?? now, Math.max(now, note.start + 30));
      if (x(end) > 0) this.drawNote(x(note.start), x(end), note.pitch, colours[note.who], 0.5 + note.velocity / 254, true);
    }
    for (const note of this.plan) {
      if (note.end > now) {
        this.drawNote(x(Math.max(now, note.start)), x(note.end), note.pitch, colours.partner, 0.35, true);
        this.drawNote(x(Math.max(now, note.start)), x(note.end), note.pitch, colours.partner, 0.9, false);
      }
    }
    pen.globalAlpha = 1;
  }

  drawNote(from, to, pitch, colour, alpha, filled) {
    const row = this.height * 0.84 / (this.shownHigh - this.shownLow + 1);
    const thick = Math.max(4, Math.min(16, row - 1));
    const y = this.height * 0.92 - (pitch - this.shownLow + 0.5) * row - thick / 2;
    const {pen} = this;
    pen.globalAlpha = alpha;
    pen.beginPath();
    pen.roundRect(from, y, Math.max(4, to - from), thick, Math.min(3, thick / 2));
    if (filled) {
      pen.fillStyle = colour;
      pen.fill();
    } else {
      pen.strokeStyle = colour;
      pen.stroke();
    }
  }

  drawGrid(x) {
    const {pen, width, height, colours} = this;
    pen.strokeStyle = colours.line;
    pen.globalAlpha = 1;
    pen.beginPath();
    for (const beat of this.beats ?? this.pulseBeats(x)) {
      const at = Math.round(x(beat)) + 0.5;
      if (at < 0 || at > width) continue;
      pen.moveTo(at, 0);
      pen.lineTo(at, height);
    }
    pen.stroke();
  }

  pulseBeats(x) {
    const [, , sure, , beat, period] = this.pulse;
    const beats = [];
    if (!sure || !(period > 100)) return beats;
    const first = Math.ceil((this.now() - SECONDS_BEFORE * 1000 - beat) / period);
    for (let i = first; x(beat + i * period) < this.width; i++) beats.push(beat + i * period);
    return beats;
  }

  // The range of pitches follows what can be seen, slowly.
  fit(now) {
    const from = now - SECONDS_BEFORE * 1000;
    let low = 127, high = 0;
    for (const notes of [this.notes, this.plan]) {
      for (const note of notes) {
        if ((note.end ?? now) > from) {
          low = Math.min(low, note.pitch);
          high = Math.max(high, note.pitch);
        }
      }
    }
    if (low <= high) {
      const more = Math.max(2, (MIN_SPAN - (high - low)) / 2);
      this.low = low - more;
      this.high = high + more;
    }
    this.shownLow += (this.low - this.shownLow) * 0.08;
    this.shownHigh += (this.high - this.shownHigh) * 0.08;
  }
}
