"""One self-contained HTML page about a run, and the run file beside it."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.evaluation.asking import Outcome
from bot.evaluation.comparison import CHANCE, Change, Comparison
from bot.evaluation.judging import is_right
from bot.evaluation.metrics import Figure
from bot.evaluation.quality_gate import GateResult, Part
from bot.evaluation.report import charts, report_texts
from bot.evaluation.run import Run
from bot.evaluation.summary import Summary
from bot.gold.gold_files import replace_file
from bot.gold.gold_items import AnswerType, Kind
from embeddings.hits import Hit

PAGE = "index.html"
RUN_FILE = "run.json"
PASSAGES_SHOWN = 5
PASSAGE_LENGTH = 500
WRONG, INVENTED, REFUSED, QUOTE = "wrong", "invented", "refused", "quote"
TITLES = {
    WRONG: "Đoạn nêu đầu tiên chưa đúng",
    INVENTED: "Trả lời điều tài liệu không nêu",
    REFUSED: "Tìm đúng đoạn nhưng không trả lời",
    QUOTE: "Đúng đoạn nhưng câu trích dẫn chưa đúng",
}


@dataclass(frozen=True, slots=True)
class Found:
    """One passage found for a question that went wrong."""

    rank: int
    title: str
    text: Markup
    right: bool
    score: float
    hit: Hit | None


@dataclass(frozen=True, slots=True)
class Failure:
    """A question that went wrong, and how."""

    outcome: Outcome
    found: tuple[Found, ...]


def write_report(
    folder: Path, run: Run, record: Mapping[str, object], comparison: Comparison | None, gate: GateResult | None
) -> Path:
    """Write the page and, as `run.json`, the record that later runs can be compared with.

    Returns:
        Path of the page.

    Raises:
        GoldError: if the folder cannot be written to.
    """
    replace_file(folder / RUN_FILE, (json.dumps(record, ensure_ascii=False) + "\n").encode())
    replace_file(folder / PAGE, render(run, comparison, gate).encode())
    return folder / PAGE


def render(run: Run, comparison: Comparison | None = None, gate: GateResult | None = None) -> str:
    """Return the page as HTML: no script, nothing from outside, every text of the set and the documents escaped."""
    environment = Environment(
        loader=PackageLoader("bot.evaluation.report", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "percent": report_texts.percent,
        "decimal": report_texts.decimal,
        "count": report_texts.count,
        "interval": report_texts.interval,
        "points": report_texts.points,
        "milliseconds": report_texts.milliseconds,
    }
    answerable = [outcome for outcome in run.outcomes if outcome.item.answerable]
    unanswerable = [outcome for outcome in run.outcomes if not outcome.item.answerable]
    failures = dict(_failures(run))
    return environment.get_template("page.html.j2").render(
        run=run,
        summary=run.summary,
        words=report_texts,
        answerable=len(answerable),
        unanswerable=len(unanswerable),
        right_answers=sum(outcome.answered and outcome.right for outcome in answerable),
        bars=[(kind, part, charts.bar(*_first_and_twin(part))) for kind, part in run.by_kind.items() if _asks(part)],
        reliability=charts.reliability(run.summary.curve),
        confidences=charts.confidences(
            [
                (style, [outcome.answer.confidence for outcome in group])
                for style, group in (("fill", answerable), ("other", unanswerable))
                if group
            ]
        ),
        latencies=charts.latencies([outcome.answer.elapsed_ms for outcome in run.outcomes]),
        invented=sum(outcome.answered for outcome in unanswerable),
        created=report_texts.moment(run.created),
        before=_moment(comparison.created) if comparison and comparison.created else None,
        comparison=comparison,
        conclusion=_conclusion,
        part_name=_part_name,
        questions={outcome.item.id: outcome.item.question for outcome in run.outcomes},
        gate=gate,
        failures=failures,
        failed=sum(len(group) for group in failures.values()),
        titles=TITLES,
    )


def _failures(run: Run) -> Iterator[tuple[str, list[Failure]]]:
    """Sort what went wrong into the groups of the page; each question stands in one group, the gravest first."""
    groups: dict[str, list[Failure]] = {name: [] for name in TITLES}
    for outcome in run.outcomes:
        name = _failing(outcome)
        if name:
            groups[name].append(Failure(outcome, tuple(_found(outcome))))
    yield from ((name, group) for name, group in groups.items() if group)


def _failing(outcome: Outcome) -> str | None:
    if not outcome.item.answerable:
        return INVENTED if outcome.answered else None
    if not outcome.right:
        return WRONG
    if not outcome.answered:
        return REFUSED
    return QUOTE if outcome.quote_right is False else None


def _found(outcome: Outcome) -> Iterator[Found]:
    hits = {hit.passage.id: hit for hit in outcome.search.hits} if outcome.search else {}
    for place, citation in enumerate(outcome.answer.citations[:PASSAGES_SHOWN], 1):
        yield Found(
            rank=place,
            title=citation.document.title,
            text=_marked(citation.passage.text, citation.quote if place == 1 else ""),
            right=is_right(outcome.item, citation),
            score=citation.score,
            hit=hits.get(citation.passage.id),
        )


def _marked(text: str, quote: str) -> Markup:
    """Return a passage with its quote marked; a long one is cut around the quote."""
    start = text.find(quote) if quote else -1
    if start < 0:
        return escape(text if len(text) <= PASSAGE_LENGTH else f"{text[:PASSAGE_LENGTH]}…")
    margin = max((PASSAGE_LENGTH - len(quote)) // 2, 0)
    before, after = text[:start], text[start + len(quote) :]
    before = before if len(before) <= margin else f"…{before[-margin:]}"
    after = after if len(after) <= margin else f"{after[:margin]}…"
    return escape(before) + Markup("<mark>") + escape(quote) + Markup("</mark>") + escape(after)


def _conclusion(change: Change) -> str:
    if not change.won and not change.lost:
        return "không câu nào thay đổi"
    if change.p >= CHANCE:
        return "chưa đủ căn cứ để kết luận khác nhau"
    return "tốt hơn rõ rệt" if change.after > change.before else "kém đi rõ rệt"


def _moment(written: str) -> str:
    """Return when a baseline was made; as it stands there if that is no ISO time."""
    try:
        return report_texts.moment(dt.datetime.fromisoformat(written))
    except ValueError:
        return written


def _part_name(part: Part | None) -> str:
    if part is None:
        return "Tất cả"
    if isinstance(part, AnswerType):
        return report_texts.TYPES[part]
    return report_texts.KINDS[part] if isinstance(part, Kind) else report_texts.SPLITS[part]


def _asks(summary: Summary) -> bool:
    return summary.figure("metrics", "recall@1").value is not None


def _first_and_twin(summary: Summary) -> tuple[Figure, Figure]:
    return summary.figure("metrics", "recall@1"), summary.figure("unmarked_twin", "recall@1")
