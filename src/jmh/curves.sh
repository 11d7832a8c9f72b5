#!/usr/bin/env bash
# Measures how the cost of a step grows; writes src/docs/performance-*.csv and draws them as PNG beside.
#
#   src/jmh/curves.sh [SECONDS]   seconds (30) for each of the three curves; PYTHON names a Python with matplotlib
. "$(dirname "${BASH_SOURCE[0]}")/start.sh"

"${bench[@]}" antiphon.bench.StepCurves src/docs "${1:-30}"
"${PYTHON:-/usr/bin/python3}" src/jmh/curves.py src/docs
