// The piano: samples of every third note, played on the audio clock.

const NOTES = {a: 9, c: 0, ds: 3, fs: 6};
const LOWEST = 21;
const HIGHEST = 108;
const FADE_SECONDS = 0.09;
const SAMPLE_SECONDS = 6;
const MAX_VOICES = 72;
const SILENCE = 1e-4;

export class Piano {
  constructor() {
    this.buffers = new Map();
    this.voices = new Set();
    this.lag = -Infinity;
    this.pedals = new Map();
  }

  /** Must be called first by a click or a key: before that, browsers let no page sound. */
  async begin() {
    if (!this.context) {
      this.context = new AudioContext({latencyHint: "interactive"});
      this.analyser = this.context.createAnalyser();
      this.analyser.fftSize = 2048;
      const limiter = this.context.createDynamicsCompressor();
      this.out = this.context.createGain();
      this.out.gain.value = 0.9;
      this.out.connect(limiter).connect(this.analyser).connect(this.context.destination);
      this.pans = {you: this.pan(-0.15), partner: this.pan(0.15)};
      this.load();
    }
    if (this.context.state !== "running") await this.context.resume();
  }

  pan(value) {
    const pan = this.context.createStereoPanner();
    pan.pan.value = value;
    pan.connect(this.out);
    return pan;
  }

  // From the middle outwards, so that what is played first is there first.
  async load() {
    const wanted = [];
    for (let octave = 0; octave <= 8; octave++) {
      for (const [name, step] of Object.entries(NOTES)) {
        const pitch = 12 * (octave + 1) + step;
        if (pitch >= LOWEST && pitch <= HIGHEST) wanted.push([pitch, `/piano/${name}${octave}.mp3`]);
      }
    }
    wanted.sort((one, other) => Math.abs(one[0] - 62) - Math.abs(other[0] - 62));
    for (const [pitch, path] of wanted) {
      try {
        const response = await fetch(path);
        if (response.ok) this.buffers.set(pitch, await this.context.decodeAudioData(await response.arrayBuffer()));
      } catch (failure) {
        console.warn(path, failure.message);
      }
    }
  }

  /** A time of performance.now() on the audio clock. That clock moves in blocks, so the latest reading is the truest. */
  audioTime(millis) {
    const lag = this.context.currentTime * 1000 - performance.now();
    this.lag = lag > this.lag || this.lag - lag > 200 ? lag : this.lag - (this.lag - lag) * 0.0005;
    return Math.max(this.context.currentTime, (millis + this.lag) / 1000);
  }

  /** @param who "you" or "partner"; @param millis when, by performance.now(); none: at once */
  on(who, channel, pitch, velocity, millis) {
    if (!this.context) return;
    const time = millis === undefined ? this.context.currentTime : this.audioTime(millis);
    if (this.voices.size >= MAX_VOICES) this.stop(this.voices.values().next().value, time);
    const strength = velocity / 127;
    const gain = this.context.createGain();
    gain.gain.setValueAtTime(0.75 * strength ** 1.6 + 0.03, time);
    const filter = this.context.createBiquadFilter();
    filter.type = "lowpass";
    filter.frequency.value = Math.min(18000, 700 + 16000 * strength ** 1.5 + 8 * pitch);
    const source = this.source(pitch, gain, time);
    source.connect(filter).connect(gain).connect(this.pans[who]);
    source.start(time);
    const voice = {who, channel, pitch, gain, source, held: true, started: time};
    this.voices.add(voice);
    source.onended = () => this.voices.delete(voice);
  }

  source(pitch, gain, time) {
    let nearest;
    for (const known of this.buffers.keys()) {
      if (nearest === undefined || Math.abs(known - pitch) < Math.abs(nearest - pitch)) nearest = known;
    }
    // Until the samples are there, a plain tone: a key must sound at once.
    if (nearest === undefined || Math.abs(nearest - pitch) > 6) {
      const tone = this.context.createOscillator();
      tone.type = "triangle";
      tone.frequency.value = 440 * 2 ** ((pitch - 69) / 12);
      gain.gain.exponentialRampToValueAtTime(SILENCE, time + 2.5);
      return tone;
    }
    const sample = this.context.createBufferSource();
    sample.buffer = this.buffers.get(nearest);
    sample.playbackRate.value = 2 ** ((pitch - nearest) / 12);
    const length = SAMPLE_SECONDS / sample.playbackRate.value;
    gain.gain.setTargetAtTime(0, time + length * 0.6, length * 0.1);
    return sample;
  }

  off(who, channel, pitch, millis) {
    if (!this.context) return;
    const time = millis === undefined ? this.context.currentTime : this.audioTime(millis);
    for (const voice of this.voices) {
      if (voice.held && voice.who === who && voice.channel === channel && voice.pitch === pitch && voice.started <= time) {
        voice.held = false;
        if (!this.pedals.get(who)) this.stop(voice, time);
      }
    }
  }

  pedal(who, down) {
    this.pedals.set(who, down);
    if (down || !this.context) return;
    for (const voice of this.voices) {
      if (!voice.held && voice.who === who) this.stop(voice, this.context.currentTime);
    }
  }

  stop(voice, time) {
    voice.gain.gain.cancelScheduledValues(time);
    voice.gain.gain.setTargetAtTime(0, Math.max(time, voice.started), FADE_SECONDS);
    voice.source.stop(Math.max(time, voice.started) + 8 * FADE_SECONDS);
    this.voices.delete(voice);
  }

  /** Ends what is on a channel from this one on. */
  stopFrom(channel) {
    for (const voice of this.voices) if (voice.channel >= channel) this.stop(voice, this.context.currentTime);
  }

  silence() {
    this.pedals.clear();
    for (const voice of this.voices) {
      voice.gain.gain.cancelScheduledValues(0);
      voice.gain.gain.value = 0;
      voice.source.stop();
    }
    this.voices.clear();
  }

  /** The loudest sample of the last 40 ms, 0 to 1. */
  peak() {
    if (!this.analyser) return 0;
    const samples = new Float32Array(this.analyser.fftSize);
    this.analyser.getFloatTimeDomainData(samples);
    return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  }
}
