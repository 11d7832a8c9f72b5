#!/usr/bin/env python3
"""Trains Antiphon's network with PyTorch on a prepared corpus, or scores a model on one. See README.md."""

import argparse
import io
import json
import math
import os
import shlex
import signal
import sys
import time
from pathlib import Path

import numpy as np
import torch

import network
import prepared
from network import LN_2, Shape
from prepared import UserError
from processes import Processes

SHAPING = {"hidden": 512, "layers": 2, "embedding": 128, "batch": 64, "window": 128, "seed": 1}
ADJUSTABLE = {
    "minutes": 60.0,
    "passes": 0.0,
    "learning_rate": 2e-3,
    "warm_up": 100,
    "dropout": 0.1,
    "corruption": 0.05,
    "transpose": 6,
    "ema": 0.999,
    "clip": 1.0,
}
LAST_RATE_SHARE = 0.02
SMOOTHING = 0.02
MAX_BAD_STEPS = 20


class Options(argparse.Namespace):
    """The command line."""


class Parser(argparse.ArgumentParser):
    def error(self, message):
        raise UserError(f"{message}. See --help.")


def parse(arguments):
    parser = Parser(prog="train.py", description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    add = parser.add_argument
    add("corpus", metavar="PREPARED", help="folder that antiphon prepare has written")
    add("-o", "--output", metavar="MODEL", type=Path, help=".safetensors to write; checkpoint, CSV, PNG lie beside it")
    add("--score", metavar="MODEL", help="train nothing: score this model in bits per note, as JSON")
    add("--split", choices=("valid", "test"), default="test", help="what --score scores")
    add("--curve", action="store_true", help="train nothing: draw the learning curve of -o MODEL from its CSV")
    whole, share = _number(int), _number(float, 0, 0.9)
    for name, meaning in (
        ("hidden", "units in each layer"),
        ("layers", "LSTM layers"),
        ("embedding", "width of the embeddings"),
        ("batch", "dialogues learned side by side"),
        ("window", "events between two updates"),
        ("seed", "decides weights and noise"),
    ):
        kind = _number(int, 0, 2**62) if name == "seed" else _number(int, 2 if name == "window" else 1, 4096)
        about = f"{meaning} (default: {SHAPING[name]})"
        add(f"--{name}", metavar="N", type=kind, default=argparse.SUPPRESS, help=about)
    for name, kind, meaning in (
        ("minutes", _number(float, 0, 1e6), "training time of all sessions together; 0: no limit"),
        ("passes", _number(float, 0, 1e6), "passes over the corpus at most; 0: no limit"),
        ("learning_rate", _number(float, 1e-8, 1), "at its highest"),
        ("warm_up", whole, "updates until the learning rate is at its highest"),
        ("dropout", share, "share of each layer's inputs left out"),
        ("corruption", share, "share of the fields of what is heard replaced at random"),
        ("transpose", _number(int, 0, 11), "semitones up or down when prepared passes come again, at most"),
        ("ema", _number(float, 0, 0.999999), "averaging of the weights; 0: none"),
        ("clip", _number(float, 1e-3, 1e6), "longest gradient"),
    ):
        option = "--" + name.replace("_", "-")
        about = f"{meaning} (default: {ADJUSTABLE[name]:g})"
        add(option, metavar="N", type=kind, default=argparse.SUPPRESS, help=about)
    add("--from", dest="start", metavar="MODEL", help="begin with this model's weights and size")
    add("--resume", action="store_true", help="go on where the checkpoint beside -o was written")
    add("--checkpoint-minutes", metavar="N", type=_number(float, 0, 1e6), default=5.0, help="between two checkpoints")
    add("--valid-minutes", metavar="N", type=_number(float, 0, 1e6), default=5.0, help="between two validations")
    add("--valid-every", metavar="N", type=whole, default=0, help="windows between two validations, instead of minutes")
    add("--valid-events", metavar="N", type=_number(int, 1, 10**12), default=400_000, help="at most, in a validation")
    add("--precision", choices=("auto", "f32", "bf16"), default="auto", help="auto: bf16 where it is fast")
    add("--device", choices=("auto", "cpu", "cuda"), default="auto", help="auto: CUDA if there is one")
    add("--threads", metavar="N", type=_number(int, 1, 1024), default=_cores(), help="CPU threads")
    options = parser.parse_args(arguments, Options())
    if options.score is None and options.output is None:
        raise UserError("-o: missing; the model file to write needed. Give -o MODEL, or --score MODEL.")
    if options.start and options.resume:
        raise UserError("--from and --resume: both found; one allowed. A resumed training has its weights.")
    return options


def _number(kind, lowest=0, highest=2**31):
    def number(text):
        try:
            value = kind(text)
        except ValueError:
            value = math.nan
        if not lowest <= value <= highest:
            raise argparse.ArgumentTypeError(f"found {text}; allowed: {lowest:g} to {highest:g}")
        return value

    return number


def _cores():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def device_of(options):
    if options.device == "cuda" and not torch.cuda.is_available():
        raise UserError("--device: cuda found; this machine or this PyTorch has none. Leave --device out.")
    return "cuda" if options.device != "cpu" and torch.cuda.is_available() else "cpu"


def precision_of(options, device):
    if options.precision != "auto":
        return torch.float32 if options.precision == "f32" else torch.bfloat16
    if device == "cuda":
        fast = torch.cuda.is_bf16_supported(including_emulation=False)
    else:
        # Without this instruction bf16 is emulated, slower than f32.
        fast = "avx512_bf16" in cpu_flags()
    return torch.bfloat16 if fast else torch.float32


def cpu_flags():
    try:
        return Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace").partition("flags")[2].split("\n")[0]
    except OSError:
        return ""


class Drop:
    """Dropout. On the CPU from random bytes: PyTorch's own draws a number per unit, which takes a tenth of the time."""

    def __init__(self, share, random):
        self.share = share
        self.kept_from = round(share * 256)
        self.random = random

    def __call__(self, values):
        if values.is_cuda:
            return torch.nn.functional.dropout(values, self.share)
        draws = torch.from_numpy(self.random.integers(0, 256, values.numel(), dtype=np.uint8)).view(values.shape)
        return values * draws.ge(self.kept_from).to(values.dtype).mul_(256 / (256 - self.kept_from))


def corrupt(fields, share, random):
    """Replaces fields of what is heard at random, so that the network survives its own mistakes. START stays."""
    begins = fields[0] == prepared.START
    corrupted = []
    for field, (lowest, values, none) in enumerate(
        ((1, 6, -1), (0, 82, -1), (0, 128, prepared.NO_PITCH), (0, 32, prepared.NO_VELOCITY))
    ):
        drawn = torch.rand(fields[field].shape, generator=random, device=fields.device)
        hit = (drawn < share) & ~begins & (fields[field] != none)
        # What remains of the draw below the share is a draw too.
        other = lowest + (drawn * (values / share)).long().clamp(max=values - 1)
        corrupted.append(torch.where(hit, other, fields[field]))
    return torch.stack(corrupted)


class Training:
    """One network on its way: weights, optimizer, where every lane is, and how it went."""

    def __init__(self, options, corpus):
        self.options, self.corpus = options, corpus
        self.device = device_of(options)
        self.processes = Processes(self.device)
        self.dtype = precision_of(options, self.device)
        self.step, self.seconds, self.events, self.bad_steps = 0, 0.0, 0, 0
        self.best, self.smooth = math.inf, math.nan
        self.history, self.bits, self.notes = [], 0.0, 0
        self.command = "src/torch/train.py " + shlex.join(options.arguments)
        checkpoint = self._checkpoint() if options.resume else None
        start = network.read_model(options.start) if options.start else None
        self._settle(checkpoint, start[0] if start else None)
        # What antiphon model tune found (how far the memory of motifs is trusted, which answers are good) is kept.
        self.tuned = {key: start[2][key] for key in ("cache", "critic") if key in start[2]} if start else {}
        self.shape = Shape(options.embedding, options.hidden, options.layers)
        self.pool = network.Pool(1 if self.device == "cuda" else options.threads)
        flat = network.with_places(*start[:2])[1] if start else network.initial(self.shape, options.seed)
        self.weights = flat.to(self.device)
        self.average = self.weights.clone()
        self.adam = torch.optim.Adam([self.weights], lr=options.learning_rate, fused=True)
        # Every process knows all lanes and learns from its own.
        lanes = options.batch * self.processes.count
        self.own = self.processes.own(lanes)
        self.memory = network.no_memory(self.shape, options.batch, self.weights.to(self.dtype))
        self.lanes = prepared.Lanes(corpus, lanes, options.window, options.transpose, options.seed)
        # What comes next, made while a GPU computes.
        self.ahead = None
        self.windows_per_pass = self.lanes.windows_per_pass()
        self.valid = prepared.some(corpus.pieces("valid"), options.valid_events)
        if checkpoint:
            self._restore(checkpoint)

    def _settle(self, checkpoint, shape):
        """Options not given are those of the checkpoint, of the model begun with, or the defaults."""
        given = vars(self.options)
        before = dict(checkpoint["options"]) if checkpoint else {}
        if shape:
            before = {"hidden": shape.hidden, "layers": shape.layers, "embedding": shape.embedding}
        for name, default in {**SHAPING, **ADJUSTABLE}.items():
            kept = before.get(name, default)
            if name in SHAPING and name in before and given.get(name, kept) != kept:
                raise UserError(f"--{name}: found {given[name]}; {kept} allowed, as it began. Leave --{name} out.")
            given.setdefault(name, kept)
        if not given["minutes"] and not given["passes"]:
            raise UserError("--minutes, --passes: both 0; one limit needed. Give --minutes.")

    def _beside(self, ending):
        path = self.options.output
        return path.with_name(path.name.removesuffix(".safetensors") + ending)

    # -- the way

    def run(self, stopped):
        """Trains to the end; False if `stopped()` became true before."""
        self._print(
            f"{self.corpus.description}\n{self.shape.count():,} weights, {self.windows_per_pass:,} windows per pass, "
            f"{sum(len(piece) for piece in self.valid):,} events to judge by while training; {self.device} "
            f"{str(self.dtype).removeprefix('torch.')}" + (f"; resumed at step {self.step}" if self.step else "")
            + (f"; {self.processes.count} processes" if self.processes.count > 1 else "")
        )
        last = said = time.monotonic()
        # Neither begins at once after a start; a resumed training keeps its rhythm roughly.
        saved = judged = self.seconds
        began_events, began_seconds = self.events, self.seconds
        stop = stopped()
        while self.share() < 1 and not stop:
            self.learn()
            now = time.monotonic()
            self.seconds, last = self.seconds + now - last, now
            self.seconds, stop = self.processes.agree(self.seconds, stopped())
            if now - said >= 15:
                self._say((self.events - began_events) / (self.seconds - began_seconds))
                said = now
            every = self.options.valid_every
            due = self.step % every == 0 if every else self.seconds - judged >= self.options.valid_minutes * 60
            if due and self.share() < 1:
                self.judge()
            if due or self.seconds - saved >= self.options.checkpoint_minutes * 60:
                self.save()
                now = time.monotonic()
                self.seconds, last = self.seconds + now - last, now
                self.seconds, stop = self.processes.agree(self.seconds, stop)
                saved, judged = self.seconds, self.seconds if due else judged
        done = self.share() >= 1
        if done:
            self.judge()
        self.save()
        return done

    def _print(self, line):
        if self.processes.is_first:
            print(line, flush=True)

    def share(self):
        """How much of the training is done: of the passes or of the time, whichever is further."""
        passes, minutes = self.options.passes, self.options.minutes
        of_passes = self.step / (passes * self.windows_per_pass) if passes else 0
        return max(of_passes, self.seconds / (minutes * 60) if minutes else 0)

    def rate(self):
        """Rises over the first updates, then falls along a cosine."""
        warm_up = min(1, (self.step + 1) / (self.options.warm_up + 1))
        cosine = 0.5 * (1 + math.cos(math.pi * min(1, self.share())))
        return self.options.learning_rate * warm_up * (LAST_RATE_SHARE + (1 - LAST_RATE_SHARE) * cosine)

    def learn(self):
        """One window of every lane, one update."""
        options = self.options
        packed, fresh = self.ahead or self.lanes.next()
        self.ahead = None
        # Of all processes: the sum of their gradients is that of one process with all lanes.
        predicted = int(((packed[1:] & 0xFF) != prepared.START).sum())
        packed, fresh = packed[:, self.own], fresh[self.own]
        events = torch.from_numpy(np.ascontiguousarray(packed)).to(self.device)
        kept = torch.from_numpy(~fresh).to(self.device, self.dtype).view(1, -1, 1)
        # A copy of all weights in the precision of the computation; each part's gradient comes back in one piece.
        weights = self.weights.detach().to(self.dtype, copy=True)

        def learn_part(number, lanes):
            place = self.processes.number * self.pool.threads + number
            random = np.random.Generator(np.random.SFC64([options.seed, self.step, place]))
            own = weights.detach().requires_grad_()
            return self._learn_part(own, events[:, lanes], kept[:, lanes], lanes, predicted, random)

        parts = [part for part in np.array_split(np.arange(options.batch), self.pool.threads) if len(part)]
        lanes = [slice(part[0], part[-1] + 1) for part in parts]
        done = self.pool.map(learn_part, range(len(lanes)), lanes)
        self.memory = [
            tuple(torch.cat([memory[layer][i] for _, _, memory in done], dim=1) for i in range(2))
            for layer in range(options.layers)
        ]
        if self.device == "cuda":
            self.ahead = self.lanes.next()
        gradient = done[0][0].float()
        for more, _, _ in done[1:]:
            gradient += more
        self._update(self.processes.add(gradient))
        self.events += options.batch * options.window * self.processes.count
        self._count(sum(nats.item() for _, nats, _ in done), prepared.unpack(packed[1:]))

    def _learn_part(self, weights, events, kept, lanes, predicted, random):
        """Gradient, nats and memory of some of the lanes; several threads do this at once."""
        options = self.options
        fields = network.fields_of(events)
        inputs, targets = fields[:, :-1], fields[:, 1:].flatten(1)
        if options.corruption:
            draws = torch.Generator(self.device).manual_seed(int(random.integers(2**62)))
            inputs = corrupt(inputs, options.corruption, draws)
        memory = [tuple(part[:, lanes] * kept for part in layer) for layer in self.memory]
        views = self.shape.views(weights)
        drop = Drop(options.dropout, random) if options.dropout else None
        places, sureness, landings = network.places_of(self.corpus.places, events[:-1])
        heard, memory = network.hear(views, self.shape, inputs, places, memory, drop)
        counted = torch.ones_like(targets[0], dtype=torch.bool)
        nats = torch.stack(network.losses(views, heard.flatten(0, 1), targets, counted, sureness, landings)).sum()
        (nats / predicted).backward()
        return weights.grad, nats.detach(), memory

    def _update(self, gradient):
        length = gradient.norm().item()
        self.step += 1
        if not math.isfinite(length):
            self.bad_steps += 1
            if self.bad_steps > MAX_BAD_STEPS:
                raise UserError(f"step {self.step}: gradients that are not finite. Lower --learning-rate, and resume.")
            self.memory = [tuple(torch.zeros_like(part) for part in layer) for layer in self.memory]
            return
        self.bad_steps = 0
        self.weights.grad = gradient.mul_(min(1.0, self.options.clip / max(length, 1e-12)))
        self.adam.param_groups[0]["lr"] = self.rate()
        self.adam.step()
        # Young averages forget faster, or the random beginning would weigh for long.
        keep = min(self.options.ema, (1 + self.step) / (10 + self.step))
        self.average.lerp_(self.weights, 1 - keep)

    def _count(self, nats, fields):
        counted = fields[0] != prepared.START
        bits = nats / LN_2 + float(self.corpus.grid_bits[fields[1][counted]].sum())
        sums = torch.tensor([bits, network.notes(fields[0])], dtype=torch.float64, device=self.device)
        bits, notes = self.processes.add(sums).tolist()
        if math.isfinite(bits) and notes:
            self.bits += bits
            self.notes += notes
            now = bits / notes
            self.smooth = now if math.isnan(self.smooth) else self.smooth + SMOOTHING * (now - self.smooth)

    def _say(self, speed):
        left = self.seconds / max(self.share(), 1e-9) * (1 - self.share())
        self._print(
            f"step {self.step}, pass {self.step / self.windows_per_pass:.2f}, {self.smooth:.3f} bits per note, "
            f"{speed:,.0f} events/s, {100 * self.share():.1f} %, {left / 60:.1f} min left"
        )

    def judge(self):
        """Scores what is held out; writes the model if it is the best so far."""
        if not self.processes.is_first:
            return
        average = self.average if self.options.ema else self.weights
        valid = math.nan
        if self.valid:
            fields = network.score(average, self.shape, self.valid, self.corpus, self.device, self.dtype, self.pool)[1]
            valid = sum(fields.values())
        train = self.bits / self.notes if self.notes else math.nan
        self.bits, self.notes = 0.0, 0
        self.history.append([round(self.seconds / 60, 3), self.events, train, valid])
        is_best = not valid >= self.best
        if is_best:
            self.best = valid if self.valid else math.inf
            network.write_model(self.options.output, self.shape, average, self.metadata(valid))
        self._write_csv()
        print(
            f"{self.seconds / 60:.1f} min, {self.events:,} events: {train:.3f} bits per note in training, "
            f"{valid:.3f} held out{' (best so far: written)' if is_best else ''}",
            flush=True,
        )

    def finish(self):
        """Judges the best model once more by all that is held out, in full precision; draws the curve."""
        if not self.processes.is_first:
            return
        path = self.options.output
        pieces = self.corpus.pieces("valid")
        if pieces:
            shape, flat, metadata = network.read_model(path)
            _, fields = network.score(flat, shape, pieces, self.corpus, self.device, pool=self.pool)
            metadata["valid_bits_per_note"] = f"{sum(fields.values()):.4f}"
            network.write_model(path, shape, flat, metadata)
            parts = ", ".join(f"{name} {bits:.3f}" for name, bits in fields.items())
            print(f"{path}: written; all that is held out: {sum(fields.values()):.4f} bits per note ({parts})")
        draw_curve(self._beside(".csv"), self._beside(".png"))

    def metadata(self, valid):
        metadata = {
            "format": "1",
            "vocabulary": prepared.VOCABULARY,
            "embedding": str(self.shape.embedding),
            "hidden": str(self.shape.hidden),
            "layers": str(self.shape.layers),
            "corpus": self.corpus.description,
            "events_seen": str(self.events),
            "epochs": str(self.step // self.windows_per_pass),
            "seed": str(self.options.seed),
            "command": self.command,
        }
        metadata.update(self.tuned)
        if not math.isnan(valid):
            metadata["valid_bits_per_note"] = f"{valid:.4f}"
        return metadata

    def _write_csv(self):
        lines = ["minutes,events,train_bits_per_note,valid_bits_per_note"]
        lines += [f"{minutes:.3f},{events},{train:.4f},{valid:.4f}" for minutes, events, train, valid in self.history]
        network.write_whole(self._beside(".csv"), ("\n".join(lines) + "\n").encode())

    # -- interruption

    def save(self):
        """Everything that a resumed training needs, in one file that is replaced as a whole."""
        options = vars(self.options)
        memory = [tuple(self.processes.gather(part, dim=1) for part in layer) for layer in self.memory]
        if not self.processes.is_first:
            return
        state = {
            "format": 1,
            "corpus": self.corpus.description,
            "command": self.command,
            "tuned": self.tuned,
            "options": {name: options[name] for name in {**SHAPING, **ADJUSTABLE}},
            "weights": self.weights.detach(),
            "average": self.average,
            "adam": self.adam.state_dict(),
            "memory": memory,
            "lanes": self.lanes.state(),
            "ahead": self.ahead and tuple(torch.from_numpy(part) for part in self.ahead),
            "progress": [self.step, self.seconds, self.events, self.best, self.smooth, self.bits, self.notes],
            "history": self.history,
        }
        content = io.BytesIO()
        torch.save(state, content)
        network.write_whole(self._beside(".checkpoint.pt"), content.getbuffer())

    def _checkpoint(self):
        path = self._beside(".checkpoint.pt")
        if not path.is_file():
            raise UserError(f"{path}: no such file; --resume needs the checkpoint beside -o. Leave --resume out.")
        try:
            # Only plain data: a checkpoint cannot run code.
            checkpoint = torch.load(path, map_location="cpu", weights_only=True)
            if checkpoint["format"] != 1:
                raise ValueError("another format")
            checkpoint["options"]["hidden"]
        except Exception as failure:
            why = _line(failure)
            raise UserError(f"{path}: not a whole checkpoint ({why}). Train again without --resume.") from None
        if checkpoint["corpus"] != self.corpus.description:
            raise UserError(
                f"{path}: of another corpus ({checkpoint['corpus']}); found {self.corpus.description}. "
                "Name that corpus, or begin anew with --from MODEL."
            )
        return checkpoint

    def _restore(self, checkpoint):
        if checkpoint["weights"].numel() != self.weights.numel():
            raise UserError(
                f"{self._beside('.checkpoint.pt')}: {checkpoint['weights'].numel():,} weights found; "
                f"{self.weights.numel():,} allowed. Another version of train.py wrote it: begin anew with "
                f"--from {self.options.output}, and another -o."
            )
        with torch.no_grad():
            self.weights.copy_(checkpoint["weights"])
            self.average.copy_(checkpoint["average"])
        self.adam.load_state_dict(checkpoint["adam"])
        lanes = checkpoint["memory"][0][0].shape[1]
        if lanes != self.options.batch * self.processes.count:
            raise UserError(
                f"--batch: {self.options.batch} in each of {self.processes.count} processes found; {lanes} in all "
                "allowed, as it began. Start as many processes as before."
            )
        self.memory = [
            tuple(part[:, self.own].to(self.device, self.dtype) for part in layer) for layer in checkpoint["memory"]
        ]
        self.lanes.restore(checkpoint["lanes"])
        ahead = checkpoint.get("ahead")
        self.ahead = ahead and tuple(part.numpy() for part in ahead)
        self.step, self.seconds, self.events, self.best, self.smooth, self.bits, self.notes = checkpoint["progress"]
        self.history = checkpoint["history"]
        self.tuned = checkpoint.get("tuned", {})
        began = checkpoint.get("command", self.command)
        self.command = began if self.command in began else f"{began}; {self.command}"


def draw_curve(csv, picture):
    """The learning curve as a PNG, if matplotlib is there."""
    try:
        import matplotlib

        matplotlib.use("Agg")
        from matplotlib import pyplot
    except ImportError:
        print(f"{picture}: not drawn, matplotlib is not installed; the figures are in {csv}.")
        return
    try:
        rows = np.genfromtxt(csv, delimiter=",", skip_header=1, ndmin=2)
    except ValueError as failure:
        raise UserError(f"{csv}: not a learning curve ({_line(failure)}). Train again.") from None
    if rows.size == 0 or rows.shape[1] != 4:
        raise UserError(f"{csv}: no rows of four numbers; one at least needed. Train longer.")
    figure, axes = pyplot.subplots(figsize=(9, 5.6))
    axes.plot(rows[:, 0], rows[:, 2], color="#9A6B00", label="in training")
    axes.plot(rows[:, 0], rows[:, 3], color="#005FA8", label="held out")
    axes.set_xlabel("minutes")
    axes.set_ylabel("bits per note")
    axes.set_title("How the network learned")
    axes.grid(alpha=0.3)
    axes.legend()
    drawn = io.BytesIO()
    figure.savefig(drawn, format="png", dpi=100)
    network.write_whole(picture, drawn.getvalue())
    print(f"Learning curve: {picture}")


def score(options, corpus):
    shape, flat, _ = network.read_model(options.score)
    device = device_of(options)
    pool = network.Pool(1 if device == "cuda" else options.threads)
    notes, fields = network.score(flat, shape, corpus.pieces(options.split), corpus, device, pool=pool)
    print(json.dumps({"notes": notes, "bitsPerNote": sum(fields.values()), "fields": fields}))


def main(arguments):
    options = parse(arguments)
    options.arguments = arguments
    if options.curve:
        path = options.output
        stem = path.name.removesuffix(".safetensors")
        draw_curve(path.with_name(stem + ".csv"), path.with_name(stem + ".png"))
        return 0
    corpus = prepared.Prepared(options.corpus)
    if options.score is not None:
        score(options, corpus)
        return 0
    if options.output.is_dir():
        raise UserError(f"{options.output}: a folder; a file needed. Give -o a file name.")
    options.output.parent.mkdir(parents=True, exist_ok=True)
    caught = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _frame: caught.append(number))
    training = Training(options, corpus)
    done = training.run(lambda: bool(caught))
    if done:
        training.finish()
    elif training.processes.is_first:
        print(f"stopped at step {training.step}; go on with --resume.", flush=True)
    training.processes.part()
    return 0 if done else 128 + (caught[0] if caught else signal.SIGTERM)


def _line(failure):
    return " ".join(str(failure).split())[:200] or type(failure).__name__


def _os_line(failure):
    if not failure.strerror:
        return _line(failure)
    return f"{failure.filename}: {failure.strerror}" if failure.filename else failure.strerror


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except UserError as failure:
        print(f"train.py: {failure}", file=sys.stderr)
    except OSError as failure:
        print(
            f"train.py: {_os_line(failure)}. Free room or name another place; a training goes on with --resume.",
            file=sys.stderr,
        )
    except MemoryError:
        print("train.py: out of memory. Lower --batch or --window.", file=sys.stderr)
    sys.exit(1)
