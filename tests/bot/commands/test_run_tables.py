"""The figures of a run as tables: whole on a terminal of 80 columns."""

import io
from dataclasses import replace

from rich.console import Console

from bot.commands.run_tables import show
from bot.gold.gold_items import Kind
from tests.bot.evaluation.test_evaluation_run import ITEMS, run_of


def test_every_figure_is_printed_whole_in_80_columns() -> None:
    question = ITEMS[0]
    kinds = [kind for kind in Kind if kind not in (Kind.FOLLOWUP, Kind.UNANSWERABLE, Kind.OFFTOPIC)]
    items = (*ITEMS, *(replace(question, id=f"k-{kind}", kind=kind) for kind in kinds))
    run = run_of(items=items)
    printed = io.StringIO()
    show(run, Console(file=printed, width=80, markup=False, highlight=False))
    lines = printed.getvalue().splitlines()
    assert max(map(len, lines)) <= 80
    assert "…" not in printed.getvalue()
    figure = f"{run.summary.figure('metrics', 'mrr@10').value:.3f}"
    [last] = [line for line in lines if line.split()[:2] == ["all", str(len(items))]]
    assert figure in last.split()
    assert all(kind.value in printed.getvalue() for kind in kinds)
