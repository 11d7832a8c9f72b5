// Which files were dropped or chosen, and sending them one after another.

import {api} from "./link.js";

const MUSIC = /\.(mid|midi|kar|rmi|zip)$/i;
const MAX_NAME = 200;
const MAX_FILES = 5000;
// Requests are limited, and Panic must get through beside them.
const PAUSE_MS = 15;
const RETRY_MS = 700;
const MAX_RETRIES = 30;
const MEBI = 2 ** 20;

const wait = (millis) => new Promise((done) => setTimeout(done, millis));

/** Files and folders that were dropped, folders to the bottom: [{name, file}]. Ask at once: the browser forgets them. */
export async function dropped(transfer) {
  const entries = [];
  for (const item of transfer.items) {
    if (item.kind !== "file") continue;
    const entry = item.webkitGetAsEntry?.();
    entries.push(entry ?? item.getAsFile());
  }
  const found = [];
  for (const entry of entries) await collect(entry, "", found);
  return found;
}

async function collect(entry, folder, found) {
  if (!entry || found.length >= MAX_FILES) return;
  if (entry instanceof File) {
    found.push({name: entry.name, file: entry});
  } else if (entry.isFile) {
    const file = await new Promise((done, failed) => entry.file(done, failed));
    found.push({name: folder + file.name, file});
  } else {
    const reader = entry.createReader();
    // It gives a hundred at a time, and none at the end.
    for (let some; (some = await new Promise((done, failed) => reader.readEntries(done, failed))).length;) {
      for (const each of some) await collect(each, folder + entry.name + "/", found);
    }
  }
}

/** Those of a file dialog, likewise. */
export function chosen(files) {
  return [...files].slice(0, MAX_FILES).map((file) => ({name: file.webkitRelativePath || file.name, file}));
}

/**
 * Sends what can be music.
 * @param limits as the program has them; @param told called with how many are done
 * @returns those that were not taken: [{name, why}]; fails if nothing more can be taken
 */
export async function send(lesson, files, limits, told) {
  const refused = [];
  for (const [done, {name, file}] of files.entries()) {
    told(done);
    const why = whyNot(name, file, limits) || await take(lesson, name, file);
    if (why) refused.push({name, why});
  }
  return refused;
}

function whyNot(name, file, limits) {
  if (!MUSIC.test(name)) return "no music file by its name.";
  if (!file.size) return "it is empty.";
  const most = /\.zip$/i.test(name) ? limits.archiveBytes : limits.fileBytes;
  return file.size > most ? `larger than ${most / MEBI} MiB.` : "";
}

async function take(lesson, name, file) {
  for (let tries = 0; ; tries++) {
    await wait(tries ? RETRY_MS : PAUSE_MS);
    try {
      await api.teachFile(lesson, shortened(name), file);
      return "";
    } catch (failure) {
      if (failure.status === 429 && tries < MAX_RETRIES) continue;
      // What is wrong with this one file, and not with the lesson or the disk.
      if (failure.status === 400) return failure.message;
      if (failure.status) throw failure;
      throw new Error("The file could not be sent. Does the program run, and is there room on its disk?");
    }
  }
}

// The end of a path says most. By whole letters, also of names that are no proper text.
function shortened(name) {
  return [...name].slice(-MAX_NAME).map((letter) => letter.isWellFormed?.() === false ? "?" : letter).join("");
}
