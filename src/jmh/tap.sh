#!/usr/bin/env bash
# How long the engine takes, and what it allocates, with no reader on the tap and with three of which one has stopped.
. "$(dirname "${BASH_SOURCE[0]}")/start.sh"
exec "${bench[@]}" antiphon.live.TapReaders
