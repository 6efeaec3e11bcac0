"""A clause or a sentence: what something is, why, how, what for, what somebody says."""

import re

from bot.answering.drafts import Asked, Draft, Piece, Span
from bot.answering.forms.asked_back import setting_of
from bot.answers import AnswerKind, Status
from bot.phrases import phrases
from corpus.splitting import sentence_spans, trim
from corpus.vietnamese import fold
from embeddings.hits import Hit
from embeddings.reading.readings import Reading

_DEFINES = re.compile(
    r"^(?:\s*(?:\([^()]{1,60}\)|[“”\"’]))?\s*(?:,[^,;.]{0,60},\s*)?"
    r"(?:(?:nói|nêu|quy định|ghi) (?:trong|tại|ở) [^,;.]{3,40}? )?"
    r"(?:là|được hiểu là|nghĩa là|có nghĩa là|tức là|gồm|bao gồm)\s"
)
_NO_DEFINITION = re.compile(
    r"^\s*(?:là )?(?:rất|việc (?:làm )?(?:cần|quan trọng)|một trong|do|của|ai|ông|bà|đồng chí|năm|ngày|nhiệm vụ"
    r"|công việc|yếu tố|nội dung|vấn đề|điều (?:kiện|cần)|trách nhiệm)\b"
)
_LEAD = re.compile(
    r"(?:^|[.;:“\"]\s*|\b(?:Theo đó|Khái niệm|Điều \d+\.|\d+\.|[a-zđ]\))"
    r"|\b(?:nêu(?: rõ)?|cho biết|cho rằng|nhấn mạnh|khẳng định|giải thích|quy định|xác định|định nghĩa)"
    r"(?: rằng|:|,)?)\s*$"
)
_NUMBERED = re.compile(r"(?:^|\s)(?:\d{1,2}\.|[a-zđ]\))\s*$")
"""In front of what a clause of a law defines (`1. Vị trí việc làm là công việc ...`)."""
_LAW = re.compile(r"(?:Bộ luật|Luật|Pháp lệnh|Nghị định|Thông tư)\b")
_OF_DOCUMENT = re.compile(r"\s(?:theo|trong|tai|o)\s.{4,}$")
"""The end of a subject that only says where it is spoken of (`nhà tạm theo Kế hoạch 77`)."""
_OF_WHOM = re.compile(r"\scua\s(?P<whom>.{4,})$")
"""The end of a subject that its document is about (`vị trí việc làm của viên chức`)."""
_BOUNDARY = re.compile(r"[,;:.!?…](?=\s|$)|\n|(?<=\w)\s[–-]\s")
_JOINS = re.compile(r"\b(?:vì|do|bởi|nhờ|để|nhằm|bằng|theo|nên|phải|cần|được|không)\s+$")
_BETWEEN = r"[\s“”\"'‘’]+"
"""Between the words of a subject: a name in it may stand in quotation marks (`Mô hình “Dân vận khéo” là ...`)."""
_DETAILS = re.compile(r",\s+(?P<joint>trong đó|qua đó|từ đó|nhất là|đặc biệt là)\s")
_LEAST = 15
"""Characters of an answer before what is left out of it."""
_LOOKED_AT = 8
_DEFINED = 0.8
_UNSURE = 0.3
_SHORT = 25
"""Characters below which what was found is widened up to the next sign; see docs/decisions/forms.md."""
_COMMA = re.compile(r",\s+(?:và\s+)?|\s+và\s+")
_AS_WELL = 1.0
"""How much less than its best words a reader likes others that go on from them; in the units of its margins."""


