"""The prepared corpus: what `antiphon prepare` wrote, as windows to learn from and pieces to be judged by."""

import json
from pathlib import Path

import numpy as np

FIELDS = ("kind", "time", "pitch", "velocity")
FIELD_SIZES = (7, 82, 129, 33)
VOCABULARY = "kind7-time82-pitch129-velocity33"
START, HUMAN_ON, HUMAN_OFF, ANSWER_ON, ANSWER_OFF, PHRASE_END, TICK = range(7)
PLACES = ("since", "phase", "tempo", "sureness", "steps")
PLACE_SIZES = (82, 49, 17, 8, 8)
PHASES = 48
NO_PITCH = 128
NO_VELOCITY = 32
LOWEST_KEY, HIGHEST_KEY = 21, 108


class UserError(Exception):
    """One line for the person at the terminal: where, what was found, what is allowed, what to do."""


class Prepared:
    """A folder with prepared.json and the .events files it names. Files are checked when they are first read."""

    def __init__(self, folder):
        self.folder = Path(folder)
        described = self._described()
        self.description = str(described.get("description", self.folder))
        self.grid_bits = np.asarray(described["timeGridBits"], dtype=np.float64)
        self.places = Places(described)
        self._train = [self._file(part, "train") for part in described["train"]]
        self._held_out = {split: self._file(described[split], split) for split in ("valid", "test")}

    def _described(self):
        path = self.folder / "prepared.json"
        try:
            described = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise UserError(f"{path}: no such file. Name a folder that antiphon prepare has written.") from None
        except (OSError, ValueError) as failure:
            raise UserError(f"{path}: cannot be read ({failure}). Run antiphon prepare again.") from None
        if not isinstance(described, dict) or described.get("format") != 2:
            raise UserError(f"{path}: not format 2 of a prepared corpus. Run the antiphon prepare of this version.")
        if described.get("vocabulary") != VOCABULARY or described.get("fieldSizes") != list(FIELD_SIZES):
            raise UserError(
                f"{path}: vocabulary {described.get('vocabulary')}; {VOCABULARY} allowed. Run antiphon prepare again."
            )
        if described.get("placeSizes") != list(PLACE_SIZES) or described.get("phases") != PHASES:
            raise UserError(
                f"{path}: places of {described.get('placeSizes')}; {list(PLACE_SIZES)} allowed. "
                "Run antiphon prepare again."
            )
        bits = described.get("timeGridBits")
        if not isinstance(bits, list) or len(bits) != FIELD_SIZES[1] or not all(_is_number(bit) for bit in bits):
            raise UserError(f"{path}: timeGridBits are not 82 numbers. Run antiphon prepare again.")
        nanos, beats = described.get("timeNanos"), described.get("beatNanos")
        if not isinstance(nanos, list) or len(nanos) != FIELD_SIZES[1] or not all(_is_number(each) for each in nanos):
            raise UserError(f"{path}: timeNanos are not 82 numbers. Run antiphon prepare again.")
        if not isinstance(beats, list) or len(beats) != 2 or not all(_is_number(each) and each > 0 for each in beats):
            raise UserError(f"{path}: beatNanos are not two numbers. Run antiphon prepare again.")
        if not isinstance(described.get("train"), list) or "valid" not in described or "test" not in described:
            raise UserError(f"{path}: train, valid and test are not all there. Run antiphon prepare again.")
        return described

    def _file(self, part, split):
        name = part.get("file") if isinstance(part, dict) else None
        if not isinstance(name, str) or Path(name).name != name:
            raise UserError(f"{self.folder / 'prepared.json'}: {split} names no file. Run antiphon prepare again.")
        return self.folder / name

    @property
    def passes(self):
        """How many different passes over the corpus there are."""
        return len(self._train)

    def train(self, number):
        """The events of a pass and where its pieces begin; after the last pass comes the first again."""
        if not self._train:
            raise UserError(f"{self.folder}: no train files; one at least needed. Run antiphon prepare --passes 1.")
        events, starts = _read(self._train[number % len(self._train)])
        if not len(starts):
            raise UserError(f"{self.folder}: nothing to learn from. Prepare a larger corpus.")
        return events, starts

    def pieces(self, split):
        """The pieces held out for this purpose, each as an array of packed events that begins with START."""
        events, starts = _read(self._held_out[split])
        return np.split(events, starts[1:]) if len(starts) else []


def _is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


class Places:
    """What network.place_fields and network.landings need to know of places, as music/Place.java packs them."""

    PHASE_BITS, PERIOD_BITS = 10, 9

    def __init__(self, described):
        shortest, longest = described["beatNanos"]
        steps = np.arange(1 << self.PERIOD_BITS) / ((1 << self.PERIOD_BITS) - 1)
        self.beat_nanos = shortest * (longest / shortest) ** steps
        self.gap_nanos = np.asarray(described["timeNanos"], dtype=np.float64)


