"""Draws performance-*.csv, which StepCurves wrote, as PNG beside them: curves.py FOLDER."""

import csv
import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402


def read(path):
    """The machine line, and the rows as dictionaries."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return lines[0].lstrip("# "), list(csv.DictReader(lines[1:]))


def curves(rows, key, x, y):
    """Per kernel or contender its points, in order."""
    found = {}
    for row in rows:
        found.setdefault(row[key], []).append((float(row[x]), float(row[y])))
    return {name: sorted(points) for name, points in found.items()}


def draw(folder, name, key, x, lines, labels, scale="linear"):
    machine, rows = read(folder / f"{name}.csv")
    figure, axes = plt.subplots(figsize=(8, 5), dpi=110)
    for y, style, suffix in lines:
        for curve, points in curves(rows, key, x, y).items():
            # The limit's tail says nothing about us.
            if suffix and curve.startswith("read"):
                continue
            shown = {"read": "weights read once (plain Java)", "read-vector": "weights read once (Vector API)"}
            axes.plot(*zip(*points), style, label=shown.get(curve, curve) + suffix, markersize=4)
    axes.set_xlabel(labels[0])
    axes.set_ylabel(labels[1])
    axes.set_xscale(scale)
    axes.set_yscale(scale)
    if scale == "linear":
        axes.set_ylim(bottom=0)
    axes.grid(True, which="both", alpha=0.3)
    axes.legend()
    axes.set_title(labels[2])
    figure.text(0.01, 0.01, machine, fontsize=6, color="gray")
    figure.tight_layout(rect=(0, 0.02, 1, 1))
    figure.savefig(folder / f"{name}.png")


def main():
    folder = Path(sys.argv[1])
    both = [("median_micros", "o-", ""), ("p99_micros", "x:", ", p99")]
    draw(folder, "performance-size", "contender", "parameters", both,
         ("parameters", "microseconds a step", "One step and the kind head, warm"), "log")
    draw(folder, "performance-voices", "kernel", "voices", [("events_per_second", "o-", "")],
         ("voices", "events per second, all voices", "Sustained events on one thread, shipped model"))
    draw(folder, "performance-rollout", "kernel", "depth", both,
         ("depth of the roll-out", "microseconds a decision", "A decision with its roll-out, shipped model"))


main()
