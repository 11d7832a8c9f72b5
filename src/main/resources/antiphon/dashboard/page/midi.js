// MIDI keyboards and synthesisers at this browser, which may be on another machine than the program.

import {api} from "./link.js";
import {make, makeLight} from "./connect.js";

const KEPT = "antiphon-midi";
const LIGHT_MS = 150;
// What other programs of that machine send to nobody in particular comes back by it.
const THROUGH = /^midi through/i;

const plain = (name) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

/** True if two systems' names for a port can mean the same device. */
function alike(one, other) {
  const [short, long] = [plain(one), plain(other)].sort((a, b) => a.length - b.length);
  return short.length > 2 && long.includes(short);
}

export class BrowserMidi {
  /**
   * @param places the elements ask (a button), line, inputs, output (a select) and answers (which has it)
   * @param midiIn takes what comes; @param midiOut sends; @param asked called when the button is pressed
   */
  constructor(places, midiIn, midiOut, asked) {
    Object.assign(this, {places, midiIn, midiOut});
    this.choice = {on: false, inputs: {}, output: ""};
    try {
      Object.assign(this.choice, JSON.parse(localStorage.getItem(KEPT) ?? "{}"));
    } catch (failure) {
      // Private windows keep nothing, and what is kept may be another version's.
    }
    this.taken = new Map();
    this.ports = [];
    places.ask.addEventListener("click", () => {
      asked();
      if (this.access) this.stop();
      else this.begin();
    });
    places.output.addEventListener("change", () => {
      this.choice.output = places.output.value;
      this.keep();
      this.show();
    });
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && midiIn.end());
    addEventListener("pagehide", () => {
      midiIn.end();
      midiOut.end();
    });
    if (!navigator.requestMIDIAccess) this.sayMissing();
    else this.beginAgain();
    this.show();
  }

  keep() {
    try {
      localStorage.setItem(KEPT, JSON.stringify(this.choice));
    } catch (failure) {
      // Then it is chosen again the next time.
    }
  }

  sayMissing() {
    this.places.ask.disabled = true;
    this.say(isSecureContext
      ? "This browser has no Web MIDI: take Chrome, Edge or Firefox, or plug the keyboard into the machine that runs Antiphon, and tick it under Listen to."
      : "Browsers give MIDI only to pages of their own machine. Plug the keyboard into the machine that runs Antiphon, and tick it under Listen to.");
  }

  say(line) {
    if (this.places.line.textContent !== line) this.places.line.textContent = line;
  }

  /** Without a click, where the browser was allowed to before: it asks nobody then. */
  async beginAgain() {
    if (!this.choice.on) return;
    const permission = await navigator.permissions?.query({name: "midi"}).catch(() => undefined);
    if (permission?.state === "granted") this.begin();
  }

  async begin() {
    try {
      this.access = await navigator.requestMIDIAccess({sysex: false});
    } catch (failure) {
      this.say(["SecurityError", "NotAllowedError"].includes(failure.name)
        ? "MIDI was not allowed. Allow it for this page (the sign beside its address), then press again."
        : `The browser reaches no MIDI here: ${failure.message}`);
      return;
    }
    this.choice.on = true;
    this.keep();
    this.access.onstatechange = () => this.show();
    await this.told();
  }

  stop() {
    this.choice.on = false;
    this.keep();
    this.access.onstatechange = null;
    this.access = undefined;
    this.show();
  }

  /** The program's ports have changed: what it listens to itself would come twice. */
  async told(version) {
    if (!this.access || (version !== undefined && version === this.version)) return;
    this.version = version ?? this.version;
    try {
      this.ports = (await api.ports()).ports;
    } catch (failure) {
      // The page tells of a program that is gone.
    }
    this.show();
  }

  isDoubled(name) {
    return this.ports.some((port) => port.in === "connected" && [port.name, ...port.aliases].some((each) => alike(each, name)));
  }

  isChosen(input) {
    return this.choice.inputs[input.id] ?? !(this.isDoubled(input.name ?? "") || THROUGH.test(input.name));
  }

  /** Takes the inputs and the output that are chosen and there, leaves the others, and lists all. */
  show() {
    const there = (ports) => this.access ? [...ports.values()].filter((port) => port.state === "connected") : [];
    const inputs = there(this.access?.inputs);
    const outputs = there(this.access?.outputs);
    for (const [id, input] of this.taken) if (!inputs.includes(input) || !this.isChosen(input)) this.leave(id, input);
    for (const input of inputs) if (this.isChosen(input) && !this.taken.has(input.id)) this.take(input);
    this.midiOut.choose(outputs.find((port) => port.id === this.choice.output));
    this.list(inputs, outputs);
  }

  take(input) {
    this.taken.set(input.id, input);
    input.onmidimessage = (event) => {
      this.midiIn.take(input.id, event.data);
      this.flash(input.id);
    };
  }

  leave(id, input) {
    this.taken.delete(id);
    input.onmidimessage = null;
    this.midiIn.end(id);
    input.close();
  }

  flash(id) {
    const light = this.lights.get(id);
    light?.classList.add("on");
    clearTimeout(this.dark);
    this.dark = setTimeout(() => this.lights.forEach((each) => each.classList.remove("on")), LIGHT_MS);
  }

  list(inputs, outputs) {
    const {ask, answers, output} = this.places;
    ask.textContent = this.access ? "Leave MIDI to others" : "Use MIDI at this browser";
    answers.hidden = !this.access;
    this.lights = new Map();
    const focused = this.places.inputs.contains(document.activeElement) ? document.activeElement.dataset.input : undefined;
    this.places.inputs.replaceChildren(...inputs.map((input) => this.row(input)));
    for (const box of this.places.inputs.querySelectorAll("input")) if (box.dataset.input === focused) box.focus();
    output.replaceChildren(new Option("the piano here only", ""), ...outputs.map((port) => new Option(port.name ?? port.id, port.id)));
    output.value = this.midiOut.port?.id ?? "";
    if (this.access) this.say(inputs.length ? "" : "No MIDI keyboard at this browser. Plug one in.");
  }

  row(input) {
    const row = make("label", undefined, "port");
    const box = make("input");
    box.type = "checkbox";
    box.checked = this.taken.has(input.id);
    box.dataset.input = input.id;
    box.addEventListener("change", () => {
      this.choice.inputs[input.id] = box.checked;
      this.keep();
      this.show();
    });
    box.addEventListener("pointerup", () => setTimeout(() => box.blur()));
    const name = make("span", input.name ?? input.id);
    if (this.isDoubled(input.name ?? "")) {
      name.append(make("small", box.checked
        ? "The program listens to a port of this name too: each note comes twice. Leave it here or there."
        : "The program listens to a port of this name itself."));
    }
    const light = makeLight();
    this.lights.set(input.id, light);
    row.append(box, name, light);
    return row;
  }
}
