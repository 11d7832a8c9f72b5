"""The network of antiphon.model.StackedLstm in PyTorch, its loss, and its model file."""

import functools
import json
import os
import struct
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from prepared import (
    FIELD_SIZES,
    FIELDS,
    NO_PITCH,
    NO_VELOCITY,
    PHASES,
    PLACE_SIZES,
    PLACES,
    START,
    UserError,
    unpack,
)

CHECKSUM = "checksum"
LN_2 = float(np.log(2))
IGNORED = -100
# PyTorch orders the gates input, forget, candidate, output; Deeplearning4j candidate, forget, output, input.
TO_FILE = (2, 1, 3, 0)
FROM_FILE = (3, 1, 0, 2)
# Tensors of this many events at most while scoring.
SCORED_AT_ONCE = 16384
PIECES_AT_ONCE = 128


class Shape:
    """Sizes of a network, and the names and shapes of its tensors as a model file has them."""

    def __init__(self, embedding, hidden, layers, places=True):
        self.embedding, self.hidden, self.layers, self.places = embedding, hidden, layers, places
        self.tensors = {}
        for field, size in zip(FIELDS, FIELD_SIZES, strict=True):
            self.tensors[f"embed.{field}"] = (size, embedding)
        for layer in range(layers):
            self.tensors[f"lstm.{layer}.w"] = (hidden if layer else embedding, 4 * hidden)
            self.tensors[f"lstm.{layer}.r"] = (hidden, 4 * hidden)
            self.tensors[f"lstm.{layer}.b"] = (4 * hidden,)
        for head, (field, size) in enumerate(zip(FIELDS, FIELD_SIZES, strict=True)):
            for condition in range(head):
                self.tensors[f"condition.{field}.{FIELDS[condition]}"] = (FIELD_SIZES[condition], hidden)
            self.tensors[f"head.{field}.w"] = (hidden, size)
            self.tensors[f"head.{field}.b"] = (size,)
        if places:
            for field, size in zip(PLACES, PLACE_SIZES, strict=True):
                self.tensors[f"embed.{field}"] = (size, embedding)
            self.tensors["place.w"] = (hidden, PHASES)
            self.tensors["place.b"] = (PHASES,)

    def count(self):
        """Number of weights."""
        return sum(int(np.prod(shape)) for shape in self.tensors.values())

    def views(self, flat):
        """The tensors inside a flat one, in the layout of this module: lstm.*.w and .r are [4 · hidden][inputs]."""
        parts = flat.split([int(np.prod(shape)) for shape in self.tensors.values()])
        views = {}
        for (name, shape), part in zip(self.tensors.items(), parts, strict=True):
            views[name] = part.view(shape[::-1] if _is_gates(name) else shape)
        return views


def _is_gates(name):
    return name.startswith("lstm.") and not name.endswith(".b")


def initial(shape, seed):
    """A new network's weights, flat: Glorot's normal distribution, orthogonal recurrences, open forget gates."""
    generator = torch.Generator().manual_seed(seed)
    flat = torch.zeros(shape.count())
    for name, tensor in shape.views(flat).items():
        if name.endswith(".r"):
            for block in tensor.chunk(4):
                torch.nn.init.orthogonal_(block, generator=generator)
        elif name.endswith(".b"):
            if name.startswith("lstm."):
                tensor.chunk(4)[1].fill_(1)
        elif name == "place.w":
            # At first no part of the beat is likelier than another.
            continue
        else:
            rows, columns = tensor.shape
            tensor.normal_(0, (2 / (rows + columns)) ** 0.5, generator=generator)
    return flat


def with_places(shape, flat):
    """The same network, told of places too, which change nothing yet."""
    if shape.places:
        return shape, flat
    told = Shape(shape.embedding, shape.hidden, shape.layers)
    return told, torch.cat([flat, torch.zeros(told.count() - shape.count())])


def fields_of(packed):
    """The fields kind, time, pitch, velocity of packed events, on a new first axis."""
    return torch.stack([packed >> 8 * field & 0xFF for field in range(len(FIELDS))])


