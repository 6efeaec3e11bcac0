"""A run as tables for the terminal."""

from collections.abc import Iterator

from rich import box
from rich.console import Console
from rich.table import Table

from bot.evaluation.metrics import Figure
from bot.evaluation.run import Run
from bot.evaluation.summary import Summary

COLUMNS = {
    "R@1": ("metrics", "recall@1"),
    "R@3": ("metrics", "recall@3"),
    "R@5": ("metrics", "recall@5"),
    "MRR": ("metrics", "mrr@10"),
    "nDCG": ("metrics", "ndcg@10"),
    "quote": ("metrics", "quote_accuracy"),
    "F1": ("metrics", "answer_f1"),
    "bare": ("unmarked_twin", "recall@1"),
    "drop": ("unmarked_twin", "drop"),
    "ECE": ("refusal", "ece"),
}
FORM_COLUMNS = {
    "handled": "handled",
    "misl.": "misleading",
    "list F1": "list_f1",
    "whole": "lists_complete",
    "yes/no": "verdicts_right",
    "opposite": "verdicts_wrong",
    "parts": "parts_right",
}
LINES = {
    "AUROC, right hits against unanswerables": ("refusal", "auroc"),
    "false answers, of all answered": ("refusal", "false_answers"),
    "answered, of the unanswerable": ("refusal", "answered_unanswerable"),
    "false refusals, of the answerable": ("refusal", "false_refusals"),
    "answered and right, of the answerable": ("refusal", "coverage"),
    "AUROC without marks": ("unmarked_twin", "auroc"),
    "R@1 lost after a random other question": ("after_another", "drop"),
    "wrong answers more after a random other question": ("after_another", "wrong_rise"),
}


def show(run: Run, console: Console) -> None:
    """Print the figures of a run: by kind and split, then refusal with 95% intervals, then latency."""
    title = f"{run.gold.name}: {run.summary.n} questions, generation {run.generation}"
    console.print(_by_group(run, title))
    if run.by_type:
        console.print(_by_type(run))
    for label, (group, name) in LINES.items():
        console.print(f"{label}: {described(run.summary.figure(group, name))}")
    latency = run.summary.groups["latency_ms"]
    console.print(f"latency: p50 {latency['p50'].value:.1f} ms, p95 {latency['p95'].value:.1f} ms")


def described(figure: Figure) -> str:
    """Return `0.842 (0.790 to 0.884, n = 215)`."""
    if figure.value is None:
        return "-"
    interval = f"{figure.interval[0]:.3f} to {figure.interval[1]:.3f}, " if figure.interval else ""
    return f"{figure.value:.3f} ({interval}n = {figure.n})"


def _by_group(run: Run, title: str) -> Table:
    table = _narrow(title, "bare: the same questions without marks")
    table.add_column("kind")
    for name in ("n", *COLUMNS):
        table.add_column(name, justify="right")
    rows = list(_rows(run))
    for place, (name, summary) in enumerate(rows):
        figures = [summary.figure(group, name) for group, name in COLUMNS.values()]
        cells = ["" if figure.value is None else f"{figure.value:.3f}" for figure in figures]
        last_of_kinds = place == len(run.by_kind) - 1
        table.add_row(name, str(summary.n), *cells, end_section=last_of_kinds)
    return table


def _by_type(run: Run) -> Table:
    table = _narrow("forms of answers", "misl.: wrong, of what is shown as answered")
    table.add_column("type")
    for name in ("n", *FORM_COLUMNS):
        table.add_column(name, justify="right")
    rows = [*((form.value, summary) for form, summary in run.by_type.items()), ("all", run.summary)]
    for place, (name, summary) in enumerate(rows):
        figures = [summary.figure("forms", figure) for figure in FORM_COLUMNS.values()]
        cells = ["" if figure.value is None else f"{figure.value:.2f}" for figure in figures]
        n = str(summary.figure("forms", "handled").n)
        table.add_row(name, n, *cells, end_section=place == len(rows) - 2)
    return table


def _narrow(title: str, caption: str) -> Table:
    """A table whose columns stand one space apart: a terminal of 80 columns takes it whole."""
    return Table(title=title, title_justify="left", caption=caption, box=box.SIMPLE_HEAD, show_edge=False, padding=0)


def _rows(run: Run) -> Iterator[tuple[str, Summary]]:
    yield from ((kind.value, summary) for kind, summary in run.by_kind.items())
    if len(run.by_split) > 1:
        yield from ((f"all of {split.value}", summary) for split, summary in run.by_split.items())
    yield "all", run.summary
