"""What is said of the validity of the document that answers: what has replaced or changed it, what it replaced."""

from collections.abc import Iterator, Sequence

from bot.answering.naming import day_first, name
from bot.answers import Citation, Status
from corpus.models import Document
from corpus.official.standing import Standing
from corpus.official.standing import Status as Validness
from embeddings.in_force import Validity

_NAMED = 2


def validity_notes(validity: Validity, citations: Sequence[Citation], status: Status) -> Iterator[str]:
    """Sentences in Vietnamese on the first citation's document, where passages on the subject were found."""
    if not citations or status not in (Status.ANSWERED, Status.RELATED):
        return
    document = citations[0].document
    standing = validity.standings.get(document.id)
    if standing is None:
        return
    yield from _own(document, standing, validity)
    cited = {citation.document.id for citation in citations[1:]}
    for identity in standing.replaces:
        if identity in cited:
            since = f" từ ngày {day_first(standing.effective)}" if standing.effective else ""
            yield f"{name(document)} thay thế {name(validity.documents[identity])}{since}."


def _own(document: Document, standing: Standing, validity: Validity) -> Iterator[str]:
    day = validity.today().isoformat()
    state = standing.on(day)
    since = f" từ ngày {day_first(standing.ended)}" if standing.ended else ""
    newer = [name(validity.documents[identity]) for identity in standing.by[:_NAMED]]
    by = " và ".join(newer) or (standing.by_number or "")
    if state is Validness.REPLACED and by:
        yield f"{name(document)} đã được thay thế bằng {by}{since}."
    elif state is Validness.REPEALED and by:
        yield f"{name(document)} đã bị bãi bỏ bởi {by}{since}."
    elif state in (Validness.EXPIRED, Validness.REPLACED, Validness.REPEALED):
        yield f"{name(document)} đã hết hiệu lực{since}."
    elif state is Validness.NOT_YET and standing.effective:
        yield f"{name(document)} có hiệu lực từ ngày {day_first(standing.effective)}."
    elif standing.over is not None and standing.ended:
        yield f"{name(document)} có hiệu lực đến trước ngày {day_first(standing.ended)}."
    if standing.amended_by:
        changed = " và ".join(name(validity.documents[identity]) for identity in standing.amended_by[:_NAMED])
        yield f"{name(document)} đã được sửa đổi, bổ sung bởi {changed}."
