// The drawer of takes: list, play back, download, drag, delete; and the button Keep.

import {api} from "./link.js";
import {isKept} from "./token.js";

const SURE_MS = 4000;

const time = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
const notes = (count) => `${count} ${count === 1 ? "note" : "notes"}`;

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

/**
 * A link that is clicked for a download and dragged out as a file. Where browsers know no such drag, they drag the link.
 * Neither shows a token: where one is needed, a click fetches the file, and nothing can be dragged.
 * @param say called with a line for people
 */
export function makeDraggable(link, path, name, say) {
  link.href = path;
  if (isKept()) {
    link.draggable = false;
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      try {
        save(await api.file(path), name);
      } catch (failure) {
        say(failure.message);
      }
    });
    return;
  }
  link.download = name;
  link.draggable = true;
  link.addEventListener("dragstart", (event) => {
    event.dataTransfer.effectAllowed = "copy";
    event.dataTransfer.setData("DownloadURL", `audio/midi:${link.download}:${new URL(link.href, location.href)}`);
    event.dataTransfer.setData("text/uri-list", String(new URL(link.href, location.href)));
  });
}

export class TakesDrawer {
  /** @param say called with a line for people */
  constructor(list, player, say) {
    Object.assign(this, {list, player, say});
    this.rows = new Map();
  }

  async load() {
    try {
      this.show(await api.takes());
    } catch (failure) {
      this.say(failure.message);
    }
  }

  async keep() {
    try {
      const take = await api.keep();
      this.say(`Kept: ${notes(take.notesHuman)} of yours, ${take.notesAnswer} of the partner. It is under Takes.`);
      await this.load();
    } catch (failure) {
      this.say(failure.message);
    }
  }

  show(takes) {
    this.rows.clear();
    this.list.replaceChildren(...takes.map((take) => this.row(take)));
    if (!takes.length) {
      const none = document.createElement("li");
      none.className = "none";
      none.textContent = "None yet. Keep saves what was played in the last ten minutes.";
      this.list.append(none);
    }
    this.progress(this.player.id, 0);
  }

  row(take) {
    const row = document.createElement("li");
    row.className = "take";
    const title = document.createElement("strong");
    title.textContent = take.created || take.name;
    const about = document.createElement("small");
    about.textContent = take.recording ? "Being recorded now. Keep saves the last ten minutes of it."
      : take.damage || `${time(take.seconds)}, ${notes(take.notesHuman)} of yours, ${take.notesAnswer} of the partner`;
    row.append(title, about);
    if (!take.recording && !take.damage) row.append(this.buttons(take, about));
    else if (take.damage) row.append(this.erase(take));
    return row;
  }

  buttons(take, about) {
    const box = document.createElement("div");
    box.className = "buttons";
    const said = about.textContent;
    const play = this.button("Play", `Play the take of ${take.created}`, () => this.toggle(take));
    const midi = document.createElement("a");
    midi.className = "button";
    midi.textContent = "MIDI";
    midi.title = "Click to download, or drag it into your music program";
    midi.setAttribute("aria-label", `MIDI file of the take of ${take.created}`);
    makeDraggable(midi, api.takePath(take.id, "midi"), `antiphon-${take.name}.mid`, this.say);
    const sound = this.button("WAV", `Sound of the take of ${take.created}`, () => this.sound(take, sound));
    box.append(play, midi, sound, this.erase(take));
    this.rows.set(take.id, (at) => {
      play.textContent = at === undefined ? "Play" : "Stop";
      play.setAttribute("aria-pressed", String(at !== undefined));
      about.textContent = at === undefined ? said : `${time(at / 1000)} of ${time(take.seconds)}`;
    });
    return box;
  }

  button(text, label, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.setAttribute("aria-label", label);
    button.addEventListener("click", act);
    return button;
  }

  async toggle(take) {
    if (this.player.id === take.id) {
      this.player.stop();
      return;
    }
    try {
      this.player.play(await api.take(take.id));
    } catch (failure) {
      this.say(failure.message);
    }
  }

  /** Called by the player. */
  progress(id, at) {
    for (const [each, show] of this.rows) show(each === id ? at : undefined);
  }

  // It takes seconds to make, and may be refused: so it is fetched, and then handed to the browser as a file.
  async sound(take, button) {
    button.disabled = true;
    button.textContent = "Making …";
    try {
      save(await api.sound(take.id), `antiphon-${take.name}.wav`);
    } catch (failure) {
      this.say(failure.message);
    } finally {
      button.disabled = false;
      button.textContent = "WAV";
    }
  }

  erase(take) {
    let sure;
    const button = this.button("Delete", `Delete the take of ${take.created}`, async () => {
      if (!sure) {
        button.textContent = "Sure?";
        button.classList.add("panic");
        sure = setTimeout(() => {
          sure = undefined;
          button.textContent = "Delete";
          button.classList.remove("panic");
        }, SURE_MS);
        return;
      }
      clearTimeout(sure);
      if (this.player.id === take.id) this.player.stop();
      try {
        await api.deleteTake(take.id);
      } catch (failure) {
        this.say(failure.message);
      }
      await this.load();
    });
    return button;
  }
}
