"""The part of docs/benchmarks.md on what grows with the documents."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.benchmarks.plots import curves

_MILLION = 1_000_000
_COLUMNS = (
    ("build", "processor_seconds", "written, s"),
    ("build", "memory_mb", "memory for that, MB"),
    ("build", "disk_mb", "on disk, MB"),
    ("search", "opening_seconds", "opened, s"),
    ("search", "memory_mb", "memory then, MB"),
    ("search", "serving_own_mb", "its own after 65 questions, MB"),
    ("search", "serving_mb", "with parts of mapped files, MB"),
    ("search", "p50_ms", "search p50, ms"),
    ("search", "p95_ms", "p95, ms"),
    ("search", "flat_ms", "FAISS flat, ms"),
    ("search", "recall_at_10", "recall@10"),
)


def growth_part(growth: Mapping[str, Any]) -> str:
    """Figures of every size, all in processor time."""
    sizes = growth["sizes"]
    rows = [
        f"| passages | vectors | {' | '.join(label for _, _, label in _COLUMNS)} |",
        "| --- |" + " --- |" + " --- |" * len(_COLUMNS),
    ]
    for size, of in sizes.items():
        cells = " | ".join(_number(of[step][key]) for step, key, _ in _COLUMNS)
        rows.append(f"| {int(size):,} | {of['build']['vectors']:,} | {cells} |")
    return f"""## What grows

`python -m tests.benchmarks.growth` (part of `make bench`; `--sizes 1000000` goes on, some 30 minutes of processor and
20 GB of disk): real sentences recombined into so many passages, vectors recombined from theirs by sums and differences
(`recombining.py` says how), no embedding; seconds of processor on one core. "Search" is a whole real question
understood, both channels, exact scores and the ranking, without embedding it and without the reader. "FAISS flat" scans
the same vectors for the 200 nearest; recall@10 is how many of the ten passages nearest by that scan are found. The
memory holds the encoder, some 150 MB; parts of mapped files are given back where the machine needs room.

{chr(10).join(rows)}

{_a_million(sizes)}

![What grows with the passages](pictures/bench-growth.svg)"""


def _a_million(sizes: Mapping[str, Any]) -> str:
    """What a million passages would take if everything went on as between the two largest sizes."""
    if int(list(sizes)[-1]) >= _MILLION:
        return ""
    smaller, larger = list(sizes)[-2:]

    def reached(step: str, key: str) -> float:
        low, high = sizes[smaller][step][key], sizes[larger][step][key]
        return float(high + (high - low) / (int(larger) - int(smaller)) * (_MILLION - int(larger)))

    disk, memory = (reached(*key) / 1000 for key in (("build", "disk_mb"), ("search", "memory_mb")))
    hours = reached("build", "processor_seconds") / 3600
    opened, searching = reached("search", "opening_seconds"), reached("search", "p50_ms")
    return f"""A million passages were not measured. If everything went on as from {int(smaller):,} to {int(larger):,}
passages, they would take {disk:.0f} GB of disk, {hours:.1f} hours to write (without embedding), {opened:.0f} s to open,
{memory:.1f} GB of memory of the process (the parts of mapped files that are in use are in it), and {searching:.0f} ms
a search."""


def growth_picture(growth: Mapping[str, Any]) -> str:
    """Opening, searching and memory over the number of passages."""
    sizes = growth["sizes"]

    def of(key: str) -> Sequence[float]:
        return [one["search"][key] for one in sizes.values()]

    across = [float(size) for size in sizes]
    series = {"opening, s": of("opening_seconds"), "search, ms": of("p50_ms"), "memory, MB": of("memory_mb")}
    return curves("What grows with the passages", across, series, "processor time, memory")


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2g}"
