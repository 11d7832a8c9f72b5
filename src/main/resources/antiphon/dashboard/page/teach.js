// The drawer of lessons: files come in, what of them is used, learning with its curve, what it gained, and which network plays.

import {api} from "./link.js";
import {chosen, dropped, send} from "./send.js";
import {curve} from "./curve.js";

const BUSY_MS = 1000;
const QUIET_MS = 5000;
const SURE_MS = 4000;
const AT_WORK = ["checking", "learning"];
const TAKING = ["gathering", "ready", "ended"];

const at = (id) => document.getElementById(id);
const amount = (count, what) => `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;

function make(tag, text, className) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (className) element.className = className;
  return element;
}

function left(seconds) {
  if (seconds === null) return "";
  return seconds >= 90 ? `, about ${Math.round(seconds / 60)} min left` : `, about ${Math.round(seconds)} s left`;
}

export class TeachDrawer {
  /** @param show opens this drawer; @param played called with the network that plays; @param say called with a line for people */
  constructor(show, played, say) {
    Object.assign(this, {show, played, say});
    this.refused = [];
    at("teach-files").addEventListener("click", () => at("teach-file-input").click());
    at("teach-folder").addEventListener("click", () => at("teach-folder-input").click());
    for (const input of [at("teach-file-input"), at("teach-folder-input")]) {
      input.addEventListener("change", () => {
        const files = chosen(input.files);
        input.value = "";
        this.take(files);
      });
    }
    at("lesson-learn").addEventListener("click", () =>
      this.order(() => api.teach(this.lesson.id, "learn", {minutes: Number(at("lesson-minutes").value)})));
    at("lesson-stop").addEventListener("click", () => this.order(() => api.teach(this.lesson.id, "stop")));
    this.sure(at("lesson-delete"), "Delete", () => this.erase(this.lesson.id));
    addEventListener("dragover", (event) => this.over(event));
    addEventListener("dragleave", (event) => event.relatedTarget || document.body.classList.remove("dropping"));
    addEventListener("drop", (event) => this.dropped(event));
  }

  over(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    document.body.classList.add("dropping");
  }

  async dropped(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    document.body.classList.remove("dropping");
    const files = dropped(event.dataTransfer);
    this.show();
    try {
      await this.take(await files);
    } catch (failure) {
      this.say("What was dropped cannot be read: " + failure.message);
    }
  }

  open(open) {
    this.isOpen = open;
    clearTimeout(this.timer);
    if (open) this.load();
  }

  async load() {
    clearTimeout(this.timer);
    try {
      this.tell(await api.teaching());
    } catch (failure) {
      this.say(failure.message);
    }
    clearTimeout(this.timer);
    if (this.isOpen) this.timer = setTimeout(() => this.load(), AT_WORK.includes(this.lesson?.state) ? BUSY_MS : QUIET_MS);
  }

  tell(all) {
    this.limits = all.limits;
    const open = all.lessons.filter((each) => each.state !== "taught");
    this.lesson = open.find((each) => AT_WORK.includes(each.state)) ?? open.find((each) => TAKING.includes(each.state));
    this.played(all.playing);
    this.showLesson();
    const taught = all.lessons.filter((each) => each.state === "taught");
    const others = open.filter((each) => each !== this.lesson);
    // Only when something is different: a list that is made anew loses the focus.
    const now = JSON.stringify([all.shippedPlays, taught, others.map((each) => [each.id, each.state])]);
    if (now === this.networksOf) return;
    this.networksOf = now;
    const focused = at("networks").contains(document.activeElement) && document.activeElement.getAttribute("aria-label");
    at("networks").replaceChildren(this.shipped(all), ...taught.map((each) => this.network(each)),
      ...others.map((each) => this.other(each)));
    if (focused) [...at("networks").querySelectorAll("button")].find((each) => each.getAttribute("aria-label") === focused)?.focus();
  }

  async take(files) {
    if (!files.length || this.sending) return;
    this.sending = true;
    try {
      if (!this.limits) await this.load();
      if (!this.lesson || !TAKING.includes(this.lesson.state)) {
        this.lesson = await api.beginLesson();
        this.refused = [];
      }
      const lesson = this.lesson.id;
      const refused = await send(lesson, files, this.limits, (done) => {
        at("lesson").hidden = false;
        at("lesson-state").textContent = `Sending ${done + 1} of ${files.length} …`;
      });
      this.refused.push(...refused);
      if (refused.length < files.length) await api.teach(lesson, "check");
    } catch (failure) {
      this.say(failure.message);
    } finally {
      this.sending = false;
      await this.load();
    }
  }

  async order(what) {
    try {
      await what();
    } catch (failure) {
      this.say(failure.message);
    }
    await this.load();
  }

  erase(id) {
    if (id === this.lesson?.id) this.refused = [];
    return this.order(() => api.deleteLesson(id));
  }

  showLesson() {
    const lesson = this.lesson;
    at("lesson").hidden = !lesson;
    if (!lesson || this.sending) return;
    const {music, course, state} = lesson;
    const told = music.kept + music.dropped;
    const files = told ? `${amount(told + this.refused.length, "file")}: ${music.kept} kept, ${music.dropped + this.refused.length} dropped, `
      + `${amount(music.notes, "note")}.` : "";
    const waiting = music.waiting ? `${amount(music.waiting, "file")} to look at.` : "";
    at("lesson-state").textContent = {
      gathering: waiting || "No files yet.",
      checking: "Looking at the files …",
      ready: files,
      learning: "Learning. The music goes before it.",
      ended: "There is no network: " + lesson.why,
    }[state];
    at("lesson-share").textContent = state === "learning" ? `${Math.round(course.share * 100)} %${left(course.secondsLeft)}` : "";
    at("lesson-progress").hidden = state !== "learning";
    at("lesson-progress").value = course.share;
    at("lesson-learn").disabled = !TAKING.includes(state) || told + music.waiting === 0;
    at("lesson-minutes").disabled = at("lesson-learn").disabled;
    at("lesson-stop").disabled = !AT_WORK.includes(state);
    at("lesson-delete").disabled = AT_WORK.includes(state);
    at("lesson-curve").replaceChildren(...(course.curve.length ? [curve(course.curve)] : []));
    at("lesson-rule").textContent = course.rule ? `Held out to judge: ${course.rule}.` : "";
    this.showFiles(lesson);
  }

  async showFiles(lesson) {
    const now = [lesson.id, lesson.state, lesson.music.waiting, this.refused.length].join();
    if (now === this.filesOf) return;
    this.filesOf = now;
    try {
      const files = [...await api.lessonFiles(lesson.id), ...this.refused.map((each) => ({...each, fate: "dropped"}))];
      // First those that need something done.
      const rows = [...files.filter((file) => file.fate === "dropped"), ...files.filter((file) => file.fate !== "dropped")];
      at("lesson-files").replaceChildren(...rows.map((file) => this.file(file)));
    } catch (failure) {
      this.filesOf = undefined;
      this.say(failure.message);
    }
  }

  file({name, fate, notes, why}) {
    const row = make("li", undefined, fate);
    const about = fate === "kept" ? `kept, ${amount(notes, "note")}` : fate === "dropped" ? "dropped: " + why : "waits";
    row.append(make("span", name), make("small", about));
    return row;
  }

  shipped(all) {
    const row = make("li");
    row.append(make("strong", "The one that was shipped"),
      make("small", all.shippedPlays ? "It plays." : "Go back to it whenever you like; it takes over at the next rest."));
    const buttons = make("div", undefined, "buttons");
    buttons.append(this.player(all.shippedPlays, "Play with the network that was shipped", () => api.playShipped()));
    row.append(buttons);
    return row;
  }

  network(lesson) {
    const row = make("li");
    const {names, kept} = lesson.music;
    const more = kept > 2 ? ` and ${kept - 2} more` : "";
    const {before, after, judgedBy} = lesson.course.gain;
    const title = make("strong", "Taught on " + names.slice(0, 2).join(", ") + more);
    title.title = names.join(", ");
    const gain = make("small", `${before.toFixed(2)} before, ${after.toFixed(2)} after: bits per note on what it did not learn `
      + `from (${Math.round((1 - after / before) * 1000) / 10} % better).`);
    gain.title = "Judged by: " + judgedBy.join(", ");
    const about = make("small", `${lesson.created}${lesson.plays ? ". It plays." : ""}`);
    about.title = lesson.file;
    const buttons = make("div", undefined, "buttons");
    const erase = make("button", "Delete");
    erase.type = "button";
    erase.setAttribute("aria-label", `Delete the network of ${lesson.created}`);
    erase.disabled = lesson.plays;
    this.sure(erase, "Delete", () => this.erase(lesson.id));
    buttons.append(this.player(lesson.plays, `Play with the network of ${lesson.created}`,
      () => api.teach(lesson.id, "play")), erase);
    row.append(title, gain, about, buttons);
    return row;
  }

  /** A lesson that is neither done nor at hand, as another page or an earlier session left it. */
  other(lesson) {
    const row = make("li");
    const erase = make("button", "Delete");
    erase.type = "button";
    erase.setAttribute("aria-label", `Delete the lesson of ${lesson.created}`);
    erase.disabled = AT_WORK.includes(lesson.state);
    this.sure(erase, "Delete", () => this.erase(lesson.id));
    row.append(make("strong", lesson.created ? `A lesson of ${lesson.created}` : "A lesson"), make("small", lesson.why || lesson.state), erase);
    return row;
  }

  player(plays, label, what) {
    const button = make("button", plays ? "Plays" : "Play with it");
    button.type = "button";
    button.setAttribute("aria-label", label);
    button.setAttribute("aria-pressed", String(plays));
    button.addEventListener("click", () => this.order(what));
    return button;
  }

  /** A button that asks again before it acts. While it asks, the list is not made anew. */
  sure(button, text, act) {
    let asked;
    button.addEventListener("click", () => {
      if (asked) {
        clearTimeout(asked);
        calm();
        act();
        return;
      }
      clearTimeout(this.timer);
      button.textContent = "Sure?";
      button.classList.add("panic");
      asked = setTimeout(() => {
        calm();
        if (this.isOpen) this.load();
      }, SURE_MS);
    });
    const calm = () => {
      asked = undefined;
      button.textContent = text;
      button.classList.remove("panic");
    };
  }
}
