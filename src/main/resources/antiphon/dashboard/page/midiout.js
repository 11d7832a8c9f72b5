// Answers on a synthesiser at this browser, sent at their times by the browser's own clock.

const NOTE_OFF = 0x80;
const NOTE_ON = 0x90;

export class MidiOut {
  constructor() {
    // When each key that was struck ends, by performance.now().
    this.ends = new Map();
    this.latest = 0;
  }

  /** @param port an output of the browser's, or none; what sounds on the one before ends */
  choose(port) {
    if (port === this.port) return;
    this.end();
    this.port?.close();
    this.port = port;
  }

  /** @param millis when, by performance.now() */
  on(channel, pitch, velocity, millis) {
    if (this.send([NOTE_ON | channel, pitch, velocity], millis)) this.ends.set(channel << 8 | pitch, Infinity);
  }

  off(channel, pitch, millis) {
    const key = channel << 8 | pitch;
    if (this.ends.has(key) && this.send([NOTE_OFF | channel, pitch, 0], millis)) this.ends.set(key, millis);
  }

  send(message, millis) {
    if (this.port?.state !== "connected") return false;
    this.latest = Math.max(this.latest, millis);
    try {
      this.port.send(message, millis);
      return true;
    } catch (failure) {
      // It has gone this moment; the browser tells so.
      return false;
    }
  }

  /** Ends all that sounds or is still to sound. */
  end() {
    const now = performance.now();
    // Not every browser can take back what it has been given: that ends after it has begun.
    this.port?.clear?.();
    for (const [key, end] of this.ends) {
      if (end <= now) continue;
      const message = [NOTE_OFF | key >> 8, key & 0x7F, 0];
      this.send(message, now);
      if (this.latest > now) this.send(message, this.latest + 1);
    }
    this.ends.clear();
  }
}
