#!/usr/bin/env python3
"""Learns which pitch classes are in the chord that a tune asks for: the weights of antiphon.improv.listen.TuneChords.

Needs numpy only. From the training side of POP909 (see `antiphon eval --harmony`, which judges by the other sides):

    python3 src/torch/tune_chords.py songs.jsonl -o src/main/resources/antiphon/improv/listen/tune-chords.txt

`songs.jsonl` holds a line for each song: {"side": "TRAIN"|"VALID", "notes": [[onset s, duration s, pitch, chord, key], ...]}
with the tune's notes in order, the pitch classes of the chord as a number with a bit for each (0: none stands), and the
tonic of the key taken as major. Two networks with different random numbers are learned; in the file they are one with
twice the hidden units, so that what is guessed is the mean of both logits. Takes some minutes.
"""

import argparse
import base64
import json
import time

import numpy as np

NOTES = 8
TIMED = 4
FADES = (1.2, 5.0, 20.0)
LONGEST_GAP = 2.0
LONGEST_NOTE = 1.5
SHORTEST_NOTE = 0.15
LITTLE = 0.3
HIDDEN = 192
SEEDS = (1, 2)
PASSES = 12
BATCH = 512
RATE = 3e-3
DROPOUT = 0.45
INPUT_DROPOUT = 0.1
DECAY = 1e-5


def inputs(notes):
    """What the network is told at each note that has a chord, which pitch classes are right, and the note's own."""
    told, right, own = [], [], []
    recent = np.zeros((len(FADES), 12))
    for i, (onset, _, pitch, chord, key) in enumerate(notes):
        if i:
            last = notes[i - 1]
            gap = onset - last[0]
            recent[:, last[2] % 12] += min(last[1], gap, LONGEST_NOTE) + SHORTEST_NOTE
            for row, fade in zip(recent, FADES):
                row *= np.exp(-gap / fade)
        if not chord:
            continue
        gaps = [min(notes[i - k + 1][0] - notes[i - k][0], LONGEST_GAP) if i >= k else 0.0 for k in range(1, NOTES)]
        parts = []
        for k in range(NOTES):
            degree = np.zeros(12)
            if i >= k:
                degree[(notes[i - k][2] - key) % 12] = 1
            parts.append(degree)
            if 1 <= k <= TIMED:
                parts.append(degree * min(gaps[k - 1], LONGEST_NOTE))
        parts += [np.roll(row, -key) / (row.sum() + LITTLE) for row in recent]
        parts.append(np.array(gaps[:TIMED]))
        told.append(np.concatenate(parts))
        right.append([chord >> (degree + key) % 12 & 1 for degree in range(12)])
        own.append((pitch - key) % 12)
    return np.array(told, np.float32), np.array(right, np.float32), np.array(own)


def learn(told, right, seed):
    """One hidden layer of rectified units, by Adam (Kingma and Ba 2015) with dropout (Srivastava et al. 2014)."""
    random = np.random.default_rng(seed)
    width = told.shape[1]
    weights = [
        random.normal(0, width**-0.5, (width, HIDDEN)).astype("f"),
        np.zeros(HIDDEN, "f"),
        random.normal(0, HIDDEN**-0.5, (HIDDEN, 12)).astype("f"),
        np.zeros(12, "f"),
    ]
    means = [np.zeros_like(each) for each in weights]
    squares = [np.zeros_like(each) for each in weights]
    steps = PASSES * (len(told) // BATCH)
    step = 0
    for _ in range(PASSES):
        order = random.permutation(len(told))
        for begin in range(0, len(order) - BATCH + 1, BATCH):
            some = order[begin : begin + BATCH]
            x = told[some] * (random.random((BATCH, width)) > INPUT_DROPOUT)
            hidden = np.maximum(x @ weights[0] + weights[1], 0)
            kept = (random.random(hidden.shape) > DROPOUT) / (1 - DROPOUT)
            seen = (hidden * kept).astype("f")
            error = (1 / (1 + np.exp(-(seen @ weights[2] + weights[3]))) - right[some]) / BATCH
            back = (error @ weights[2].T) * kept * (hidden > 0)
            step += 1
            rate = RATE * 0.5 * (1 + np.cos(np.pi * step / steps)) + 2e-5
            for i, slope in enumerate((x.T @ back, back.sum(0), seen.T @ error, error.sum(0))):
                slope = slope + DECAY * weights[i] * (i % 2 == 0)
                means[i] = 0.9 * means[i] + 0.1 * slope
                squares[i] = 0.999 * squares[i] + 0.001 * slope * slope
                mean, square = means[i] / (1 - 0.9**step), squares[i] / (1 - 0.999**step)
                weights[i] -= (rate * mean / (np.sqrt(square) + 1e-8)).astype("f")
    return weights


def in_chord(weights, songs):
    """Of the likeliest pitch classes a third to a tenth below the tune, the share that is in the chord; mean of songs."""
    shares = []
    for told, right, own in songs:
        logits = np.maximum(told @ weights[0] + weights[1], 0) @ weights[2] + weights[3]
        degrees = np.arange(12)[None, :]
        away = (own[:, None] - degrees) % 12
        best = np.where((away != 0) & (away != 1), logits, -np.inf).argmax(1)
        shares.append(right[np.arange(len(best)), best].mean())
    return float(np.mean(shares))


def write(path, weights):
    """As bytes with one step for each matrix."""
    with open(path, "w", encoding="ascii") as file:
        file.write("# Weights of TuneChords, made by src/torch/tune_chords.py: name, value of one step, bytes in base64.\n")
        for name, values in zip(("W", "b", "V", "c"), weights):
            step = np.abs(values).max() / 127
            bytes_ = np.clip(np.round(values / step), -127, 127).astype(np.int8).tobytes()
            file.write(f"{name} {step:.6g} {base64.b64encode(bytes_).decode()}\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("songs")
    parser.add_argument("-o", "--output", required=True)
    options = parser.parse_args()
    sides = {"TRAIN": [], "VALID": []}
    with open(options.songs, encoding="utf-8") as file:
        for line in file:
            song = json.loads(line)
            told = inputs(song["notes"])
            if song["side"] in sides and len(told[0]):
                sides[song["side"]].append(told)
    told, right = (np.concatenate([song[i] for song in sides["TRAIN"]]) for i in (0, 1))
    nets = []
    for seed in SEEDS:
        began = time.monotonic()
        nets.append(learn(told, right, seed))
        share = in_chord(nets[-1], sides["VALID"])
        print(f"seed {seed}: {share:.4f} in chord on the valid side, {time.monotonic() - began:.0f} s", flush=True)
    first, second = nets
    both = [
        np.concatenate([first[0], second[0]], 1),
        np.concatenate([first[1], second[1]]),
        np.concatenate([first[2], second[2]]) / 2,
        (first[3] + second[3]) / 2,
    ]
    print(f"together: {in_chord(both, sides['VALID']):.4f}")
    write(options.output, both)


if __name__ == "__main__":
    main()
