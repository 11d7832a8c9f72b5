#!/usr/bin/env bash
# One table of step times: our kernels, Deeplearning4j, ONNX Runtime and the limit, on the same weights, in turns.
#
#   src/jmh/table.sh [SECONDS [SIZE]...]   seconds (30) for each size, warm and again cold; sizes: 256 shipped 512
. "$(dirname "${BASH_SOURCE[0]}")/start.sh"

# Deeplearning4j gets whichever count of threads suits it better here.
one=$(OMP_NUM_THREADS=1 "${bench[@]}" antiphon.bench.StepTable dl4j 2>/dev/null)
two=$(OMP_NUM_THREADS=2 "${bench[@]}" antiphon.bench.StepTable dl4j 2>/dev/null)
export OMP_NUM_THREADS=1
if [ "$two" -lt "$one" ]; then OMP_NUM_THREADS=2; fi
echo "Deeplearning4j, median of a step: $one us with OMP_NUM_THREADS=1, $two us with 2."
exec "${bench[@]}" antiphon.bench.StepTable "$@"
