// Learning: which controller of a MIDI keyboard moves which setting. A mark at each control.

import {ask} from "./link.js";

const MODE = "play.mode";

export class Learn {
  /** @param table the rows of all settings; @param sliders the large controls; @param fail called with one line */
  constructor(table, sliders, fail) {
    Object.assign(this, {table, sliders, fail});
    this.version = -1;
    this.marks = new Map();
  }

  /** The rows were made anew. */
  async load() {
    this.marks.clear();
    this.addMode();
    for (const control of this.table.querySelectorAll("[data-setting]")) this.addMark(control);
    this.version = -1;
    await this.refresh();
  }

  /** The modes are buttons and have no row of their own. */
  addMode() {
    if (this.table.querySelector(".row.mode")) return;
    const row = document.createElement("div");
    row.className = "row mode";
    const name = document.createElement("strong");
    name.textContent = MODE;
    const help = document.createElement("small");
    help.textContent = "How it plays: the buttons under the roll. A controller's range is shared out among them.";
    row.append(name, help);
    this.table.prepend(row);
    this.addMarkTo(row, MODE);
  }

  addMark(control) {
    const id = control.dataset.setting;
    if (id !== "model.file") this.addMarkTo(control.closest(".row"), id);
  }

  addMarkTo(row, id) {
    const mark = document.createElement("div");
    mark.className = "learn";
    const bound = document.createElement("span");
    const learn = document.createElement("button");
    const forget = document.createElement("button");
    for (const [button, text] of [[learn, "Learn"], [forget, "Forget"]]) {
      button.type = "button";
      button.textContent = text;
    }
    learn.dataset.learn = id;
    learn.setAttribute("aria-label", `Learn a controller for ${id}`);
    forget.setAttribute("aria-label", `Forget the controller of ${id}`);
    learn.addEventListener("click", () =>
      this.order(learn.getAttribute("aria-pressed") === "true" ? "DELETE" : "POST", id));
    forget.addEventListener("click", () => this.order("DELETE", id));
    mark.append(bound, learn, forget);
    row.append(mark);
    this.marks.set(id, {bound, learn, forget});
  }

  async order(method, id) {
    try {
      this.show(await ask(method, "/controllers/" + encodeURIComponent(id)));
    } catch (failure) {
      this.fail(failure.message);
    }
  }

  /** The program says that something was bound, forgotten or begun: the number is another one. */
  told(version) {
    if (version === this.version) return;
    this.version = version;
    this.refresh();
  }

  async refresh() {
    try {
      this.show(await ask("GET", "/controllers"));
    } catch (failure) {
      this.fail(failure.message);
    }
  }

  show(found) {
    const bound = new Map(found.controllers.map((each) => [each.setting, each]));
    for (const [id, mark] of this.marks) {
      const by = bound.get(id);
      const waits = found.learning === id;
      mark.bound.textContent = waits ? "Move a controller now." : by ? `CC ${by.controller}, channel ${by.channel}` : "";
      mark.learn.setAttribute("aria-pressed", String(waits));
      mark.forget.hidden = !by || waits;
    }
    for (const slider of this.sliders.querySelectorAll("[data-setting]")) {
      const by = bound.get(slider.dataset.setting);
      const output = slider.closest(".slider").querySelector("label");
      output.querySelector(".by")?.remove();
      if (!by) continue;
      const badge = document.createElement("span");
      badge.className = "by";
      badge.textContent = "CC " + by.controller;
      badge.title = `Moved by controller ${by.controller} on channel ${by.channel}`;
      output.firstChild.after(badge);
    }
  }
}
