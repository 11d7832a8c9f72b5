// What pitches, keys and chords are called.

const NAMES = ["C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B"];

// By the distances from the root, the simplest first.
const CHORDS = [[[0, 4, 7], ""], [[0, 3, 7], "m"], [[0, 4, 7, 10], "7"], [[0, 4, 7, 11], "maj7"], [[0, 3, 7, 10], "m7"],
  [[0, 3, 6], "dim"], [[0, 4, 8], "aug"], [[0, 5, 7], "sus4"], [[0, 2, 7], "sus2"], [[0, 3, 6, 10], "m7♭5"]];

export function keyName(key) {
  return key < 0 ? "–" : NAMES[key % 12] + (key >= 12 ? " minor" : " major");
}

/** The name of a chord given as bits, one for each pitch class. */
export function chordName(bits) {
  if (!bits) return "–";
  for (const [steps, suffix] of CHORDS) {
    for (let root = 0; root < 12; root++) {
      if (steps.reduce((sum, step) => sum | 1 << (root + step) % 12, 0) === bits) return NAMES[root] + suffix;
    }
  }
  return NAMES.filter((name, i) => bits >> i & 1).join(" ");
}

export function tempoName([qpm, confidence, sure, clock] = []) {
  if (!qpm || !confidence) return "–";
  const source = clock ? "clock" : confidence + " %" + (sure ? "" : ", free");
  return `${qpm} (${source})`;
}
