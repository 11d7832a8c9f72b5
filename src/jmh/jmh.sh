#!/usr/bin/env bash
# JMH with its own options, for instance: src/jmh/jmh.sh StepBench -p size=shipped -p contender=f32 -prof gc
. "$(dirname "${BASH_SOURCE[0]}")/start.sh"

export OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}"
exec "${bench[@]}" org.openjdk.jmh.Main "$@"
