"""What form of answer a question asks for: one span, a list, a yes or no, a sentence, an overview, documents.

Documents and overviews are told by rules (data/question_forms.toml), since people ask for them in few ways. Spans,
lists, sentences, and yes or no shade into each other: a logistic model over words, pairs of words and matching rules
(data/question_form_weights.json, fitted by `python -m embeddings.training.question_forms`) gives each a probability.
Figures of both are in docs/decisions/forms.md.
"""

import json
import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from corpus.vietnamese import fold
from embeddings.quantities.quantities import quantities


class Form(StrEnum):
    """What an answer is to be."""

    SPAN = "span"
    LIST = "list"
    YES_NO = "yes_no"
    SENTENCE = "sentence"
    OVERVIEW = "overview"
    DOCUMENTS = "documents"


LEARNED = (Form.SPAN, Form.LIST, Form.YES_NO, Form.SENTENCE)
"""Forms that are told apart by the model."""

_SIGNS = re.compile(r"[^\w\s/%.,:-]")
_DIGITS = re.compile(r"\d+")
_LARGEST_COUNT = 12
_TELL_ALL = re.compile(
    r"(?:hãy |xin |vui lòng )*(?:liệt kê|kể tên|kể ra|(?:kể|nêu) (?:các|những|hai|ba|bốn|sáu|bảy|tám|\d+))\b"
    r"(?!.*\b(?:không|chưa)\W*$)",
    re.IGNORECASE,
)
"""With their marks: `nếu các hộ ...` asks for no list."""
_WHY = re.compile(
    r"(?:vi |tai |tai vi )?sao (?!(?:chup|y|luc|ke|vang|chep|luu|thuy|nhap)\b)(?!.*\b(?:khong|ko|k|chua)$)"
)
_NOUN = re.compile(
    r"\b(?:nhung|cac|hai|ba|bon|nam|sau|bay|may|\d+) ((?:[^\W\d_]+ ){1,3}?)(?:nao|gi|la gi|la ai)\b"
    r"|((?:[^\W\d_]+ ){1,2})nao\b"
)


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """How a question wants to be answered.

    Attributes:
        form: the most probable one.
        likelihood: of each of `LEARNED`, summing to 1.
        aspect: for a sentence, what of: `definition`, `reason`, `manner`, `purpose` or `content`; else "".
        subject: for a definition, the folded words that are to be defined; else "".
        count: how many things are asked for, None where the question does not say.
        noun: folded words of what is asked for (`những xã nào` -> xa).
        counts: whether a number of things is asked for (`có mấy ...`).
        named_too: whether the things are asked for as well (`mấy mức, là mức nào`).
        newest: whether the newest document is asked for.
        outlined: whether the content of one document is asked for in short, not passages on a subject.
    """

    form: Form
    likelihood: Mapping[Form, float]
    aspect: str = ""
    subject: str = ""
    count: int | None = None
    noun: tuple[str, ...] = ()
    counts: bool = False
    named_too: bool = False
    newest: bool = False
    outlined: bool = False


PLAIN = QuestionForm(Form.SPAN, {**dict.fromkeys(LEARNED, 0.0), Form.SPAN: 1.0})
"""Of a text that nobody reads a form off, since it is far longer than a question."""


def read_form(question: str, typed: str = "") -> QuestionForm:
    """Read the form off a question.

    Args:
        question: with its marks restored and abbreviations written out.
        typed: the same before anything was taken away as courtesy; "" where that is not known.
    """
    rules = _rules()
    asked = plain(question)
    likelihood = _likelihood(asked)
    form = max(LEARNED, key=lambda one: likelihood[one])
    outlined = rules.matches("overview", asked)
    counted = rules.counted.match(asked) is not None
    subject = _is_subject(question, asked, rules.longest_counted if counted else rules.longest_subject)
    if rules.matches("documents", asked):
        form = Form.DOCUMENTS
    elif rules.confirmed.search((typed or question).lower()) and not rules.asks_else.search(question.lower()):
        form = Form.YES_NO
    elif subject and not outlined and counted:
        form, likelihood = Form.LIST, {**dict.fromkeys(LEARNED, 0.0), Form.LIST: 1.0}
    elif outlined or subject:
        form = Form.OVERVIEW
    aspect = next((name for name in _ASPECTS if rules.aspects[name].search(asked)), "")
    if form is Form.YES_NO and _WHY.match(asked):
        form = Form.SENTENCE
    if form in LEARNED and _TELL_ALL.match(question.strip()):
        form, likelihood = Form.LIST, {**dict.fromkeys(LEARNED, 0.0), Form.LIST: 1.0}
    defined = rules.subject.match(asked) if aspect == "definition" else None
    if defined and rules.several.match(defined.group("subject")):  # `các hình thức khen thưởng là gì`
        form, likelihood = Form.LIST, {**dict.fromkeys(LEARNED, 0.0), Form.LIST: 1.0}
        aspect, defined = "", None
    noun = _NOUN.search(asked)
    return QuestionForm(
        form=form,
        likelihood=likelihood,
        aspect=aspect,
        subject=defined.group("subject") if defined else "",
        count=_first_count(question) if form is Form.LIST and counted and subject else _count(question),
        noun=tuple((noun.group(1) or noun.group(2)).split()) if noun else (),
        counts=rules.count.search(asked) is not None,
        named_too=rules.named_too.search(asked) is not None,
        newest=rules.newest.search(asked) is not None,
        outlined=outlined,
    )


