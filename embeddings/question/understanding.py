"""What a typed question is turned into before the index is searched."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nlargest
from itertools import pairwise

from corpus.vietnamese import fold
from embeddings.index.corpus_language import CorpusLanguage
from embeddings.index.known_numbers import KnownNumbers
from embeddings.index.lexical import FOLDED, MARKED, QUANTITY, index_terms, pairs, word_behind
from embeddings.index.number_spellings import NumberSpellings
from embeddings.index.protocol import Lexicon
from embeddings.quantities.quantities import Quantity, quantities
from embeddings.question.abbreviations import Abbreviations
from embeddings.question.casing import Casing, calm
from embeddings.question.courtesy import Core, core_of
from embeddings.question.document_names import respell_numbers
from embeddings.question.english import in_vietnamese, is_english, unknown_words
from embeddings.question.followup import DEPENDENT, PREVIOUS_WEIGHT, content_words, dependence, inherit, refers_back
from embeddings.question.language import Language
from embeddings.question.marks import restore_marks
from embeddings.question.merged_units import SINCE, renamed, replaced
from embeddings.question.names import has_name, named
from embeddings.question.number_words import respell
from embeddings.question.question import LONGEST_ANSWERED, LONGEST_QUESTION, Question, Understanding
from embeddings.question.question_form import Form, read_form
from embeddings.question.relative_dates import resolve
from embeddings.question.spelling import Speller
from embeddings.question.subject_words import subject_words
from embeddings.question.translations import translations
from embeddings.syllables import canonical, is_marked, normalise, parts, token_spans

_COARSER = 0.5
"""Weight of `20/2` and `2014` for a question that names 20/2/2014."""
_MOST_TRANSLATED = 40
"""Words of the documents that a question is taken to stand for, the most telling."""

_UNHEARD_OF = FOLDED + "\0"
"""A term that no passage has."""


@dataclass(frozen=True, slots=True)
class _ReadText:
    """A text normalised; the question in it; that with slips mended and abbreviations written out; with its marks."""

    normalised: str
    core: Core
    mended: str
    restored: str
    expanded: dict[str, str]
    dates: dict[str, str]
    english: bool
    notes: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    merged_on: str = ""


class QuestionInterpreter:
    """Reads questions against one generation's own language.

    Args:
        counted: over titles and passages of the generation.
        lexical: terms of the same passages.
        spellings: how they write numbers; None leaves a question's numbers as they were typed.
        numbers: documents' numbers that the generation knows; None leaves those of a question as they were typed.
        today: tells the date that `năm ngoái` is read against.
    """

    def __init__(
        self,
        counted: CorpusLanguage,
        lexical: Lexicon,
        spellings: NumberSpellings | None = None,
        numbers: KnownNumbers | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._language = Language(counted)
        self._abbreviations = Abbreviations(counted, self._language)
        self._speller = Speller(self._language, self._abbreviations.knows)
        self._casing = Casing(counted)
        self._lexical = lexical
        self._spellings = spellings or NumberSpellings({})
        self._numbers = numbers or KnownNumbers(())
        self._today = today

    def understand(self, question: Question) -> Understanding:
        """Read a question, and the one before it where it may depend on that; on a pasted text nothing depends."""
        reading = self._read(question.text)
        names = tuple(named(reading.restored, self._language.knows))
        previous, inherited, share, merged_on = "", "", 0.0, reading.merged_on
        if question.previous and question.previous.strip() and not _asks_of_all_documents(reading.restored):
            share = dependence(reading.restored, len(names), self._rarest(reading.restored))
            before = self._read(question.previous) if share >= DEPENDENT else None
            if before and len(before.restored) <= LONGEST_ANSWERED:
                previous, merged_on = before.restored, merged_on or before.merged_on
                inherited = inherit(previous, reading.restored)
            else:
                share = 0.0
        return Understanding(
            normalised=reading.normalised,
            asked=reading.core.text,
            is_part=reading.core.is_part,
            restored=reading.restored,
            typed=reading.mended,
            expanded=reading.expanded,
            inherited=inherited,
            previous=previous,
            dependence=share,
            worth=self._worth(reading.mended, inherited, PREVIOUS_WEIGHT * share),
            subject=subject_words(reading.restored, reading.core.text, self._lexical.rarity, reading.unknown),
            resolved=reading.dates,
            named=names,
            english=reading.english,
            notes=reading.notes,
            merged_on=merged_on,
            missing=tuple(name.text for name in names if not name.is_in(self._lexical.__contains__)),
        )

    def _read(self, text: str) -> "_ReadText":
        lines = "\n".join(normalise(line) for line in text[:LONGEST_QUESTION].splitlines())
        whole = " ".join(lines.split())
        english = is_english(whole)
        core = Core(whole) if english else core_of(lines)
        calmed = calm(" ".join(core.text.split()), self._abbreviations.knows_in_small_letters)
        decoded = in_vietnamese(calmed, self._language.knows) if english else self._speller.decode(calmed)
        dated, dates = resolve(decoded, self._today())
        numbered, numbers = respell_numbers(dated, self._numbers)
        counted = respell(numbered, self._spellings, lambda *pair: self._language.folded_pairs[pair])
        written_out, expanded = self._abbreviations.expand(counted)
        mended = self._speller.mend(written_out)
        restored = self._casing.apply(restore_marks(mended, self._language, calmed))
        self._lexical.look_ahead(_terms_asked_for(mended, restored))
        units = renamed(restored, lambda name: has_name(name, self._lexical.__contains__))
        return _ReadText(
            whole,
            core,
            replaced(mended, units, restored),
            replaced(restored, units, restored),
            numbers | expanded,
            dates,
            english,
            tuple(unit.sentence for unit in units),
            tuple(unknown_words(calmed, self._language.knows)) if english else (),
            SINCE if any(unit.former for unit in units) else "",
        )

    def own_subject(self, understanding: Understanding) -> dict[str, float]:
        """Weighted terms of what a question is about itself, to see whether the subject before has to do with it.

        Empty where that cannot be asked: the question points back ("còn", "đó"), shares a word with the one before,
        or has only words to ask with.
        """
        own = content_words(understanding.typed)
        before = {fold(word) for word in content_words(understanding.inherited)}
        if refers_back(understanding.restored) or before.intersection(map(fold, own)):
            return {}
        return self.terms(" ".join(own))

    def _rarest(self, text: str) -> float:
        """Rarity of the rarest content word of a text, 1 for one that no passage has."""
        rarities = [self._lexical.rarity(FOLDED + fold(word)) for word in content_words(text)]
        return max(rarities, default=0.0) / self._lexical.rarity(_UNHEARD_OF)

    def _worth(self, typed: str, inherited: str, share: float) -> dict[str, float]:
        worth = {fold(word): share * self._lexical.rarity(FOLDED + fold(word)) for word in content_words(inherited)}
        return worth | {fold(word): self._lexical.rarity(FOLDED + fold(word)) for word in content_words(typed)}

    def terms(self, typed: str) -> dict[str, float]:
        """Weighted terms of the lexical index for a text; see `lexical.index_terms`."""
        weights: dict[str, float] = {}
        spans = token_spans(typed)
        numbers = quantities(typed)
        words = [typed[start:end].lower() for start, end in spans]
        inside = _inside(spans, numbers)
        folded, marked = [fold(word) for word in words], [canonical(word) for word in words]
        for plain, exact, word, is_number in zip(folded, marked, words, inside, strict=True):
            if is_number:
                continue
            _add(weights, self._choose(plain, exact, typed=is_marked(word)))
            for piece in parts(word):
                _add(weights, FOLDED + fold(piece))
        neighbours = zip(pairs(folded), pairs(marked), pairs(words), pairwise(inside), strict=True)
        for plain, exact, pair, (_, number_behind) in neighbours:
            term = self._choose(plain, exact, typed=is_marked(pair))
            if not number_behind or term in self._lexical:
                _add(weights, term)
        for number in numbers:
            _add(weights, QUANTITY + number.keys[0])
            for key in number.keys[1:]:
                _add(weights, QUANTITY + key, _COARSER)
            following = word_behind(typed, number.end)
            if following:
                _add(weights, f"{QUANTITY}{number.keys[0]} {following}")
        return weights

    def translated(self, text: str) -> dict[str, float]:
        """Weighted terms of the lexical index that a text's own stand for, those that tell most; see `translations`."""
        found = {MARKED + term: share for term, share in translations(text).items()}
        rarities = self._lexical.rarities(list(found))
        return {
            term: found[term] for term in nlargest(_MOST_TRANSLATED, rarities, key=lambda t: found[t] * rarities[t])
        }

    def _choose(self, plain: str, exact: str, *, typed: bool) -> str:
        return MARKED + exact if typed and MARKED + exact in self._lexical else FOLDED + plain


def _terms_asked_for(mended: str, restored: str) -> Iterator[str]:
    """The terms that a question is understood and searched by, each only made when it is wanted."""
    for text in dict.fromkeys((mended, restored)):
        yield from index_terms(text)
    yield from (MARKED + term for term in translations(restored))


def _inside(spans: Sequence[tuple[int, int]], numbers: Sequence[Quantity]) -> list[bool]:
    """Of each span whether it stands in one of the numbers, which are in their order and do not overlap."""
    starts = [number.start for number in numbers]
    before = [bisect_right(starts, start) - 1 for start, _ in spans]
    return [place >= 0 and end <= numbers[place].end for place, (_, end) in zip(before, spans, strict=True)]


def _asks_of_all_documents(question: str) -> bool:
    """Whether the newest of all documents is asked for (`bài mới nhất là bài nào?`), whatever was asked before."""
    form = read_form(question)
    return form.form is Form.DOCUMENTS and form.newest and not refers_back(question)


def _add(weights: dict[str, float], term: str, weight: float = 1.0) -> None:
    weights[term] = weights.get(term, 0.0) + weight
