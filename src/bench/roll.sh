#!/usr/bin/env bash
# How long the roll takes to draw a frame with so many notes in view, in headless Chromium without a graphics card:
# src/bench/roll.sh [NOTES]. First what the page's thread does, then with the pixels too, which else another thread makes.
set -euo pipefail

readonly NOTES=${1:-2000}
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/roll.html" <<END
<!doctype html>
<style>
  :root { --you: #4cc2ff; --partner: #ffb454; --line: #2b323d; --text: #e8ecf2; --quiet: #97a3b4; }
  canvas { width: 1280px; height: 440px; display: block; }
</style>
<canvas id="roll"></canvas>
<pre id="result"></pre>
<script type="module">
import {Roll} from "file://$home/src/main/resources/antiphon/dashboard/page/roll.js";
const FRAMES = 600, FRAME_MS = 1000 / 60, SEEN_MS = 8000, NOTES = $NOTES;
let now = 1e6;
window.requestAnimationFrame = () => 0;
const roll = new Roll(document.getElementById("roll"), () => now);
roll.pulse = [120, 90, 1, 0, now, 500];
let number = 0;
// As many as are seen at once, and as many come as go.
const play = (at) => {
  const who = number % 2 ? "you" : "partner", pitch = 40 + number * 7 % 49;
  roll.begin(who, 0, pitch, 20 + number * 13 % 107, at);
  roll.end(who, 0, pitch, at + 120);
  number++;
};
for (let i = 0; i < NOTES; i++) play(now - SEEN_MS + i / NOTES * SEEN_MS);
roll.setPlan(0, Array.from({length: 64}, (_, i) => [now + (i >> 1) * 60 + i % 2 * 50, 60 + (i >> 1) % 12, 1 - i % 2]));
function measure(flush) {
  const took = [];
  for (let frame = 0, played = 0; frame < FRAMES; frame++) {
    now += FRAME_MS;
    for (; played < frame * NOTES * FRAME_MS / SEEN_MS; played++) play(now - FRAME_MS);
    const begun = performance.now();
    roll.draw();
    if (flush) roll.pen.getImageData(0, 0, 1, 1);
    took.push(performance.now() - begun);
  }
  took.sort((one, other) => one - other);
  return \`p50 \${took[FRAMES / 2].toFixed(2)} ms, p99 \${took[Math.floor(FRAMES * 0.99)].toFixed(2)} ms\`;
}
measure(false);
document.getElementById("result").textContent = \`\${NOTES} notes in view, \${FRAMES} frames: script \${measure(false)}; with pixels \${measure(true)}\`;
</script>
END
chromium --headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --allow-file-access-from-files --window-size=1280,800 \
  --user-data-dir="$folder/profile" --dump-dom "file://$folder/roll.html" 2>/dev/null |
  sed -n 's/.*<pre id="result">\(.*\)<\/pre>.*/\1/p'