def places_of(places, packed):
    """Of packed events [steps][lanes], on their device: what `hear` is told of their places, and what `losses` is.

    The first are the fields since, phase, tempo, sureness and steps, [5][steps][lanes]; then, [steps · lanes], how sure
    the pulse is, 0 to 1, and for each gap on a last axis where it would land, in phases.
    """
    place = packed >> 32 & 0xFFFFFFFF
    sure = place >> 26 & 7
    phase = place >> 7 & (1 << places.PHASE_BITS) - 1
    period = place >> 17 & (1 << places.PERIOD_BITS) - 1
    unknown = sure == 0
    phases, tempos = PLACE_SIZES[1] - 1, PLACE_SIZES[2] - 1
    fields = torch.stack(
        [
            place & 0x7F,
            (phase * phases >> places.PHASE_BITS).masked_fill(unknown, phases),
            (period * tempos >> places.PERIOD_BITS).masked_fill(unknown, tempos),
            sure,
            place >> 29,
        ]
    )
    beat, gap = _nanos(places, packed.device)
    landing = (phase / (1 << places.PHASE_BITS))[..., None] + gap / beat[period][..., None]
    landing = (landing - landing.floor()) * PHASES
    return fields, (sure / 7).float().flatten(), landing.float().flatten(0, 1)


@functools.lru_cache(maxsize=1)
def _nanos(places, device):
    """What does not change from window to window, where it is needed."""
    return torch.from_numpy(places.beat_nanos).to(device), torch.from_numpy(places.gap_nanos).to(device)


def look_up(table, index):
    """Rows of a table. On a GPU as a product: what a lookup costs there is its gradient, all into the same few rows."""
    if not table.is_cuda:
        return functional.embedding(index, table)
    return (index[..., None] == torch.arange(len(table), device=table.device)).to(table.dtype) @ table


def hear(weights, shape, fields, places, state, drop=None):
    """What the last layer makes of events, [steps][lanes][hidden], and the memory after them.

    fields: [4][steps][lanes]; places: [5][steps][lanes], see prepared.Places; state: per layer hidden and cell,
    [1][lanes][hidden]; drop: applied to layers' inputs.
    """
    heard = sum(look_up(weights[f"embed.{name}"], fields[i]) for i, name in enumerate(FIELDS))
    if shape.places:
        heard = heard + sum(look_up(weights[f"embed.{name}"], places[i]) for i, name in enumerate(PLACES))
    after = []
    for layer in range(shape.layers):
        bias = weights[f"lstm.{layer}.b"]
        parameters = [weights[f"lstm.{layer}.w"], weights[f"lstm.{layer}.r"], bias, torch.zeros_like(bias)]
        if drop is not None:
            heard = drop(heard)
        heard, hidden, cell = torch.lstm(
            heard, state[layer], parameters, True, 1, 0.0, torch.is_grad_enabled(), False, False
        )
        after.append((hidden.detach(), cell.detach()))
    return heard, after


def no_memory(shape, lanes, like):
    """The memory before the first event."""
    return [tuple(like.new_zeros(1, lanes, shape.hidden) for _ in range(2)) for _ in range(shape.layers)]


def _by_place(weights, told, sureness, landings):
    """What each gap's logit gets for the part of the beat in which it would land, between two parts in proportion."""
    by_phase = torch.addmm(weights["place.b"], functional.relu(told), weights["place.w"]).float()
    by_phase = torch.cat([by_phase, by_phase[:, :1], by_phase[:, :1]], dim=1)
    part = landings.long()
    below, above = by_phase.gather(1, part), by_phase.gather(1, part + 1)
    return sureness[:, None] * torch.lerp(below, above, landings - part)