def plain(question: str) -> str:
    """The folded question without signs and without what is only polite."""
    rules = _rules()
    text = " ".join(_SIGNS.sub(" ", fold(question)).split()).strip(" .,:-")
    for pattern in (*(() if rules.body.search(text) else (rules.front,)), rules.back, rules.back):
        text = pattern.sub("", text, count=1).strip(" .,:-") or text
    return text


def form_features(asked: str) -> dict[str, float]:
    """What the model sees of a plain question: its words, pairs of words, and which rules match."""
    words = ["<s>", *_DIGITS.sub("#", asked).split(), "</s>"]
    features = dict.fromkeys(words[1:-1], 1.0) | dict.fromkeys(map(" ".join, pairwise(words)), 1.0)
    rules = _rules()
    features |= {f"@{name}": 1.0 for name, pattern in rules.named.items() if pattern.search(asked)}
    features[f"@length={min(len(words) // 4, 4)}"] = 1.0
    features["@bias"] = 1.0
    return features


_ASPECTS = ("reason", "purpose", "definition", "manner", "content")


def _likelihood(asked: str) -> dict[Form, float]:
    features = form_features(asked)
    weights = _weights()
    scores = {form: sum(weights[form].get(name, 0.0) * value for name, value in features.items()) for form in LEARNED}
    highest = max(scores.values())
    odds = {form: math.exp(score - highest) for form, score in scores.items()}
    total = sum(odds.values())
    return {form: value / total for form, value in odds.items()}


def _is_subject(question: str, asked: str, longest: int) -> bool:
    """Whether it is a subject of so many words at most and no question (`công tác dân vận`, `Năm dân vận 2014`)."""
    return "?" not in question and not _rules().asks.search(asked) and len(asked.split()) <= longest


def _first_count(question: str) -> int | None:
    """The number that a subject begins with (`4 nhiệm vụ của năm 2031`)."""
    found = quantities(question)
    first = found[0].keys[0] if found else ""
    return int(first) if first.isdecimal() and 1 < int(first) <= _LARGEST_COUNT else None


def _count(question: str) -> int | None:
    """The one small number that a question names, which is how many things it asks for."""
    found = [quantity for quantity in quantities(question) if not quantity.is_date and quantity.keys[0].isdecimal()]
    numbers = [int(quantity.keys[0]) for quantity in found]
    small = [number for number in numbers if 1 < number <= _LARGEST_COUNT]
    return small[0] if len(small) == 1 else None


class _Rules:
    """The patterns of data/question_forms.toml."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        politeness = data["politeness"]
        self.front = re.compile(rf"^(?:{'|'.join(politeness['front'])})[,:]?(?: |$)")
        self.back = re.compile(rf"(?:^| )(?:{'|'.join(politeness['back'])})$")
        self.body = re.compile(politeness["body"])
        self.confirmed = re.compile(data["yes_no"]["confirmed"])
        self.asks_else = re.compile(data["yes_no"]["asks_else"])
        self.counted = re.compile(data["list"]["counted"])
        self.several = re.compile(data["list"]["several"])
        sentence = data["sentence"]
        self.aspects = {name: _any(sentence[name]) for name in _ASPECTS}
        self.subject = re.compile(sentence["subject"])
        self.count = re.compile(data["counting"]["pattern"])
        self.named_too = re.compile(data["counting"]["named_too"])
        self.newest = re.compile(data["documents"]["newest"])
        self.asks = re.compile(data["overview"]["asks"])
        self.longest_subject = int(data["overview"]["longest_subject"])
        self.longest_counted = int(data["list"]["longest_counted"])
        self._patterns = {name: _any(data[name]["patterns"]) for name in ("documents", "overview")}
        self._unless = {name: _any(data[name].get("unless", ["(?!)"])) for name in ("documents", "overview")}
        self.named = {
            f"{name} {number}": re.compile(pattern)
            for name in ("yes_no", "list")
            for number, pattern in enumerate((*data[name]["patterns"], *data[name].get("unless", ())))
        } | {f"sentence {name}": pattern for name, pattern in self.aspects.items()}

    def matches(self, name: str, asked: str) -> bool:
        """Whether a form that is told by rules is asked for."""
        return self._patterns[name].search(asked) is not None and not self._unless[name].search(asked)


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    return _Rules(tomllib.loads(files("embeddings").joinpath("data/question_forms.toml").read_text("utf-8")))


@lru_cache(maxsize=1)
def _weights() -> dict[Form, dict[str, float]]:
    data = json.loads(files("embeddings").joinpath("data/question_form_weights.json").read_text("utf-8"))
    return {Form(name): weights for name, weights in data["weights"].items()}
