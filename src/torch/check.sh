#!/usr/bin/env bash
# Proves that the PyTorch network and the Java network are the same: the shipped model and one that is trained here for
# some seconds must cost as much in `train.py --score` as in `antiphon eval`, on the test pieces of src/corpus. Then that
# two processes under torchrun learn what one with twice the batch learns.
# Exits with 1 if they differ by more than 0.001 bits per note. PYTHON names a Python with torch (default: python3).
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

bin/antiphon prepare src/corpus -o "$work/prepared" --passes 1
"$python" src/torch/train.py "$work/prepared" -o "$work/new.safetensors" \
  --hidden 48 --embedding 24 --layers 3 --batch 8 --window 32 --minutes 0 --passes 0.1 --valid-events 5000

for model in models/antiphon.safetensors "$work/new.safetensors"; do
  bin/antiphon eval src/corpus --split test --json --model "$model" >"$work/java.json"
  "$python" src/torch/train.py "$work/prepared" --score "$model" >"$work/torch.json"
  "$python" - "$work/java.json" "$work/torch.json" "$model" <<'PYTHON'
import json
import sys

java, torch = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:3])
pairs = {"all": (java["bitsPerNote"], torch["bitsPerNote"])}
pairs.update((name, (java["fields"][name], torch["fields"][name])) for name in java["fields"])
wrong = [name for name, (one, other) in pairs.items() if not abs(one - other) <= 1e-3]
print(sys.argv[3], f"{java['notes']} and {torch['notes']} notes;", *(
    f"{name} {one:.5f} {other:.5f};" for name, (one, other) in pairs.items()
))
if wrong or java["notes"] != torch["notes"]:
    sys.exit(f"check.sh: Java and PyTorch differ ({', '.join(wrong) or 'in the count of notes'}); see above.")
PYTHON
done
echo "The same within 0.001 bits per note."

learn() {
  local name=$1
  shift
  "$@" src/torch/train.py "$work/prepared" -o "$work/$name.safetensors" --hidden 48 --embedding 24 --window 32 \
    --precision f32 --minutes 0 --passes 0.1 --valid-every 20 --valid-events 5000 "${options[@]}"
}

options=(--batch 16 --threads 2)
learn one "$python"
options=(--batch 8 --threads 1)
learn two "$python" -m torch.distributed.run --nproc-per-node 2
"$python" - "$work/one.csv" "$work/two.csv" <<'PYTHON'
import sys

one, two = ([line.split(",")[1:] for line in open(path, encoding="utf-8")][1:] for path in sys.argv[1:])
if len(one) != len(two) or any(abs(float(a) - float(b)) > 1e-3 for x, y in zip(one, two) for a, b in zip(x, y)):
    sys.exit(f"check.sh: one process and two differ: {one} and {two}.")
PYTHON
echo "Two processes learn what one with twice the batch learns."

"$python" - "$work/one.checkpoint.pt" <<'PYTHON'
import sys

import torch

checkpoint = torch.load(sys.argv[1], weights_only=True)
checkpoint["weights"] = checkpoint["weights"][:-1].clone()
torch.save(checkpoint, sys.argv[1])
PYTHON
said=$("$python" src/torch/train.py "$work/prepared" -o "$work/one.safetensors" --resume 2>&1) && status=0 || status=$?
if [ "$status" != 1 ] || [ "$(wc -l <<<"$said")" != 1 ] || [[ $said != *"weights found"* ]]; then
  echo "check.sh: a checkpoint of another network is not refused in one line: $said" >&2
  exit 1
fi
echo "A checkpoint of another network is refused in one line."