def losses(weights, heard, fields, counted, sureness, landings):
    """Nats of kind, time, pitch and velocity, each summed over the events that count (see corpus.Surprise).

    heard: [events][hidden]; fields: [4][events], what came next; counted: [events], false for what is not judged;
    sureness: [events] and landings: [events][82], see prepared.Places, of the events that were heard.
    """
    kind, time, pitch, velocity = fields
    counted = counted & (kind != START)

    def nats(name, activation, targets, values, term=0):
        weight, bias = weights[f"head.{name}.w"][:, :values], weights[f"head.{name}.b"][:values]
        logits = torch.addmm(bias, functional.relu(activation), weight)
        return functional.cross_entropy(logits.float() + term, targets, ignore_index=IGNORED, reduction="sum")

    def condition(head, name, values):
        return look_up(weights[f"condition.{head}.{name}"], values)

    kind_nats = nats("kind", heard, kind.masked_fill(~counted, IGNORED), FIELD_SIZES[0])
    told = heard + condition("time", "kind", kind)
    term = _by_place(weights, told, sureness, landings) if "place.w" in weights else 0
    time_nats = nats("time", told, time.masked_fill(~counted, IGNORED), FIELD_SIZES[1], term)
    # Nearly every event has a pitch, half of them a velocity: only there is it worth picking out those that count.
    told = heard + condition("pitch", "kind", kind) + condition("pitch", "time", time)
    pitched = counted & (pitch < NO_PITCH)
    pitch_nats = nats("pitch", told, pitch.masked_fill(~pitched, IGNORED), NO_PITCH)
    struck = counted & (velocity < NO_VELOCITY)
    if heard.is_cuda:
        # A GPU would have to wait until it is known which those are.
        velocity = velocity.masked_fill(~struck, IGNORED)
    else:
        places = struck.nonzero().squeeze(1)
        kind, time, pitch, velocity = (field[places] for field in fields)
        heard = heard[places]
    told = heard + condition("velocity", "kind", kind)
    told = told + condition("velocity", "time", time) + condition("velocity", "pitch", pitch)
    return kind_nats, time_nats, pitch_nats, nats("velocity", told, velocity, NO_VELOCITY)


def notes(kind):
    """How many of these kinds are note-ons."""
    return int(((kind == 1) | (kind == 3)).sum())


def score(flat, shape, pieces, corpus, device="cpu", dtype=torch.float32, pool=None):
    """Notes, and bits per note by field; every piece is heard from its beginning. With a pool, on all its threads."""
    weights = shape.views(flat.to(device=device, dtype=dtype))
    pieces = sorted((piece for piece in pieces if len(piece) > 1), key=len, reverse=True)
    count, grid = 0, 0.0
    for piece in pieces:
        kind, time = unpack(piece[1:])[:2]
        count += notes(kind)
        grid += float(corpus.grid_bits[time].sum())
    if count == 0:
        raise UserError("prepared corpus: no note to judge by; at least one needed. Prepare a larger corpus.")
    # Each thread gets pieces of all lengths, and works on those of about the same length at once.
    threads = pool.threads if pool else 1
    dealt = [pieces[thread::threads] for thread in range(threads)]
    groups = [part[i : i + PIECES_AT_ONCE] for part in dealt for i in range(0, len(part), PIECES_AT_ONCE)]
    run = pool.map if pool else map
    nats = sum(run(lambda group: _score_group(weights, shape, group, corpus.places, device, dtype), groups))
    bits = nats / LN_2 / count
    bits[1] += grid / count
    return count, dict(zip(FIELDS, bits.tolist(), strict=True))


class Pool:
    """Threads that each compute on one core.

    PyTorch's own threads share every small operation and wait for each other at its end, thousands of times in a
    window: on a machine with other work that is several times slower than threads that meet once per window.
    """

    def __init__(self, threads):
        torch.set_num_threads(1)
        self.threads = threads
        self._executor = ThreadPoolExecutor(threads)

    def map(self, function, *arguments):
        """The results in order."""
        return list(self._executor.map(function, *arguments))


