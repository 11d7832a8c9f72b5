// The drawer of ports: why nothing is heard, what is connected, channels and latency.

import {api} from "./link.js";

const PERIOD_MS = 2000;
const SETTINGS = ["midi.in.channel", "midi.in.hear-drums", "midi.out.channel", "midi.out.thru", "midi.out.offset-ms"];

/** An element with this text, as text. */
export function make(tag, text, className) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (className) element.className = className;
  return element;
}

/** A light, off. */
export function makeLight() {
  const light = make("i", undefined, "light");
  light.setAttribute("aria-hidden", "true");
  return light;
}

export class ConnectDrawer {
  /** @param places the elements reasons, in, out and settings; @param header where the two lights stand that are always seen; @param fail called with one line */
  constructor(places, header, controls, fail) {
    Object.assign(this, {places, controls, fail});
    this.lights = new Map();
    this.version = -1;
    this.headerLights = [makeLight(), makeLight()];
    header.append(...this.headerLights);
  }

  /** The settings are known. */
  load(settings) {
    this.places.settings.replaceChildren();
    for (const id of SETTINGS) {
      this.controls.addRow(settings.find((setting) => setting.id === id), this.places.settings, "port-row-");
    }
  }

  open(open) {
    clearInterval(this.timer);
    this.isOpen = open;
    if (!open) return;
    this.refresh();
    this.explain();
    this.timer = setInterval(() => this.explain(), PERIOD_MS);
  }

  async explain() {
    try {
      const {reasons} = await api.silence();
      // Told again only if it is something else: screen readers read what changes.
      if (JSON.stringify(reasons) === this.said) return;
      this.said = JSON.stringify(reasons);
      this.places.reasons.replaceChildren(...reasons.map((reason) => make("li", reason)));
    } catch (failure) {
      this.fail(failure.message);
    }
  }

  /** The program's state: ports have come or gone if their number is another one. */
  told(state) {
    this.headerLights[0].classList.toggle("on", state.active !== 0);
    this.headerLights[1].classList.toggle("on", state.sends !== 0);
    for (const [light, input] of this.lights) {
      light.classList.toggle("on", input === undefined ? state.sends !== 0 : (state.active >> input & 1) !== 0);
    }
    if (state.ports !== this.version) {
      this.version = state.ports;
      if (this.isOpen) this.refresh();
    }
  }

  /** The program tells nothing any more. */
  darken() {
    for (const light of [...this.headerLights, ...this.lights.keys()]) light.classList.remove("on");
  }

  async refresh() {
    try {
      this.show(await api.ports());
    } catch (failure) {
      this.fail(failure.message);
    }
  }

  show(found) {
    this.lights.clear();
    this.fill("in", found.ports.filter((port) => port.source), "No port to listen to. Plug a keyboard in.");
    const receivers = found.ports.filter((port) => port.destination);
    for (const way of this.outputs(found.out.split(", "))) {
      this.fill(way, receivers, "No port to play on. Start a synthesiser.");
    }
  }

  /** Gives each output after the first a place of its own, under its name. */
  outputs(names) {
    const ways = names.map((name, number) => number ? `out-${number + 1}` : "out");
    ways.forEach((way, number) => {
      if (this.places[way]) return;
      const heading = make("h3", names[number]);
      this.places[way] = make("div");
      this.places[way].id = `ports-${way}`;
      this.places[way].setAttribute("role", "group");
      this.places[way].setAttribute("aria-label", `Play on by ${names[number]}`);
      this.places[ways[number - 1]].after(heading, this.places[way]);
    });
    return ways;
  }

  fill(way, ports, none) {
    const place = this.places[way];
    const focused = place.contains(document.activeElement) ? document.activeElement.dataset.port : undefined;
    place.replaceChildren(...ports.map((port) => this.row(way, port)));
    if (!ports.length) place.append(make("p", none, "none"));
    for (const box of place.querySelectorAll("input")) if (box.dataset.port === focused) box.focus();
  }

  row(way, port) {
    const state = way === "in" ? port.in : port.outs[way === "out" ? 0 : way.slice("out-".length) - 1];
    const row = make("label", undefined, "port");
    const box = make("input");
    box.type = "checkbox";
    box.checked = state !== "no";
    box.dataset.port = port.name;
    box.addEventListener("change", () => this.change(way, port.name, box.checked));
    box.addEventListener("pointerup", () => setTimeout(() => box.blur()));
    const name = make("span", port.name);
    const about = state === "waited for" ? "not there; connected when it comes" : port.aliases.join(", ");
    if (about) name.append(make("small", about));
    const light = makeLight();
    if (state === "connected") this.lights.set(light, way === "in" ? port.input : undefined);
    row.append(box, name, light);
    return row;
  }

  async change(way, port, connected) {
    try {
      this.show(await api.connect(way, port, connected));
    } catch (failure) {
      this.fail(failure.message);
      this.refresh();
    }
    this.explain();
  }
}
