// The keyboard on the screen: mouse, several fingers, computer keys.

const LETTERS = {a: 0, w: 1, s: 2, e: 3, d: 4, f: 5, t: 6, g: 7, y: 8, h: 9, u: 10, j: 11, k: 12};
const BLACK = new Set([1, 3, 6, 8, 10]);
const LOWEST = 36;
const HIGHEST = 96;
const LETTER_VELOCITY = 84;
const MAX_OCTAVE = 7;

export class Keys {
  /** @param play has on(pitch, velocity), off(pitch), pedal(down) and panic() */
  constructor(place, octaveShown, play) {
    this.place = place;
    this.octaveShown = octaveShown;
    this.play = play;
    this.octave = 4;
    this.elements = new Map();
    this.pointers = new Map();
    this.letters = new Map();
    this.build();
    this.listen();
    this.label();
  }

  build() {
    const whites = [];
    for (let pitch = LOWEST; pitch <= HIGHEST; pitch++) if (!BLACK.has(pitch % 12)) whites.push(pitch);
    const width = 100 / whites.length;
    for (let pitch = LOWEST; pitch <= HIGHEST; pitch++) {
      const black = BLACK.has(pitch % 12);
      const key = document.createElement("div");
      key.className = black ? "key black" : "key white";
      key.dataset.pitch = pitch;
      const before = whites.filter((white) => white < pitch).length;
      key.style.left = (black ? before - 0.3 : before) * width + "%";
      key.style.width = (black ? 0.6 : 1) * width + "%";
      this.elements.set(pitch, key);
      this.place.append(key);
    }
  }

  listen() {
    this.place.addEventListener("pointerdown", (event) => this.touch(event));
    this.place.addEventListener("pointermove", (event) => {
      if (this.pointers.has(event.pointerId)) this.touch(event);
    });
    for (const end of ["pointerup", "pointercancel"]) {
      window.addEventListener(end, (event) => this.move(event.pointerId, undefined));
    }
    window.addEventListener("keydown", (event) => this.press(event));
    window.addEventListener("keyup", (event) => this.release(event));
    window.addEventListener("blur", () => this.letGo());
  }

  touch(event) {
    event.preventDefault();
    const key = document.elementFromPoint(event.clientX, event.clientY)?.closest(".key");
    // The nearer to the front edge, the louder.
    const box = key?.getBoundingClientRect();
    const depth = box ? (event.clientY - box.top) / box.height : 0;
    this.move(event.pointerId, key ? Number(key.dataset.pitch) : undefined, Math.round(45 + 70 * depth));
  }

  move(pointer, pitch, velocity) {
    const before = this.pointers.get(pointer);
    if (before === pitch) return;
    if (before !== undefined) this.play.off(before);
    if (pitch === undefined) {
      this.pointers.delete(pointer);
    } else {
      this.pointers.set(pointer, pitch);
      this.play.on(pitch, Math.max(1, Math.min(127, velocity)));
    }
  }

  press(event) {
    if (event.key === "Escape") this.play.panic();
    const typing = event.target.closest?.("input[type=text], select, textarea");
    if (typing || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    const letter = event.key.toLowerCase();
    if (letter in LETTERS) {
      const pitch = 12 * (this.octave + 1) + LETTERS[letter];
      this.letters.set(event.code, pitch);
      this.play.on(pitch, LETTER_VELOCITY);
    } else if (letter === "z" || letter === "x") {
      this.octave = Math.max(1, Math.min(MAX_OCTAVE, this.octave + (letter === "z" ? -1 : 1)));
      this.label();
    } else if (letter === " " && !event.target.closest?.("button, input[type=checkbox]")) {
      event.preventDefault();
      this.play.pedal(true);
    }
  }

  release(event) {
    const pitch = this.letters.get(event.code);
    if (pitch !== undefined) {
      this.letters.delete(event.code);
      this.play.off(pitch);
    } else if (event.key === " ") {
      this.play.pedal(false);
    }
  }

  letGo() {
    for (const pitch of this.letters.values()) this.play.off(pitch);
    for (const pitch of this.pointers.values()) this.play.off(pitch);
    this.letters.clear();
    this.pointers.clear();
    this.play.pedal(false);
  }

  label() {
    this.octaveShown.textContent = this.octave;
    for (const [pitch, key] of this.elements) {
      const step = pitch - 12 * (this.octave + 1);
      const letter = Object.keys(LETTERS).find((each) => LETTERS[each] === step);
      key.textContent = letter ? letter.toUpperCase() : pitch % 12 === 0 ? "C" + (pitch / 12 - 1) : "";
    }
  }

  show(pitch, kind, down) {
    this.elements.get(pitch)?.classList.toggle(kind, down);
  }

  clear() {
    for (const key of this.elements.values()) key.classList.remove("down", "answered");
  }
}
