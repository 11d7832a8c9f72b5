// Measuring how long the synthesiser takes: clicks come from the program, taps go to it, and the result is taken or left.

import {api} from "./link.js";

const LOOK_MS = 250;
const OFFSET = "midi.out.offset-ms";

export class Calibrate {
  /** @param place the element that it is shown in; @param controls sets the result; @param fail called with one line */
  constructor(place, controls, fail) {
    Object.assign(this, {place, controls, fail});
    this.line = document.createElement("p");
    this.line.setAttribute("role", "status");
    this.count = document.createElement("progress");
    this.start = this.button("Measure the latency", () => (this.running ? this.order(api.endCalibration) : this.begin()));
    this.take = this.button("Take it", async () => {
      await this.controls.set(OFFSET, this.offset);
      await this.order(api.endCalibration);
    });
    this.leave = this.button("Leave it", () => this.order(api.endCalibration));
    const buttons = document.createElement("div");
    buttons.className = "buttons";
    buttons.append(this.start, this.take, this.leave);
    this.count.setAttribute("aria-label", "Clicks that were tapped");
    place.append(this.line, this.count, buttons);
    this.show({phase: "idle", taps: 0, ofClicks: 1, offsetMillis: null, line: ""});
  }

  button(text, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.addEventListener("click", act);
    return button;
  }

  open(open) {
    clearInterval(this.timer);
    if (open) {
      this.order(api.calibration);
      this.timer = setInterval(() => this.running && this.order(api.calibration), LOOK_MS);
    } else if (this.running) {
      this.order(api.endCalibration);
    }
  }

  async begin() {
    // The space bar must tap, not press the button.
    this.start.blur();
    await this.order(api.calibrate);
  }

  async order(how) {
    try {
      this.show(await how());
    } catch (failure) {
      this.fail(failure.message);
    }
  }

  show(now) {
    this.running = now.phase === "running";
    this.offset = now.offsetMillis;
    if (this.line.textContent !== now.line) this.line.textContent = now.line;
    this.count.max = now.ofClicks;
    this.count.value = now.clicks ?? 0;
    this.count.hidden = !this.running;
    this.start.textContent = this.running ? "Stop" : now.phase === "idle" ? "Measure the latency" : "Begin again";
    this.take.hidden = now.phase !== "done";
    this.take.textContent = `Take ${now.offsetMillis} ms`;
    this.leave.hidden = now.phase !== "done";
  }
}