def answer_definition(asked: Asked) -> Draft:
    """The sentence that defines the subject; if none does, what the documents say of it, as no definition."""
    subject = asked.form.subject
    first = asked.search.hits[0].passage.document_id
    for hit in asked.search.hits[:_LOOKED_AT]:
        law = _LAW.match(asked.retriever.documents[hit.passage.document_id].title) is not None
        span = _definition(hit, subject, law=law)
        if span is None and hit.passage.document_id == first:
            whom = _OF_WHOM.search(subject)
            told = whom is not None and whom["whom"] in fold(f"{setting_of(asked, hit)}\n{hit.passage.text}")
            span = _definition(hit, _OF_DOCUMENT.sub("", _OF_WHOM.sub("", subject) if told else subject), law=law)
        if span:
            piece = Piece(hit, *span)
            rest = (hit, *(other for other in asked.search.hits if other.passage.id != hit.passage.id))
            confidence = max(asked.confidence, _DEFINED)
            return Draft(AnswerKind.SENTENCE, Status.ANSWERED, confidence, (piece,), rest, certain=True)
    note = phrases(asked.language).not_defined.format(subject=_as_typed(asked, subject))
    status = Status.NOT_FOUND if asked.status is Status.NOT_FOUND else Status.RELATED
    confidence = min(asked.confidence, _UNSURE)
    return Draft(AnswerKind.SENTENCE, status, confidence, hits=asked.search.hits, notes=(note,))


def answer_sentence(asked: Asked) -> Draft:
    """The clauses in the first quote that answer, as a reader found them or as rules widen what was found."""
    quoted = asked.quoter.quote(asked.search.hits[0])
    span = asked.quoter.answer(quoted) if quoted.hit.reading else None
    if span and quoted.hit.reading:
        span = _with_next(quoted.hit.passage.text, span, quoted.hit.reading)
    found = _clause(quoted.hit.passage.text, span, (quoted.start, quoted.end)) if span else (quoted.start, quoted.end)
    found = without_details(quoted.hit.passage.text, found, asked.search.understanding.restored)
    return Draft(AnswerKind.SENTENCE, asked.status, asked.confidence, (Piece(quoted.hit, *found),), asked.search.hits)


def without_details(text: str, span: Span, question: str) -> Span:
    """An answer without the clause behind it that goes into details (`..., trong đó tập trung vào ba việc`).

    It stays where the question asks for details (`trong đó tập trung vào việc gì`).
    """
    details = _DETAILS.search(text, span[0] + _LEAST, span[1])
    if details is None or fold(details["joint"]) in fold(question):
        return span
    return trim(text, span[0], details.start())


def _definition(hit: Hit, subject: str, *, law: bool) -> Span | None:
    """The sentence of a passage that says what the subject is: it begins with the subject, and `là` stands behind.

    A numbered clause of a law defines whatever it says the subject to be (`là công việc ...`).
    """
    text = hit.passage.text
    wanted = subject.split()
    if not wanted:
        return None
    pattern = re.compile(_BETWEEN.join(map(re.escape, wanted)))
    for start, end in sentence_spans(text):
        folded = fold(text[start:end])
        if len(folded) != end - start:
            continue
        for match in pattern.finditer(folded):
            behind = text[start + match.end() : end]
            defines = _DEFINES.match(behind)
            if not defines or not _LEAD.search(text[start : start + match.start()]):
                continue
            numbered = law and _NUMBERED.search(text[start : start + match.start()])
            if numbered or not _NO_DEFINITION.match(behind[defines.end() :]):
                return trim(text, start + match.start(), end)
    return None


def _with_next(text: str, span: Span, reading: Reading) -> Span:
    """Few words with those right behind their comma that a reader likes as well (`gạo`, `giống lúa, dạy nghề`)."""
    start, end = span
    comma = _COMMA.match(text, end)
    if end - start >= _SHORT or comma is None:
        return span
    least = max(reading.margin - _AS_WELL, 0.0)
    behind = (one.end for one in reading.spans if one.start == comma.end() and one.margin > least)
    return start, next(behind, end)


def _clause(text: str, span: Span, quote: Span) -> Span:
    """Words widened to their clause where they are too few to stand alone."""
    start, end = span
    if end - start >= _SHORT:
        return span
    left = max((match.end() for match in _BOUNDARY.finditer(text, quote[0], start)), default=quote[0])
    right = next((match.start() for match in _BOUNDARY.finditer(text, end, quote[1])), quote[1])
    lead = _JOINS.search(text, left, start)
    return trim(text, lead.start() if lead else start, right if right > end else end)


def _as_typed(asked: Asked, subject: str) -> str:
    """The subject with the marks of the question as it was understood."""
    question = asked.search.understanding.restored
    folded = fold(question)
    place = folded.find(subject)
    same = len(folded) == len(question) and place >= 0
    return question[place : place + len(subject)] if same else subject
