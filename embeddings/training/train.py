"""Training that may be cut off at any time: it saves checkpoints and goes on from the last."""

import math
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch

from embeddings.training.network import Network

_CHECKPOINT = "checkpoint.pt"
_SAVE_SECONDS = 240.0
_LOG_STEPS = 10

Parts = dict[str, torch.Tensor]


def steps_done(work: Path) -> int:
    """Steps of the checkpoint in a folder of work; a resumed run draws other batches than those before."""
    path = work / _CHECKPOINT
    return int(torch.load(path, weights_only=True)["step"]) if path.is_file() else 0


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast.

    Attributes:
        seconds: of the whole run, all its pieces together; of processor on a CPU, of the clock elsewhere.
        rate: highest learning rate of the adapters, `head_rate` of the heads.
        warmup: steps until the highest rate; it falls to zero from there along a cosine over the run.
    """

    seconds: float
    rate: float
    head_rate: float
    warmup: int


class Training:
    """One run, in pieces.

    Args:
        model: what is trained.
        steps: without end: what each step computes, as functions that give the step's losses, weighted, in parts whose
            gradients are summed up.
        schedule: how long and how fast.
        work: folder for the checkpoint.
    """

    def __init__(
        self, model: Network, steps: Iterator[list[Callable[[], Parts]]], schedule: Schedule, work: Path
    ) -> None:
        self.model = model
        self._steps = steps
        self._schedule = schedule
        self._work = work
        heads = list(model.heads.parameters())
        known = {id(p) for p in heads}
        adapters = [p for p in model.parameters() if p.requires_grad and id(p) not in known]
        self._parameters = [*adapters, *heads]
        self._clock = time.process_time if model.device.type == "cpu" else time.monotonic
        self._optimizer = torch.optim.AdamW([{"params": adapters}, {"params": heads}], weight_decay=0.01)
        self.step = 0
        self._spent = 0.0
        work.mkdir(parents=True, exist_ok=True)
        if (work / _CHECKPOINT).is_file():
            self._resume()

    def run(self) -> None:
        """Train until the time is spent."""
        started = self._clock()
        saved = time.monotonic()
        before = self._spent
        self.model.train()
        for parts in self._steps:
            if self._spent >= self._schedule.seconds:
                break
            losses = self._one(parts)
            self._spent = before + self._clock() - started
            if self.step % _LOG_STEPS == 0:
                shown = " ".join(f"{name} {float(value):.3f}" for name, value in losses.items())
                sys.stdout.write(f"step {self.step} {self._spent:.0f} s: {shown}\n")
                sys.stdout.flush()
            if time.monotonic() - saved > _SAVE_SECONDS:
                self._save()
                saved = time.monotonic()
        self.model.eval()
        self._save()

    def _one(self, parts: list[Callable[[], Parts]]) -> Parts:
        share = self._spent / self._schedule.seconds
        factor = min((self.step + 1) / self._schedule.warmup, 0.5 * (1 + math.cos(math.pi * min(share, 1.0))))
        for group, rate in zip(
            self._optimizer.param_groups, (self._schedule.rate, self._schedule.head_rate), strict=True
        ):
            group["lr"] = rate * factor
        self._optimizer.zero_grad(set_to_none=True)
        sums: dict[str, torch.Tensor] = {}
        for part in parts:
            with torch.autocast(self.model.device.type, torch.bfloat16):
                losses = part()
            total = torch.stack(list(losses.values())).sum() / len(parts)
            total.backward()  # type: ignore[no-untyped-call]
            for name, value in losses.items():
                sums[name] = sums.get(name, 0.0) + value.detach() / len(parts)
        torch.nn.utils.clip_grad_norm_(self._parameters, 1.0)
        self._optimizer.step()
        self.step += 1
        return sums

    def _save(self) -> None:
        state = {
            "step": self.step,
            "spent": self._spent,
            "model": self.model.trained(),
            "optimizer": self._optimizer.state_dict(),
        }
        aside = self._work / f"{_CHECKPOINT}.part"
        torch.save(state, aside)
        aside.replace(self._work / _CHECKPOINT)

    @torch.no_grad()
    def _resume(self) -> None:
        state = torch.load(self._work / _CHECKPOINT, map_location=self.model.device, weights_only=True)
        for name, tensor in self.model.trained().items():
            tensor.copy_(state["model"][name])
        self._optimizer.load_state_dict(state["optimizer"])
        self.step, self._spent = int(state["step"]), float(state["spent"])
