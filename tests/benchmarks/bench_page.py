"""docs/benchmarks.md and its plots, out of the figures of one `make bench`; see `bench`."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tests.benchmarks.contestants import OURS, OURS_WITHOUT_READER
from tests.benchmarks.growth_page import growth_part, growth_picture
from tests.benchmarks.peer_environment import TXTAI
from tests.benchmarks.peers import FOLDER, ROOT
from tests.benchmarks.plots import bars

PAGE = ROOT / "docs" / "benchmarks.md"
PICTURES = ROOT / "docs" / "pictures"


class _Row(NamedTuple):
    label: str
    step: str
    key: str
    unit: str = ""


_ROWS = (
    _Row("a warm question, processor", "measure", "processor_ms", "ms"),
    _Row("a warm question by the clock, p50", "measure", "p50_ms", "ms"),
    _Row("... p95", "measure", "p95_ms", "ms"),
    _Row("8 clients by the clock, p50", "measure", "p50_ms_of_8", "ms"),
    _Row("... p95", "measure", "p95_ms_of_8", "ms"),
    _Row("1 client, questions a second", "measure", "a_second"),
    _Row("8 clients, questions a second", "measure", "a_second_of_8"),
    _Row("indexing, passages a second of processor", "build", "a_second"),
    _Row("start to first answer, processor", "first", "processor_seconds", "s"),
    _Row("most memory while answering", "measure", "memory_mb", "MB"),
    _Row("Recall@1 with marks", "measure", "recall_marked"),
    _Row("Recall@1 without marks", "measure", "recall_unmarked"),
)


_TEXTS = {
    "timings": "The program from outside",
    "hostile_sizes": "Large and hostile input",
    "reindexing": "Indexing a thousand documents, and again",
    "pages": "Pages in a browser",
}
"""Headings of what modules print."""


def write(told: Mapping[str, Mapping[str, str]]) -> None:
    """Write the page and the plots beside it.

    Args:
        told: name of a module -> `text` that it printed, and the `reason` where it failed.
    """
    peers = _read(FOLDER / "peers.json")
    limits = _read(FOLDER / "limits.json")
    growth = _read(FOLDER / "growth.json")
    parts = [_head(peers), _peers_part(peers), _people_part(peers), _limits_part(peers, limits), growth_part(growth)]
    parts += [text_part(name, said) for name, said in told.items()]
    for name, picture in (_pictures(peers) | {"bench-growth.svg": growth_picture(growth)}).items():
        (PICTURES / name).write_text(picture, "utf-8")
    PAGE.write_text("\n\n".join(parts) + "\n", "utf-8")


def _read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def _head(peers: Mapping[str, Any]) -> str:
    machine = peers["machine"]
    formats = " and ".join(name for name in ("bfloat16", "vnni") if machine[name]).replace("vnni", "VNNI")
    versions = ", ".join(f"{name} {version}" for name, version in peers["versions"].items())
    missing = "".join(
        f"\nCould not be installed, and is not compared: {name} ({reason})." for name, reason in peers["failed"].items()
    )
    return f"""# Beside others, and at size

    make bench

measures everything on this page and writes it anew; it takes 20 to 60 minutes, and goes on where it stopped when it is
cut off. Peers are installed from PyPI into an environment of their own, var/bench/venv, on first use; it sees this
project's torch. Where a package cannot be had (no network, no wheel for this Python), that peer is left out and named
here with pip's reason; everything else is measured all the same.

Taken on {machine["day"]}: {machine["processor"]}, {machine["cores"]} cores ({formats or "neither bfloat16 nor VNNI"}),
Python {machine["python"]}; {versions}. One thread a library.
{_shared(machine["load"], machine["cores"])}{missing}"""


def _shared(load: float, cores: int) -> str:
    """Whether anything else ran, as far as the load tells: one step runs at a time, on one thread or a few."""
    if load <= cores:
        return f"The load was {load}: nothing else of weight ran."
    return (
        f"Other work kept the cores busy (load {load}): times by the clock are longer than on a quiet machine and "
        "tell little;\nseconds of processor and ratios within this run count."
    )


def _peers_part(peers: Mapping[str, Any]) -> str:
    found = peers["contestants"]
    return f"""## Side by side

{peers["passages"]} passages of tests/gold/practice, {peers["questions"]} questions, half of them the other half typed
without marks; the same passages and the same model (multilingual-e5-small, the bundled weights) for all, each step a
process of its own. Haystack is BM25 and embedding retrievers joined by reciprocal rank, LlamaIndex likewise, txtai its
hybrid index. Peers rank passages and read nothing; `danvan` answers with the words, the sentence and a calibrated
confidence, and has a vector for every sentence besides.

Ratios to {TXTAI.name}:

{_table(found, ratios=True)}

Figures:

{_table(found, ratios=False)}

