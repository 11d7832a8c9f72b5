// The choice of presets: a partner by name, each with a line that says what it does.

import {ask} from "./link.js";

export class Presets {
  /** @param select what people choose by; @param line where the chosen one's line stands; @param fail called with one line */
  constructor(select, line, fail) {
    Object.assign(this, {select, line, fail});
    this.now = "";
    this.lines = new Map();
    select.addEventListener("change", () => this.choose(select.value));
  }

  async load() {
    const found = await ask("GET", "/presets");
    this.lines = new Map(found.presets.map((preset) => [preset.name, preset.description]));
    const none = new Option("none", "");
    none.disabled = true;
    const choices = found.presets.map((preset) => {
      const option = new Option(preset.name, preset.name);
      option.title = preset.description;
      return option;
    });
    this.select.replaceChildren(none, ...choices);
    this.show(found.chosen);
    if (found.mistakes.length) this.fail(found.mistakes[0]);
  }

  async choose(name) {
    try {
      await ask("POST", "/presets/" + encodeURIComponent(name));
      this.show(name);
    } catch (failure) {
      this.select.value = this.now;
      this.fail(failure.message);
    }
  }

  /** The program says which one was chosen last, here or elsewhere. */
  told(name) {
    if (name !== this.now && this.lines.has(name)) this.show(name);
  }

  show(name) {
    this.now = name;
    this.select.value = name;
    this.line.textContent = this.lines.get(name) ?? "A partner by name: choose one.";
    this.line.title = this.line.textContent;
  }
}