def _read(path):
    try:
        size = path.stat().st_size
        events = np.memmap(path, dtype="<i8", mode="r") if size >= 8 else np.zeros(0, dtype="<i8")
    except (OSError, ValueError) as failure:
        raise UserError(f"{path}: cannot be read ({failure}). Run antiphon prepare again.") from None
    if size % 8:
        raise UserError(f"{path}: {size} bytes, not whole events. Run antiphon prepare again.")
    if not len(events):
        return events, np.zeros(0, dtype=np.int64)
    highest = events.view(np.uint8).reshape(-1, 8)[:, :4].max(axis=0)
    for field, size, value in zip(FIELDS, FIELD_SIZES, highest, strict=True):
        if value >= size:
            raise UserError(f"{path}: {field} {value}; 0 to {size - 1} allowed. Run antiphon prepare again.")
    starts = np.flatnonzero((events & 0xFF) == START)
    if not len(starts) or starts[0] != 0:
        raise UserError(f"{path}: does not begin with a START event. Run antiphon prepare again.")
    return events, starts


def unpack(events):
    """The fields kind, time, pitch, velocity of packed events, on a new first axis."""
    packed = np.ascontiguousarray(events, dtype="<i8")
    return np.moveaxis(packed.view(np.uint8).reshape(packed.shape + (8,))[..., :4], -1, 0).astype(np.int64)


def transposed(events, semitones, random):
    """The same dialogue up to so many semitones higher or lower, but no further out than a piano's 88 keys."""
    pitches = events >> 16 & 0xFF
    pitched = pitches < NO_PITCH
    if not pitched.any():
        return events
    down = min(semitones, max(0, int(pitches[pitched].min()) - LOWEST_KEY))
    up = min(semitones, max(0, HIGHEST_KEY - int(pitches[pitched].max())))
    return events + (pitched.astype(np.int64) * int(random.integers(-down, up + 1)) << 16)


def some(pieces, limit):
    """Whole pieces, evenly from among all, with about this many events in all."""
    total = sum(len(piece) for piece in pieces)
    if total <= limit:
        return pieces
    share = limit / total
    chosen, taken, seen = [], 0, 0
    for piece in pieces:
        seen += len(piece)
        if taken + len(piece) / 2 <= share * seen:
            chosen.append(piece)
            taken += len(piece)
    return chosen or pieces[:1]


class Lanes:
    """An endless supply of training windows, several dialogues side by side, like train/Lanes.java.

    A dialogue fills whole windows and begins with its first; what is left at its end is dropped, and one shorter than
    a window shares it with the next. When all prepared passes have come, they come again, each dialogue moved by up to
    `transpose` semitones, so that what was learned by heart does not come back.
    """

    def __init__(self, prepared, lanes, window, transpose=0, seed=1):
        self.prepared = prepared
        self.window = window
        self.transpose = transpose
        self.seed = seed
        self.number = 0
        self.piece = 0
        self.events, self.starts = prepared.train(0)
        self.buffers = [np.zeros(0, dtype=np.int64) for _ in range(lanes)]
        self.positions = [0] * lanes

    def windows_per_pass(self):
        """Windows of all lanes after which the first pass has come once."""
        lengths = np.diff(np.append(self.prepared.train(0)[1], len(self.prepared.train(0)[0])))
        return max(1, round(int(((lengths - 1) // self.window).sum()) / len(self.buffers)))

    def next(self):
        """Packed events [window + 1][lane], and which lanes begin a dialogue."""
        rows = np.empty((len(self.buffers), self.window + 1), dtype=np.int64)
        fresh = np.zeros(len(self.buffers), dtype=bool)
        for lane in range(len(self.buffers)):
            fresh[lane] = self._advance(lane)
            end = self.positions[lane]
            rows[lane] = self.buffers[lane][end - self.window : end + 1]
        return np.ascontiguousarray(rows.T), fresh

    def _advance(self, lane):
        self.positions[lane] += self.window
        if self.positions[lane] < len(self.buffers[lane]):
            return False
        parts = [self._dialogue()]
        while sum(len(part) for part in parts) <= self.window:
            parts.append(self._dialogue())
        self.buffers[lane] = np.concatenate(parts)
        self.positions[lane] = self.window
        return True

    def _dialogue(self):
        if self.piece == len(self.starts):
            self.number += 1
            self.piece = 0
            self.events, self.starts = self.prepared.train(self.number)
        begin = self.starts[self.piece]
        self.piece += 1
        end = self.starts[self.piece] if self.piece < len(self.starts) else len(self.events)
        events = self.events[begin:end]
        if self.transpose and self.number >= self.prepared.passes:
            random = np.random.default_rng([self.seed, self.number, self.piece])
            return transposed(events, self.transpose, random)
        return events

    def state(self):
        """What a checkpoint keeps: the rest of every lane, and where the next dialogue is."""
        return {
            "number": self.number,
            "piece": self.piece,
            "buffers": [np.array(buffer).tolist() for buffer in self.buffers],
            "positions": list(self.positions),
        }

    def restore(self, state):
        """Goes on where `state` was taken."""
        self.number = state["number"]
        self.events, self.starts = self.prepared.train(self.number)
        self.piece = min(state["piece"], len(self.starts))
        self.buffers = [np.array(buffer, dtype=np.int64) for buffer in state["buffers"]]
        self.positions = list(state["positions"])