![Processor time of a warm question](pictures/bench-question.svg)
![Recall@1 without marks](pictures/bench-unmarked.svg)"""


def _table(found: Mapping[str, Any], *, ratios: bool) -> str:
    names = list(found)
    rows = [f"| | {' | '.join(names)} |", f"| --- |{' --- |' * len(names)}"]
    for row in _ROWS:
        values = [found[name].get(row.step, {}).get(row.key) for name in names]
        base = found.get(TXTAI.name, {}).get(row.step, {}).get(row.key)
        if ratios:
            if base:
                cells = ["" if value is None else f"{value / base:.2f}" for value in values]
                rows.append(f"| {row.label} | {' | '.join(cells)} |")
            continue
        cells = ["" if value is None else f"{value:.3g} {row.unit}".strip() for value in values]
        rows.append(f"| {row.label} | {' | '.join(cells)} |")
    return "\n".join(rows)


def _people_part(peers: Mapping[str, Any]) -> str:
    found = peers["contestants"]
    rows = [
        "| | together, processor | one by one, processor | together by the clock | p50 | p95 |",
        "| --- |" + " --- |" * 5,
    ]
    rows += [
        f"| {name} | {one['processor_seconds']:.1f} s | {one['processor_seconds_one_by_one']:.1f} s "
        f"| {one['seconds']:.1f} s | {one['p50_ms'] / 1000:.1f} s | {one['p95_ms'] / 1000:.1f} s |"
        for name, one in ((name, found[name]["people"]) for name in found)
    ]
    clients = "\n".join(
        f"- {name}: 8 clients get {of['a_second_of_8'] / of['a_second']:.2f} times the answers of one, on "
        f"{of['cores_of_8']:.2f} cores at once."
        for name, of in ((name, found[name]["measure"]) for name in found)
    )
    questions = next(iter(found.values()))["people"]["questions"]
    text = f"""## Fifty people with two questions each

All at once, everybody the second question when the first is answered; {questions} different questions, so that no
kept answer helps (in use, a question that was answered from the same index is not worked out again).

{chr(10).join(rows)}
"""
    if TXTAI.name in found:
        base = found[TXTAI.name]["people"]
        ours = {name: found[name]["people"] for name in (OURS, OURS_WITHOUT_READER)}
        told = ", ".join(
            f"{name} {one['seconds'] / base['seconds_one_by_one']:.2f} by the clock and "
            f"{one['processor_seconds'] / base['processor_seconds_one_by_one']:.2f} in processor time"
            for name, one in ours.items()
        )
        text += f"\nUntil the last has the answer, against {TXTAI.name} answering the 100 one by one: {told}.\n"
    return f"""{text}
{clients}

Questions that wait are not read together in one batch: every text is a run of its own on one core, as many at once as
there are cores, which keeps both busy without padding one text to the length of another
([decisions/network.md](decisions/network.md))."""


def _limits_part(peers: Mapping[str, Any], limits: Mapping[str, Any]) -> str:
    found = peers["contestants"]
    machine = limits["machine"]
    a_passage = peers["operations_a_passage"]
    rows = [network_row(one) for one in limits["networks"]]
    rows += [
        _limits_row(
            f"{name}, indexing", "fp32", a_passage * of["build"]["a_second"], machine["float_operations"], mixed=""
        )
        for name, of in found.items()
        if name not in (OURS, OURS_WITHOUT_READER)
    ]
    lines = "\n".join(rows)
    scan = limits["scan"]
    return f"""## The machine's own limits

On one core: a product of float32 matrices of 1,024 rows {machine["float_operations"] / 1e9:.0f} GFLOP/s (NumPy), of
8-bit numbers {machine["byte_operations"] / 1e9:.0f} (ONNX Runtime), memory read at
{machine["bytes_read"] / 1e9:.1f} GB a second.

| embedding | in | GFLOP/s | limit | share | of the mixed limit |
| --- | --- | --- | --- | --- | --- |
{lines}

GFLOP/s and share count the products with the weights alone, against the limit of the format they are made in. The mixed
limit counts attention's products too, which are float32 in every format and grow with the square of a text's length:
the least time in which each product could be done at its own format's limit, as a share of the time that was taken.
"Passages and sentences" is what an index embeds; "whole documents" are read up to 512 tokens. Peers'
shares hold their imports and the loading of the model, as the throughput above does. An exact scan over
{scan["vectors"]:,} vectors reads {scan["bytes_a_second"] / 1e9:.1f} GB a second,
{scan["bytes_a_second"] / machine["bytes_read"]:.0%} of what memory gives."""


def network_row(one: Mapping[str, Any]) -> str:
    """A line of the table for some texts in some format, as `machine_limits` measured it."""
    name = f"this network, {one['texts']} ({one['tokens_a_text']:.0f} tokens each)"
    mixed = f"{one['share_of_mixed_limit']:.0%}"
    return _limits_row(name, one["number_format"], one["operations_a_second"], one["limit"], mixed)


def _limits_row(name: str, form: str, done: float, limit: float, mixed: str) -> str:
    cells = (name, form, f"{done / 1e9:.0f}", f"{limit / 1e9:.0f}", f"{done / limit:.0%}", mixed)
    return f"| {' | '.join(cells)} |"


def _pictures(peers: Mapping[str, Any]) -> dict[str, str]:
    found = peers["contestants"]
    question = {name: found[name]["measure"]["processor_ms"] for name in found}
    unmarked = {name: found[name]["measure"]["recall_unmarked"] for name in found}
    return {
        "bench-question.svg": bars("Processor time of a warm question", question, "ms"),
        "bench-unmarked.svg": bars("Recall@1 of questions typed without marks", unmarked, ""),
    }


def text_part(module: str, said: Mapping[str, str]) -> str:
    """What a module printed, under its heading, and why it did not get to its end where it did not."""
    printed = "".join(f"    {line}\n" for line in said["text"].splitlines())
    failed = f"\nNot measured to the end: {said['reason']}.\n" if "reason" in said else ""
    return f"## {_TEXTS[module]}\n\n`python -m tests.benchmarks.{module}`\n\n{printed}{failed}".rstrip()
