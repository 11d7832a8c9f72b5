// The roll: what was played left of the playhead, what is planned right of it.

const SECONDS_BEFORE = 8;
const SECONDS_AFTER = 4;
const MAX_NOTES = 2000;
const MIN_SPAN = 30;
const SEEN_MS = (SECONDS_BEFORE + SECONDS_AFTER) * 1000;
// Round corners cost five times as much as square ones: beyond so many notes nobody sees them.
const MAX_ROUND = 300;
const VOICES = ["you", "partner"];

export class Roll {
  /**
   * Draws as often as the screen shows frames. A frame makes no objects and asks for no layout, so that it stays short with
   * thousands of notes.
   * @param now the program's time in milliseconds
   */
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
    this.frame = () => this.draw();
    requestAnimationFrame(this.frame);
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
    requestAnimationFrame(this.frame);
    const {pen, width, height, colours} = this;
    const now = this.now();
    pen.clearRect(0, 0, width, height);
    if (!Number.isFinite(now)) return;
    this.lookAt(now);
    this.drawGrid();
    pen.strokeStyle = colours.text;
    pen.globalAlpha = 0.6;
    pen.beginPath();
    pen.moveTo(this.x(now), 0);
    pen.lineTo(this.x(now), height);
    pen.stroke();
    // A colour is set once for all its notes: to read it takes longer than to draw a note.
    for (let i = 0; i < VOICES.length; i++) {
      pen.fillStyle = colours[VOICES[i]];
      this.drawNotes(now, VOICES[i]);
    }
    this.drawPlan(now);
    pen.globalAlpha = 1;
  }

  x(millis) {
    return (millis - this.from) * this.scale;
  }

  drawNotes(now, who) {
    const {notes} = this;
    for (let i = 0; i < notes.length; i++) {
      const note = notes[i];
      if (note.who !== who || note.start > now + SECONDS_AFTER * 1000) continue;
      if (note.whole && note.end > now) {
        this.drawNote(Math.max(now, note.start), note.end, note.pitch, 0.35);
        if (note.start > now) continue;
      }
      const end = Math.min(note.end ?? now, Math.max(now, note.start + 30));
      this.drawNote(note.start, end, note.pitch, 0.5 + note.velocity / 254);
    }
  }

  drawPlan(now) {
    const {pen, plan, colours} = this;
    pen.strokeStyle = colours.partner;
    for (let i = 0; i < plan.length; i++) {
      const note = plan[i];
      if (note.end <= now || note.start > now + SECONDS_AFTER * 1000) continue;
      this.drawNote(Math.max(now, note.start), note.end, note.pitch, 0.35);
      pen.globalAlpha = 0.9;
      pen.strokeRect(this.left, this.top, this.length, this.thick);
    }
  }

  /** Where it was drawn stays in left, top and length. */
  drawNote(start, end, pitch, alpha) {
    const {pen, thick} = this;
    this.left = this.x(start);
    this.length = Math.max(4, this.x(end) - this.left);
    this.top = this.height * 0.92 - (pitch - this.shownLow + 0.5) * this.row - thick / 2;
    pen.globalAlpha = alpha;
    if (this.notes.length > MAX_ROUND) {
      pen.fillRect(this.left, this.top, this.length, thick);
    } else {
      pen.beginPath();
      pen.roundRect(this.left, this.top, this.length, thick, this.radius);
      pen.fill();
    }
  }

  drawGrid() {
    const {pen, colours, pulse, beats} = this;
    pen.strokeStyle = colours.line;
    pen.globalAlpha = 1;
    pen.beginPath();
    const sure = pulse[2], beat = pulse[4], period = pulse[5];
    if (beats) {
      for (let i = 0; i < beats.length; i++) this.drawBeat(beats[i]);
    } else if (sure && period > 100) {
      const first = beat + Math.ceil((this.from - beat) / period) * period;
      for (let millis = first; millis < this.from + SEEN_MS; millis += period) this.drawBeat(millis);
    }
    pen.stroke();
  }

  drawBeat(millis) {
    const at = Math.round(this.x(millis)) + 0.5;
    if (at < 0 || at > this.width) return;
    this.pen.moveTo(at, 0);
    this.pen.lineTo(at, this.height);
  }

  /** What is seen now: from when on, and which pitches. These follow what is there, slowly. What has gone by is forgotten. */
  lookAt(now) {
    this.from = now - SECONDS_BEFORE * 1000;
    this.scale = this.width / SEEN_MS;
    const {notes, plan} = this;
    let low = 127, high = 0, kept = 0;
    for (let i = 0; i < notes.length; i++) {
      const note = notes[i];
      if (note.end <= this.from) continue;
      notes[kept++] = note;
      low = Math.min(low, note.pitch);
      high = Math.max(high, note.pitch);
    }
    notes.length = kept;
    for (let i = 0; i < plan.length; i++) {
      if (plan[i].end <= now) continue;
      low = Math.min(low, plan[i].pitch);
      high = Math.max(high, plan[i].pitch);
    }
    if (low <= high) {
      const more = Math.max(2, (MIN_SPAN - (high - low)) / 2);
      this.low = low - more;
      this.high = high + more;
    }
    this.shownLow += (this.low - this.shownLow) * 0.08;
    this.shownHigh += (this.high - this.shownHigh) * 0.08;
    this.row = this.height * 0.84 / (this.shownHigh - this.shownLow + 1);
    this.thick = Math.max(4, Math.min(16, this.row - 1));
    this.radius = Math.min(3, this.thick / 2);
  }
}
