"""Several processes, on one machine or more, that train one network together: started by PyTorch's torchrun."""

import os

import torch
from torch import distributed

from prepared import UserError


class Processes:
    """This process and the others. Alone, every method does nothing and gives what it was given."""

    def __init__(self, device):
        self.count = int(os.environ.get("WORLD_SIZE", "1"))
        self.number = int(os.environ.get("RANK", "0"))
        self.device = device
        if self.count > 1:
            try:
                distributed.init_process_group("nccl" if device == "cuda" else "gloo")
            except (ValueError, RuntimeError) as failure:
                why = " ".join(str(failure).split())[:200]
                raise UserError(
                    f"torchrun: processes cannot meet ({why}). See its --master-addr, --master-port."
                ) from None
            if device == "cuda":
                torch.cuda.set_device(int(os.environ.get("LOCAL_RANK", "0")))

    @property
    def is_first(self):
        """True in the one that prints and writes."""
        return self.number == 0

    def own(self, lanes):
        """Which of all lanes are this process's."""
        each = lanes // self.count
        return slice(self.number * each, (self.number + 1) * each)

    def add(self, tensor):
        """Adds up a tensor over all processes, in place."""
        if self.count > 1:
            distributed.all_reduce(tensor)
        return tensor

    def agree(self, seconds, stop):
        """The first one's clock, and whether anyone wants to stop."""
        if self.count == 1:
            return seconds, stop
        said = torch.tensor([seconds if self.is_first else 0.0, float(stop)], dtype=torch.float64, device=self.device)
        distributed.all_reduce(said)
        return said[0].item(), bool(said[1].item() > 0)

    def gather(self, tensor, dim):
        """The parts of all processes side by side."""
        if self.count == 1:
            return tensor
        parts = [torch.empty_like(tensor) for _ in range(self.count)]
        distributed.all_gather(parts, tensor.contiguous())
        return torch.cat(parts, dim=dim)

    def part(self):
        """Ends in good order."""
        if self.count > 1:
            distributed.destroy_process_group()
