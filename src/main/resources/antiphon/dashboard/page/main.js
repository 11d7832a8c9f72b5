// Puts the page together.

import {api, Link} from "./link.js";
import {keep} from "./token.js";
import {Piano} from "./piano.js";
import {Keys} from "./keys.js";
import {Roll} from "./roll.js";
import {Controls} from "./controls.js";
import {Learn} from "./learn.js";
import {Presets} from "./presets.js";
import {Player} from "./player.js";
import {makeDraggable, TakesDrawer} from "./takes.js";
import {HealthDrawer} from "./health.js";
import {ConnectDrawer} from "./connect.js";
import {Calibrate} from "./calibrate.js";
import {TeachDrawer} from "./teach.js";
import {BrowserMidi} from "./midi.js";
import {MidiIn} from "./midiin.js";
import {MidiOut} from "./midiout.js";
import {chordName, keyName, tempoName} from "./names.js";

// Answers come 10 ms before they are due. All of them sound so much later, so that none is late and their rhythm stays.
const CUSHION_MS = 35;
const TROUBLE_MS = 6000;
const OFFSET = "midi.out.offset-ms";
// What the space bar plays while the latency is measured.
const TAP_PITCH = 60;
const TAP_VELOCITY = 90;
// The piano's channels: the keys here, what the program hears elsewhere, and from this one on MIDI keyboards here.
const KEYS = 0;
const ELSEWHERE = 1;
const MIDI = 2;
const DRUMS = 9;

const at = (id) => document.getElementById(id);
const body = document.body;
const piano = new Piano();
const midiOut = new MidiOut();
let troubleTimer;

function trouble(text) {
  clearTimeout(troubleTimer);
  at("trouble").textContent = text;
  at("trouble").hidden = !text;
  if (text) troubleTimer = setTimeout(() => trouble(""), TROUBLE_MS);
}

async function act(name) {
  try {
    return await api.act(name);
  } catch (failure) {
    trouble(failure.message);
  }
}

function begin() {
  at("welcome").hidden = true;
  piano.begin();
}

function silence() {
  piano.silence();
  midiOut.end();
  keys.clear();
  roll.endAll();
}

function panic() {
  player.stop();
  silence();
  act("panic");
}

const link = new Link(take, (connected) => {
  body.dataset.contact = connected ? "yes" : "no";
  if (connected) {
    controls.load().then(() => Promise.all([presets.load(), learn.load()])).catch((failure) => trouble(failure.message));
  } else {
    piano.silence();
    midiOut.end();
    connect.darken();
    at("state").textContent = "NO CONTACT";
    trouble("The program does not answer. Is it running? Trying again.");
  }
}, (line) => {
  trouble("");
  at("state").textContent = "LOCKED";
  at("welcome").hidden = true;
  at("locked-why").textContent = line;
  at("locked").hidden = false;
});
const roll = new Roll(at("roll"), () => link.now());
const player = new Player(link, roll, piano, (id, millis) => takes.progress(id, millis));
const takes = new TakesDrawer(at("take-list"), player, trouble);
const health = new HealthDrawer(at("health-facts"));
const teach = new TeachDrawer(() => show("teach"), (file) => controls.update("model.file", file), trouble);
const controls = new Controls(at("modes"), at("sliders"), at("table"), at("pause"), trouble);
const connect = new ConnectDrawer(
  {reasons: at("reasons"), in: at("ports-in"), out: at("ports-out"), settings: at("port-settings")}, at("ports").firstElementChild, controls, trouble);
const calibrate = new Calibrate(at("calibrate"), controls, trouble);
controls.loaded = (settings) => {
  connect.load(settings);
  leaving.set(Number(settings.find((setting) => setting.id === OFFSET).value));
};
const presets = new Presets(at("preset"), at("preset-line"), trouble);
const learn = new Learn(at("table"), at("sliders"), trouble);
const keys = new Keys(at("keys"), at("octave"), {
  on(pitch, velocity) {
    link.send("on", pitch, velocity);
    begin();
    if (at("hear-own").checked) piano.on("you", KEYS, pitch, velocity);
    keys.show(pitch, "down", true);
  },
  off(pitch) {
    link.send("off", pitch);
    piano.off("you", KEYS, pitch);
    keys.show(pitch, "down", false);
  },
  pedal(down) {
    if (calibrate.running) {
      link.send(...(down ? ["on", TAP_PITCH, TAP_VELOCITY] : ["off", TAP_PITCH]));
      return;
    }
    piano.pedal("you", down);
    link.send("pedal", down ? 1 : 0);
  },
  panic,
});

const midi = new BrowserMidi(
  {ask: at("midi-ask"), line: at("midi-line"), inputs: at("midi-inputs"), output: at("midi-output"), answers: at("midi-answers")},
  new MidiIn({
    send: (...message) => link.send("midi", ...message),
    on(channel, pitch, velocity) {
      // Browsers let no page sound before it is touched, and a MIDI key is no touch.
      if (navigator.userActivation?.hasBeenActive ?? true) begin();
      if (at("hear-own").checked && channel !== DRUMS) piano.on("you", MIDI + channel, pitch, velocity);
      keys.show(pitch, "down", true);
    },
    off(channel, pitch) {
      piano.off("you", MIDI + channel, pitch);
      keys.show(pitch, "down", false);
    },
    pedal: (down) => piano.pedal("you", down),
  }), midiOut, begin);

