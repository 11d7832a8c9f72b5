// Controls made from the settings table.

import {api} from "./link.js";

const LARGE = [["play.boldness", "Boldness"], ["play.density", "Busy-ness"], ["play.call.length", "Length"],
  ["play.grid", "Grid"], ["play.register", "Register"]];
const MODE = "play.mode";
const MUTE = "play.mute";

export class Controls {
  /** @param fail called with one line when a value was refused */
  constructor(modes, sliders, table, pause, fail) {
    Object.assign(this, {modes, sliders, table, pause, fail});
    this.shown = new Map();
    pause.addEventListener("click", () => this.set(MUTE, String(pause.getAttribute("aria-pressed") !== "true")));
  }

  async load() {
    const settings = await api.settings();
    const byId = new Map(settings.map((setting) => [setting.id, setting]));
    this.shown.clear();
    for (const place of [this.modes, this.sliders, this.table]) place.replaceChildren();
    this.addModes(byId.get(MODE));
    for (const [id, name] of LARGE) this.addSlider(byId.get(id), name);
    for (const setting of settings) if (setting.id !== MODE) this.addRow(setting);
    this.loaded?.(settings);
    this.show(MUTE, (value) => this.pause.setAttribute("aria-pressed", value));
    for (const setting of settings) this.update(setting.id, setting.value);
  }

  show(id, how) {
    if (!this.shown.has(id)) this.shown.set(id, []);
    this.shown.get(id).push(how);
  }

  update(id, value) {
    for (const how of this.shown.get(id) ?? []) how(value);
  }

  async set(id, value) {
    try {
      const now = await api.set(id, value);
      this.update(id, now.value);
    } catch (failure) {
      this.fail(failure.message);
    }
  }

  addModes(setting) {
    for (const mode of setting.choices) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = mode[0].toUpperCase() + mode.slice(1);
      button.addEventListener("click", () => this.set(MODE, mode));
      this.modes.append(button);
      this.show(MODE, (value) => button.setAttribute("aria-pressed", String(value === mode)));
    }
  }

  addSlider(setting, name) {
    const box = document.createElement("div");
    box.className = "slider";
    const label = document.createElement("label");
    label.title = setting.help;
    const id = "large-" + setting.id;
    label.htmlFor = id;
    label.append(name);
    const output = document.createElement("output");
    label.append(output);
    box.append(label, this.range(setting, id, output));
    this.sliders.append(box);
  }

  range(setting, id, output) {
    const input = document.createElement("input");
    input.type = "range";
    input.id = id;
    // Factors, from a quarter to four times, double by equal steps.
    const factor = setting.min > 0 && setting.min * setting.max === 1;
    const there = (value) => factor ? Math.log2(value) : value;
    const back = (value) => factor ? Math.round(2 ** value * 100) / 100 : Number(value);
    input.min = there(setting.min);
    input.max = there(setting.max);
    input.step = factor ? 0.05 : setting.step;
    input.dataset.setting = setting.id;
    const text = (value) => factor ? "× " + value : value + (setting.unit ? " " + setting.unit : "");
    let sent, waiting;
    input.addEventListener("input", () => {
      const value = back(input.value);
      output.textContent = text(value);
      // One request at a time: a dragged slider makes many values.
      waiting = value;
      if (sent) return;
      sent = true;
      const next = async () => {
        while (waiting !== undefined) {
          const now = waiting;
          waiting = undefined;
          await this.set(setting.id, now);
        }
        sent = false;
      };
      next();
    });
    this.show(setting.id, (value) => {
      if (sent && waiting !== undefined) return;
      if (Number.isFinite(Number(value))) input.value = there(Number(value));
      output.textContent = Number.isFinite(Number(value)) ? text(Number(value)) : value;
    });
    return input;
  }

  /** @param place where the row goes; @param prefix of its id */
  addRow(setting, place = this.table, prefix = "row-") {
    const row = document.createElement("div");
    row.className = "row";
    const label = document.createElement("label");
    const id = prefix + setting.id;
    label.htmlFor = id;
    label.append(setting.id);
    const output = document.createElement("output");
    label.append(output);
    const help = document.createElement("small");
    help.textContent = `${setting.help} (${setting.allowed}; standard ${setting.standard})`;
    row.append(label, this.control(setting, id, output), help);
    place.append(row);
  }

  control(setting, id, output) {
    if (setting.kind === "number" && !setting.word && setting.max - setting.min <= 5000) {
      return this.range(setting, id, output);
    }
    const input = document.createElement(setting.kind === "choice" ? "select" : "input");
    if (setting.kind === "choice") {
      input.append(...setting.choices.map((choice) => new Option(choice, choice)));
    } else {
      input.type = "text";
      input.autocomplete = "off";
    }
    input.id = id;
    input.dataset.setting = setting.id;
    let last = setting.value;
    input.addEventListener("change", async () => {
      await this.set(setting.id, input.value);
      input.value = last;
    });
    this.show(setting.id, (value) => {
      last = value;
      if (document.activeElement !== input || setting.kind === "choice") input.value = value;
    });
    return input;
  }
}
