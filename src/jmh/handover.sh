#!/usr/bin/env bash
# What it costs to give a message to a port that schedules by itself, directly and through a thread of its own.
. "$(dirname "${BASH_SOURCE[0]}")/start.sh"
exec "${bench[@]}" antiphon.live.HandOver
