// Web MIDI as a browser has it, with a keyboard, one that the program listens to itself, the way back of Linux, and a synthesiser.

window.fake = (() => {
  const port = (id, name) => ({id, name, state: "connected", close() {}});
  const inputs = new Map([port("k1", "<b>Keystation</b>"), port("k2", "Grand Piano MIDI 1"), port("k3", "Midi Through Port-0")]
    .map((each) => [each.id, each]));
  const away = new Map();
  const sent = [];
  const synthesiser = port("s1", "Synthesiser");
  synthesiser.send = ([status, pitch, velocity], time) => sent.push([time, status, pitch, velocity, performance.now()]);
  const access = {inputs, outputs: new Map([["s1", synthesiser]]), onstatechange: null};
  const fake = {
    sent,
    play: (id, ...data) => inputs.get(id).onmidimessage?.({data: new Uint8Array(data)}),
    unplug(id) {
      away.set(id, inputs.get(id));
      inputs.get(id).state = "disconnected";
      inputs.delete(id);
      access.onstatechange?.({});
    },
    plug(id) {
      inputs.set(id, away.get(id));
      inputs.get(id).state = "connected";
      access.onstatechange?.({});
    },
    /** Keys whose last message, by its time, is no end. */
    sounding() {
      const last = new Map();
      for (const [, status, pitch, velocity] of [...sent].sort((one, other) => one[0] - other[0])) {
        last.set((status & 0x0F) << 8 | pitch, (status & 0xF0) === 0x90 && velocity > 0);
      }
      return [...last].filter(([, sounds]) => sounds).map(([key]) => key);
    },
  };
  navigator.requestMIDIAccess = async (options) => {
    fake.asked = options;
    return access;
  };
  const query = navigator.permissions.query.bind(navigator.permissions);
  navigator.permissions.query = (what) => what.name === "midi" ? Promise.resolve({state: "granted"}) : query(what);
  const fetched = window.fetch;
  window.fetch = async (path, options) => {
    const answer = await fetched(path, options);
    if (!String(path).endsWith("/ports")) return answer;
    const found = await answer.json();
    found.ports.push({name: "a2j:Grand Piano [20] (capture): Grand Piano MIDI 1", aliases: [], source: true, destination: false,
      there: true, in: "connected", out: "no", input: 0});
    return new Response(JSON.stringify(found));
  };
  return fake;
})();
