// The drawer of health: what the program counts and times, asked for while it is open.

import {api} from "./link.js";

const PERIOD_MS = 2000;
const NAMES = {inToThru: "Your note to thru out", inToHeard: "Your note to heard", inToDecided: "Your note to its answer decided",
  inToAnswer: "Your note to its answer out", inToPlanned: "Your note to planned anew", engine: "The engine's own work",
  sentMinusDue: "Answer sent after it was due"};

function millis(nanos) {
  const value = nanos / 1e6;
  return value < 0.1 ? value.toFixed(3) : value < 10 ? value.toFixed(2) : value.toFixed(0);
}

function upTime(seconds) {
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${Math.floor(seconds)} s`;
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function make(tag, text, className) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (className) element.className = className;
  return element;
}

export class HealthDrawer {
  constructor(place) {
    this.place = place;
  }

  open(open) {
    clearInterval(this.timer);
    if (open) {
      this.load();
      this.timer = setInterval(() => this.load(), PERIOD_MS);
    }
  }

  async load() {
    try {
      this.show(await api.health());
    } catch (failure) {
      this.place.replaceChildren(make("p", failure.message));
    }
  }

  show(health) {
    const memory = health.memory.residentBytes ?? health.memory.heapBytes;
    const model = health.model.file.split("/").pop();
    this.place.replaceChildren(
      this.facts([
        ["State", health.ready ? "ready" : health.whyNot],
        ["Up", upTime(health.uptimeSeconds)],
        ["Version", health.version],
        ["Network", `${model}, ${health.model.layers} layers of ${health.model.width}`],
        ["Its SHA-256", health.model.sha256],
        ["Ports", `in ${health.midi.in}, out ${health.midi.out} (${health.midi.backend})`],
        ["Memory", `${Math.round(memory / 2 ** 20)} MB`],
      ]),
      make("h3", "Lost or late"),
      this.troubles(health.troubles),
      make("h3", "Times in milliseconds, since the start"),
      this.latency(health.latency));
  }

  facts(pairs) {
    const list = make("dl", undefined, "pairs");
    for (const [name, value] of pairs) list.append(make("dt", name), make("dd", value));
    return list;
  }

  troubles(troubles) {
    const found = Object.entries(troubles).filter(([, count]) => count > 0);
    if (!found.length) return make("p", "Nothing.");
    return this.facts(found.map(([what, count]) => [what, String(count)]));
  }

  latency(rows) {
    const box = make("div");
    for (const row of rows.filter((each) => each.sinceStart.count > 0)) {
      const {count, nanos} = row.sinceStart;
      const part = make("section", undefined, "meter");
      const title = make("h4", NAMES[row.name] ?? row.name);
      title.title = `From when ${row.from} until ${row.to}.`;
      const figures = make("dl", undefined, "figures");
      for (const [name, value] of [["p50", millis(nanos.p50)], ["p99", millis(nanos.p99)], ["p99.9", millis(nanos.p999)],
        ["max", millis(nanos.max)], ["count", String(count)]]) {
        const pair = make("div");
        pair.append(make("dt", name), make("dd", value));
        figures.append(pair);
      }
      const [least] = row.histogram[0];
      const [most] = row.histogram.at(-1);
      const range = make("p", row.histogram.length === 1 ? `up to ${millis(most)} ms`
        : `up to ${millis(least)} … ${millis(most)} ms, each bar twice as long`, "range");
      part.append(title, figures, this.bars(row.histogram), range);
      box.append(part);
    }
    if (!box.children.length) box.append(make("p", "Nothing was played yet."));
    return box;
  }

  // Each bar's height grows with the logarithm of its count: rare long spans are what one looks for.
  bars(histogram) {
    const box = make("div", undefined, "bars");
    box.setAttribute("role", "img");
    const most = Math.max(...histogram.map(([, count]) => count));
    const words = histogram.filter(([, count]) => count > 0).map(([to, count]) => `${count} up to ${millis(to)} ms`);
    box.setAttribute("aria-label", words.join(", "));
    for (const [to, count] of histogram) {
      const bar = make("i");
      bar.style.height = count === 0 ? "0" : `${Math.round(12 + 88 * Math.log1p(count) / Math.log1p(most))}%`;
      bar.title = `${count} up to ${millis(to)} ms`;
      box.append(bar);
    }
    return box;
  }
}