// When the piano here plays what is to be heard then. It is a synthesiser like others: it gets messages earlier by the
// offset that is set. When that is changed, nothing is played before what came until then, so that no note ends before it begins.
const leaving = {
  offset: 0,
  latest: -Infinity,
  notBefore: -Infinity,
  set(offset) {
    if (offset === this.offset) return;
    this.offset = offset;
    this.notBefore = this.latest;
  },
  at(millis) {
    const sounds = Math.max(this.notBefore, link.here(millis - this.offset) + CUSHION_MS);
    this.latest = Math.max(this.latest, sounds);
    return sounds;
  },
};

function count(name) {
  body.dataset[name] = Number(body.dataset[name]) + 1;
}

const events = {
  on(millis, pitch, velocity, here) {
    count("notesHuman");
    roll.begin("you", here, pitch, velocity, millis);
    if (!here && at("hear-midi").checked) piano.on("you", ELSEWHERE, pitch, velocity);
    if (!here) keys.show(pitch, "down", true);
  },
  off(millis, pitch, velocity, here) {
    roll.end("you", here, pitch, millis);
    if (!here) {
      piano.off("you", ELSEWHERE, pitch);
      keys.show(pitch, "down", false);
    }
  },
  pedal(millis, down, here) {
    if (!here) piano.pedal("you", down === 1);
  },
  answer(millis, pitch, velocity, channel) {
    count("notesAnswer");
    roll.begin("partner", channel, pitch, velocity, millis);
    const sounds = leaving.at(millis);
    if (at("hear-answers").checked) piano.on("partner", channel, pitch, velocity, sounds);
    midiOut.on(channel, pitch, velocity, sounds);
    setTimeout(() => keys.show(pitch, "answered", true), sounds - performance.now());
  },
  ended(millis, pitch, velocity, channel) {
    roll.end("partner", channel, pitch, millis);
    const sounds = leaving.at(millis);
    piano.off("partner", channel, pitch, sounds);
    midiOut.off(channel, pitch, sounds);
    setTimeout(() => keys.show(pitch, "answered", false), sounds - performance.now());
  },
  plan(part, notes) {
    roll.setPlan(part, notes);
  },
  set(id, value) {
    if (id === OFFSET) leaving.set(Number(value));
    controls.update(id, value);
  },
  silence,
};

// What stays the same is not written again: each writing makes the browser lay the page out anew.
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function take(frame) {
  for (const [what, ...words] of frame.events) events[what]?.(...words);
  const state = frame.state;
  body.dataset.state = state.state;
  write(at("state"), state.state.toUpperCase());
  write(at("key"), keyName(state.key));
  write(at("tempo"), tempoName(state.pulse));
  write(at("chord"), chordName(state.pulse[6]));
  write(at("why"), state.why.replaceAll(" %", "\u00a0%"));
  roll.pulse = state.pulse;
  presets.told(state.preset);
  learn.told(state.controllers);
  connect.told(state);
  midi.told(state.ports);
  at("last").hidden = state.notesAnswer === 0;
  at("undo").disabled = !state.undo;
  at("undo").title = state.undo ? "Set again: " + state.undo : "No control was changed";
}

// One drawer at a time; what opened it gets the focus back.
const opened = {takes: (open) => open && takes.load(), health: (open) => health.open(open), teach: (open) => teach.open(open),
  connect: (open) => (connect.open(open), calibrate.open(open))};
let opener;

function show(id) {
  for (const each of document.querySelectorAll(".drawer")) {
    each.hidden = each.id !== id;
    opened[each.id]?.(!each.hidden);
  }
  body.dataset.drawer = id ?? "";
  for (const button of document.querySelectorAll("button[data-drawer]")) {
    button.setAttribute("aria-expanded", String(button.dataset.drawer === id));
  }
  if (id) document.querySelector(`#${id} [data-close]`).focus();
  else opener?.focus();
}

at("locked").addEventListener("submit", (event) => {
  event.preventDefault();
  keep(at("token").value);
  location.reload();
});
at("begin").addEventListener("click", begin);
at("panic").addEventListener("click", panic);
at("keep").addEventListener("click", () => takes.keep());
at("undo").addEventListener("click", async () => {
  const done = await act("undo");
  if (done) trouble("Undone: " + done.undone);
});
makeDraggable(at("last"), "/api/v1/answers/last/midi", "antiphon-answer.mid", trouble);
for (const button of document.querySelectorAll("button[data-drawer]")) {
  button.addEventListener("click", () => {
    // The button of a drawer in a drawer goes with it.
    if (!button.closest(".drawer")) opener = button;
    show(at(button.dataset.drawer).hidden ? button.dataset.drawer : undefined);
  });
}
for (const button of document.querySelectorAll("[data-close]")) button.addEventListener("click", () => show(undefined));
for (const button of document.querySelectorAll("[data-action]")) {
  button.addEventListener("click", () => act(button.dataset.action));
}
// A button that keeps the focus would take the space bar, which is the pedal.
for (const button of document.querySelectorAll("button")) {
  button.addEventListener("pointerup", () => button.blur());
}

/** For tests: how loud it is, and how many samples are there. */
window.antiphon = {peak: () => piano.peak(), samples: () => piano.buffers.size};
