// The connection to the program: its frames, its clock, and its interface at /api/v1.

import {headers, isLocked, protocols} from "./token.js";

const RETRY_MS = 1000;
// How fast an estimate of a clock's difference is given up, per message: clocks drift by less.
const FORGET = 0.0005;

export class Link {
  /**
   * @param take called with each frame; @param told called with true and false when the connection comes and goes
   * @param locked called with the program's line if it wants a token, or another one; then nothing is tried again
   */
  constructor(take, told, locked) {
    Object.assign(this, {take, told, locked});
    this.offset = Infinity;
    this.open();
  }

  open() {
    this.socket = new WebSocket(`ws://${location.host}/api/v1/feed`, protocols());
    let known = false;
    this.socket.onopen = () => {
      this.offset = Infinity;
    };
    this.socket.onmessage = (message) => {
      // It may open and be refused: only what is told makes it ours.
      if (!known) this.told(known = true);
      const frame = JSON.parse(message.data);
      // The message that was fastest says most exactly how our clocks differ.
      const difference = performance.now() - frame.now;
      this.offset = difference < this.offset ? difference : this.offset + (difference - this.offset) * FORGET;
      this.take(frame);
    };
    this.socket.onclose = async () => {
      this.told(false);
      // A browser does not tell why a connection did not begin; a request is told.
      const why = known ? "" : await ask("GET", "/state").then(() => "", (failure) => failure.message);
      if (isLocked(why)) {
        this.locked(why);
        return;
      }
      setTimeout(() => this.open(), RETRY_MS);
    };
  }

  send(...words) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(words));
  }

  /** The program's time, in its milliseconds, now. */
  now() {
    return performance.now() - this.offset;
  }

  /** A time of the program's as performance.now() has it. */
  here(millis) {
    return millis + this.offset;
  }
}

/** Asks the program at /api/v1; fails with its line. */
export async function ask(method, path, body) {
  return answer(path, body === undefined ? {method}
    : {method, headers: {"Content-Type": "application/json"}, body: JSON.stringify(body)});
}

async function answer(path, options) {
  const response = await sent("/api/v1" + path, {...options, headers: headers(options.headers)});
  const json = await response.json().catch(() => undefined);
  if (!response.ok || json === undefined) throw refused(response, json);
  return json;
}

async function sent(path, options) {
  try {
    return await fetch(path, options);
  } catch (failure) {
    throw new Error("The program does not answer. Is it running?");
  }
}

// What stands between us, or a program that breaks, may answer anything.
function refused(response, json) {
  const line = json?.error ?? `The program gave ${response.status} and no reason. Try again, or start it again.`;
  return Object.assign(new Error(line), {status: response.status});
}

export const api = {
  settings: async () => (await ask("GET", "/settings")).settings,
  set: (id, value) => ask("PUT", "/settings/" + encodeURIComponent(id), {value}),
  act: (name) => ask("POST", "/actions/" + name),
  takes: async () => (await ask("GET", "/takes")).takes,
  take: (id) => ask("GET", "/takes/" + encodeURIComponent(id)),
  keep: () => ask("POST", "/takes"),
  deleteTake: (id) => ask("DELETE", "/takes/" + encodeURIComponent(id)),
  takePath: (id, what) => `/api/v1/takes/${encodeURIComponent(id)}/${what}`,
  sound: (id) => api.file(api.takePath(id, "wav")),
  file: async (path) => {
    const response = await sent(path, {headers: headers()});
    if (!response.ok) throw refused(response, await response.json().catch(() => undefined));
    return response.blob();
  },
  health: () => ask("GET", "/health"),
  ports: () => ask("GET", "/ports"),
  connect: (way, port, connected) => ask("PUT", "/ports/" + way, {port, connected}),
  calibration: () => ask("GET", "/calibration"),
  calibrate: () => ask("POST", "/calibration"),
  endCalibration: () => ask("DELETE", "/calibration"),
  silence: () => ask("GET", "/silence"),
  teaching: () => ask("GET", "/teaching"),
  beginLesson: () => ask("POST", "/teaching"),
  lessonFiles: async (id) => (await ask("GET", `/teaching/${encodeURIComponent(id)}/files`)).files,
  teachFile: (id, name, file) => answer(`/teaching/${encodeURIComponent(id)}/files`, {method: "POST",
    headers: {"Content-Type": "application/octet-stream", "X-File-Name": encodeURIComponent(name)}, body: file}),
  teach: (id, what, body) => ask("POST", `/teaching/${encodeURIComponent(id)}/${what}`, body),
  playShipped: () => ask("POST", "/teaching/shipped"),
  deleteLesson: (id) => ask("DELETE", "/teaching/" + encodeURIComponent(id)),
};
