#!/usr/bin/python3
"""What the page takes: time from a key in the browser to the note back in the page, how exactly answers are scheduled, and cost at rest.

    src/bench/page.py keys [PRESSES]        a key press to its note back and to the frame that shows it; and the answers' times (300)
    src/bench/page.py first                 from the start of bin/antiphon, which builds first in a fresh clone, to an answer that is heard
    src/bench/page.py rest [SECONDS]        memory and percent of a core: without a page, with one that nobody opened, with one open (60)

`keys` starts bin/antiphon without any MIDI port, opens its page in headless Chromium by the DevTools protocol, and plays
phrases of ten keys with rests between, in which it answers. A press begins when the browser takes the event
(event.timeStamp); its note is back when the page has counted it, and shown in the frame after that. An answer's note is
due at its time in the WebSocket's frame, and is given to AudioScheduledSourceNode.start(when): the difference of both has
to be the same for all, so its spread is told, also within each answer. `rest` asks nobody but /proc: user and system
time of all threads of the program.
"""

import base64
import contextlib
import json
import os
import pathlib
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import time
import urllib.request

HOME = pathlib.Path(__file__).resolve().parents[2]
KEYS = "asdfghjkgd"
TICKS = os.sysconf("SC_CLK_TCK")

# Runs before the page's own scripts.
WATCH = """
window.seen = {downs: [], backs: [], shown: [], answers: []};
addEventListener("keydown", (event) => { if (!event.repeat) seen.downs.push(event.timeStamp); }, true);
addEventListener("DOMContentLoaded", () => new MutationObserver(() => {
  seen.backs.push(performance.now());
  requestAnimationFrame(() => seen.shown.push(performance.now()));
}).observe(document.body, {attributes: true, attributeFilter: ["data-notes-human"]}));
let due = [];
const Socket = WebSocket;
window.WebSocket = class extends Socket {
  constructor(...words) {
    super(...words);
    this.addEventListener("message", (message) => {
      due = JSON.parse(message.data).events.filter((event) => event[0] === "answer").map((event) => event[1]);
    });
  }
};
for (const kind of [AudioBufferSourceNode, OscillatorNode]) {
  const start = kind.prototype.start;
  kind.prototype.start = function (when, ...rest) {
    if (due.length > 0) seen.answers.push([when * 1000, due.shift(), this.context.currentTime * 1000]);
    return start.call(this, when, ...rest);
  };
}
"""


class DevTools:
    """A tab of a headless Chromium; its WebSocket by hand (RFC 6455), so that nothing need be installed."""

    def __init__(self, folder):
        command = ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--mute-audio"]
        command += ["--no-first-run", "--autoplay-policy=no-user-gesture-required", "--remote-debugging-port=0"]
        self.browser = subprocess.Popen(
            command + [f"--user-data-dir={folder}", "about:blank"], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        )
        for line in self.browser.stderr:
            if line.startswith("DevTools listening on ws://"):
                address = line.split("//")[1].split("/")[0]
                break
        else:
            sys.exit("page: chromium does not start; needed: apt install chromium")
        request = urllib.request.Request(f"http://{address}/json/new?about:blank", method="PUT")
        path = json.load(urllib.request.urlopen(request, timeout=20))["webSocketDebuggerUrl"].split(address)[1]
        host, port = address.split(":")
        self.socket = socket.create_connection((host, int(port)), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        key = base64.b64encode(os.urandom(16)).decode()
        head = f"GET {path} HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        self.socket.sendall(f"{head}Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
        self.input = self.socket.makefile("rb")
        while self.input.readline() not in (b"\r\n", b""):
            pass
        self.number = 0

    def call(self, method, **parameters):
        self.number += 1
        text = json.dumps({"id": self.number, "method": method, "params": parameters}).encode()
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(text))
        length = struct.pack("!BB", 0x81, 0x80 | len(text)) if len(text) < 126 else struct.pack("!BBH", 0x81, 0xFE, len(text))
        self.socket.sendall(length + mask + masked)
        while True:
            answer = json.loads(self.frame())
            if answer.get("id") == self.number:
                return answer.get("result", {})

    def frame(self):
        text = b""
        last = False
        while not last:
            first, second = self.input.read(2)
            last = first & 0x80 != 0
            length = second & 0x7F
            if length >= 126:
                length = int.from_bytes(self.input.read(2 if length == 126 else 8), "big")
            text += self.input.read(length)
        return text

    def value(self, expression):
        return self.call("Runtime.evaluate", expression=expression, returnByValue=True).get("result", {}).get("value")

    def wait(self, expression, seconds=30):
        end = time.monotonic() + seconds
        while not self.value(expression):
            if time.monotonic() > end:
                sys.exit(f"page: not within {seconds} s: {expression}; {self.value('document.body.innerText')}")
            time.sleep(0.02)

    def key(self, kind, key):
        code = "Key" + key.upper()
        self.call("Input.dispatchKeyEvent", type=kind, key=key, code=code, windowsVirtualKeyCode=ord(key.upper()))

    def close(self):
        self.browser.terminate()
        self.browser.wait(10)