@torch.no_grad()
def _score_group(weights, shape, group, places, device, dtype):
    """Nats by field of pieces side by side, longest first: as pieces end, the batch becomes smaller."""
    nats = np.zeros(len(FIELDS))
    state = no_memory(shape, len(group), torch.zeros(0, device=device, dtype=dtype))
    position, max_steps = 0, len(group[0]) - 1
    while position < max_steps:
        group = [piece for piece in group if len(piece) - 1 > position]
        steps = min(max_steps - position, max(16, SCORED_AT_ONCE // len(group)))
        packed = np.zeros((steps + 1, len(group)), dtype=np.int64)
        counted = np.zeros((steps, len(group)), dtype=bool)
        for lane, piece in enumerate(group):
            part = piece[position : position + steps + 1]
            packed[: len(part), lane] = part
            counted[: len(part) - 1, lane] = True
        events = torch.from_numpy(packed).to(device)
        fields = fields_of(events)
        state = [tuple(part[:, : len(group)].contiguous() for part in layer) for layer in state]
        told, sureness, landings = places_of(places, events[:-1])
        heard, state = hear(weights, shape, fields[:, :-1], told, state)
        parts = losses(
            weights,
            heard.reshape(-1, shape.hidden),
            fields[:, 1:].reshape(len(FIELDS), -1),
            torch.from_numpy(counted).to(device).reshape(-1),
            sureness,
            landings,
        )
        nats += [float(part) for part in parts]
        position += steps
    return nats


def checksum_of_tensor(before, name, sizes, block):
    """Goes on with the checksum of model/Checksum.java, which says what it is over."""
    place = struct.pack(f"<{len(sizes) + 1}i", len(sizes), *sizes)
    return zlib.crc32(block, zlib.crc32(place, zlib.crc32(name.encode() + b"\0", before)))


def checksum_text(before, metadata):
    """The whole checksum, after all tensors in the order of their names."""
    for key, text in sorted(metadata.items()):
        before = zlib.crc32(key.encode() + b"\0" + text.encode() + b"\0", before)
    return f"crc32:{before:08x}"


def check(path, header, data, metadata):
    """Refuses a file that was changed after it was written."""
    found = metadata.pop(CHECKSUM, None)
    if found is None:
        print(f"{path}: has no checksum, so damage would not be seen; it is used as it is.", file=sys.stderr)
        return
    checksum = 0
    for name in sorted(header):
        begin, end = header[name]["data_offsets"]
        checksum = checksum_of_tensor(checksum, name, header[name]["shape"], data[begin:end])
    if found != checksum_text(checksum, metadata):
        raise ValueError("its checksum is wrong, it was changed after it was written")


def write_model(path, shape, flat, metadata):
    """Writes a safetensors file as model/ModelFile.java does, beside its place, and moves it there."""
    metadata = {key: text for key, text in metadata.items() if key != CHECKSUM}
    header, blocks, offset = {"__metadata__": metadata}, [], 0
    checksum = 0
    views = shape.views(flat.detach().float().cpu())
    for name in sorted(shape.tensors):
        values = views[name].numpy()
        if name.startswith("lstm."):
            values = np.concatenate([np.split(values, 4)[gate] for gate in TO_FILE]).T
        block = np.ascontiguousarray(values, dtype="<f4").tobytes()
        header[name] = {
            "dtype": "F32",
            "shape": list(shape.tensors[name]),
            "data_offsets": [offset, offset + len(block)],
        }
        offset += len(block)
        blocks.append(block)
        checksum = checksum_of_tensor(checksum, name, shape.tensors[name], block)
    metadata[CHECKSUM] = checksum_text(checksum, metadata)
    header["__metadata__"] = dict(sorted(metadata.items()))
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    write_whole(path, b"".join([struct.pack("<Q", len(text)), text, *blocks]))


def write_whole(path, content):
    """Replaces a file so that a reader never sees half of it."""
    draft = Path(f"{path}.{os.getpid()}.part")
    try:
        with open(draft, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def read_model(path):
    """Shape, flat weights and metadata of a model file, be it written here or by the Java trainer."""
    try:
        content = Path(path).read_bytes()
    except OSError as failure:
        raise UserError(f"{path}: cannot be read ({failure.strerror}). Name a model file.") from None
    try:
        (length,) = struct.unpack_from("<Q", content)
        header = json.loads(content[8 : 8 + length])
        metadata = header.pop("__metadata__", {})
        check(path, header, content[8 + length :], metadata)
        shape = _shape_of(header)
        flat = torch.zeros(shape.count())
        views = shape.views(flat)
        for name, expected in shape.tensors.items():
            entry = header[name]
            begin, end = entry["data_offsets"]
            if entry["dtype"] != "F32":
                raise ValueError(f"{name} is {entry['dtype']}")
            values = np.frombuffer(content[8 + length + begin : 8 + length + end], dtype="<f4")
            # The Java trainer calls a vector what has one row.
            values = values.reshape(expected)
            if name.startswith("lstm."):
                values = np.concatenate([np.split(values.T, 4)[gate] for gate in FROM_FILE])
            views[name].copy_(torch.from_numpy(values.copy()))
    except (struct.error, ValueError, KeyError, TypeError, AttributeError, IndexError) as failure:
        raise UserError(f"{path}: not a model of this vocabulary ({failure}). Name another one.") from None
    if not torch.isfinite(flat).all():
        raise UserError(f"{path}: weights that are not finite. Train it again.")
    return shape, flat, metadata


def _shape_of(header):
    layers = 0
    while f"lstm.{layers}.r" in header:
        layers += 1
    embedding = header["embed.kind"]["shape"][1]
    hidden = header["lstm.0.r"]["shape"][0]
    return Shape(embedding, hidden, layers, places="place.w" in header)