@contextlib.contextmanager
def program(folder, *words):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ANTIPHON_")}
    for name in ("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"):
        environment[name] = str(folder)
    command = [HOME / "bin/antiphon", "run", "--backend", "none", "--seed", "5", *words]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def url(process):
    for line in process.stdout:
        if line.startswith("page: "):
            return line.split()[1]
    sys.exit("page: antiphon has ended")


def line(what, values, unit="ms"):
    values = sorted(values)
    at = lambda share: values[min(len(values) - 1, int(share * len(values)))]
    print(f"{what:34} p50 {at(0.5):6.2f}  p95 {at(0.95):6.2f}  p99 {at(0.99):6.2f}  max {values[-1]:6.2f} {unit}  ({len(values)})")


def keys(presses):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        folder = pathlib.Path(place)
        with program(folder, "--page", "--page-port", "0", "--no-open") as process:
            browser = DevTools(folder / "chromium")
            try:
                measured(browser, url(process), presses)
            finally:
                browser.close()


def opened(browser, address):
    browser.call("Page.navigate", url=address)
    # By then the page's scripts run, and have heard from the program.
    browser.wait("document.querySelectorAll('#sliders input[data-setting]').length === 5")


def measured(browser, address, presses):
    browser.call("Page.enable")
    browser.call("Page.addScriptToEvaluateOnNewDocument", source=WATCH)
    opened(browser, address)
    # The first key lets the page sound; it counts when all samples are there.
    browser.key("keyDown", "a")
    browser.key("keyUp", "a")
    browser.wait("window.antiphon.samples() >= 29", 60)
    browser.wait("document.body.dataset.state === 'listening'")
    browser.value("seen.downs = []; seen.backs = []; seen.shown = []; seen.answers = [];")
    for press in range(presses):
        key = KEYS[press % len(KEYS)]
        browser.key("keyDown", key)
        time.sleep(0.09)
        browser.key("keyUp", key)
        time.sleep(0.03 + press * 7 % 20 / 1000)
        if press % len(KEYS) == len(KEYS) - 1:
            time.sleep(1.6)
    browser.wait(f"seen.shown.length === {presses}")
    seen = browser.value("seen")
    print(f"load {os.getloadavg()[0]:.2f} on {os.cpu_count()} cores; {presses} presses")
    line("key to its note back in the page", [back - down for down, back in zip(seen["downs"], seen["backs"])])
    line("key to the frame that shows it", [shown - down for down, shown in zip(seen["downs"], seen["shown"])])
    answers(seen["answers"])


def first():
    begun = time.monotonic()
    since = lambda what: print(f"{what:34} {time.monotonic() - begun:6.1f} s", flush=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        folder = pathlib.Path(place)
        with program(folder, "--page", "--page-port", "0", "--no-open") as process:
            address = url(process)
            since("the page is served")
            browser = DevTools(folder / "chromium")
            try:
                browser.call("Page.enable")
                opened(browser, address)
                since("it is open in a browser")
                for key in KEYS[:8]:
                    browser.key("keyDown", key)
                    time.sleep(0.2)
                    browser.key("keyUp", key)
                    time.sleep(0.05)
                since("a phrase of eight keys is played")
                browser.wait("Number(document.body.dataset.notesAnswer) > 0 && window.antiphon.peak() > 0.001")
                since("its answer is heard")
            finally:
                browser.close()


def answers(notes):
    if len(notes) < 2:
        sys.exit("page: there was no answer")
    off = [when - due for when, due, _ in notes]
    middle = statistics.median(off)
    line("answer: start - due, from median", [abs(each - middle) for each in off])
    next_to = [abs(off[i] - off[i - 1]) for i in range(1, len(off)) if notes[i][1] - notes[i - 1][1] < 2000]
    line("answer: from one note to the next", next_to)
    print(f"{sum(when <= now for when, _, now in notes)} of {len(notes)} were due already when they came")


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_mb(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1000


def at_rest(what, pid, seconds):
    # What a start compiles and throws away is over.
    time.sleep(20)
    before = cpu_seconds(pid)
    time.sleep(seconds)
    percent = 100 * (cpu_seconds(pid) - before) / seconds
    print(f"{what:34} {percent:5.2f} % of a core  {resident_mb(pid):5.0f} MB", flush=True)


def rest(seconds):
    print(f"load {os.getloadavg()[0]:.2f} on {os.cpu_count()} cores; {seconds} s each")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        folder = pathlib.Path(place)
        with program(folder) as process:
            at_rest("without a page", process.pid, seconds)
        with program(folder, "--page", "--page-port", "0", "--no-open") as process:
            address = url(process)
            at_rest("a page that nobody has opened", process.pid, seconds)
            browser = DevTools(folder / "chromium")
            try:
                opened(browser, address)
                at_rest("a page that one browser has open", process.pid, seconds)
            finally:
                browser.close()


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in ("keys", "first", "rest"):
        sys.exit(__doc__)
    number = int(sys.argv[2]) if len(sys.argv) > 2 else None
    if sys.argv[1] == "keys":
        keys(number or 300)
    elif sys.argv[1] == "first":
        first()
    else:
        rest(number or 60)
