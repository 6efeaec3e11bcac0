"""Restoring the tone marks of a question typed without them, from the language of the documents themselves.

A hidden Markov model over syllables: the forms a typed syllable may stand for are those of the documents and, since
these are few, of official Vietnamese at large that agree with it (see `vietnamese.agrees` and `general_language`),
transitions are bigram counts of the documents and bigram and trigram counts at large; the most probable sequence is
found by the Viterbi algorithm with a beam. How likely a mark is to be left out is judged from the question itself: a
question with all its marks is left as it was typed ("bà con" is no "bà còn", whatever the documents say), one without
any is restored throughout.

A place the documents do not mention (`ha giang`) is known from a list and not read as their words. A typed mark, and
a name in capitals within a question that has marks, are changed only where the documents have the same pair of words.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from heapq import nlargest
from itertools import pairwise

from corpus.vietnamese import fold
from embeddings.extraction.place_names import places
from embeddings.index.corpus_language import START
from embeddings.question.general_language import follows, forms_used, is_used, lacks_tone
from embeddings.question.keystrokes import compose
from embeddings.question.language import Language
from embeddings.syllables import TONES, agrees, canonical, is_marked, token_spans, tokens

_BIGRAM_WEIGHT = 0.75
_UNIGRAM_WEIGHT = 0.2
_FLOOR = 0.05
_BEAM, _NARROW_BEAM = 12, 4
"""Pairs of forms that are followed from one word to the next (sixty give the same), and of a long question's words."""
_MOST_WORDS = 64
"""Of a question; a longer one is restored by the documents' forms alone."""
_WRONG_MARK = 0.05
"""How likely a mark was typed that is not the one that was meant."""


_Column = dict[tuple[str, str], tuple[float, str]]
"""The last two forms -> log probability of the best way to them, and the form before them."""


def restore_marks(text: str, language: Language, typed_text: str | None = None) -> str:
    """The text with its most probable marks; case, punctuation and unknown words stay as they are.

    Args:
        text: what to restore.
        language: of the corpus.
        typed_text: what the person typed, where `text` holds words put in since; it tells how many marks are left out.
    """
    spans = token_spans(text)
    typed = [text[start:end] for start, end in spans]
    acronyms = {word for word in typed if word.isupper() and len(word) > 1} if not text.isupper() else set()
    known = _foreign_places(typed, language)
    evidence = tokens(text if typed_text is None else typed_text)
    named = _foreign_places(evidence, language)
    left_out = _share_left_out([word for i, word in enumerate(evidence) if i not in named], language)
    forms = _most_probable([word.lower() for word in typed], left_out, language, known)
    names = any(is_marked(word) for word in typed)
    pieces: list[str] = []
    position = 0
    for i, ((start, end), word, form) in enumerate(zip(spans, typed, forms, strict=True)):
        keep = (
            form is None
            or not (language.has(form) or is_used(form))
            or word in acronyms
            or _is_meant(i, typed, forms, language, names=names)
        )
        restored = known.get(i) or (None if keep else _spelling(form or "", language))
        pieces += [text[position:start], word if restored is None else recase(word, restored)]
        position = end
    return "".join([*pieces, text[position:]])


def _is_meant(
    place: int, typed: Sequence[str], forms: Sequence[str | None], language: Language, *, names: bool
) -> bool:
    """Whether a typed mark, or (with `names`) a name in capitals, is not refuted by the documents' pairs of words."""
    word = typed[place]
    beside = range(max(place - 1, 0), min(place + 2, len(typed)))
    named = word[:1].isupper() and (place > 0 or sum(typed[i][:1].isupper() for i in beside) > 1)
    overruled = is_marked(word) and not agrees(word, _spelling(forms[place] or "", language))
    if not overruled and not (named and names):
        return False
    read = [forms[i] or canonical(typed[i]) for i in beside]
    return not any(language.bigrams[pair] for pair in pairwise(read))


def _foreign_places(words: Sequence[str], language: Language) -> dict[int, str]:
    """Position -> lower-case spelling of the words of places whose neighbouring pairs the documents do not have."""
    lower = [word.lower() for word in words]
    folded = [fold(word) for word in words]
    places_of: defaultdict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(folded):
        places_of[word].append(place)
    found: dict[int, str] = {}
    for name, key in _place_words():
        for start in places_of.get(key[0], ()):
            end = start + len(key)
            if tuple(folded[start:end]) != key or any(language.folded_pairs[pair] for pair in pairwise(key)):
                continue
            if all(agrees(word, part) for word, part in zip(lower[start:end], name, strict=True)):
                found |= {i: part for i, part in zip(range(start, end), name, strict=True) if i not in found}
    return found


@lru_cache(maxsize=1)
def _place_words() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Lower-case words and folded words of every place of more than one word, longest first."""
    names = [tuple(tokens(place)) for place in places()]
    return tuple((name, tuple(fold(word) for word in name)) for name in names if len(name) > 1)


def recase(typed: str, word: str) -> str:
    """A word in the case of what was typed for it."""
    if typed.isupper() and len(typed) > 1:
        return word.upper()
    return word.capitalize() if typed[:1].isupper() else word


def _most_probable(
    words: list[str], left_out: float | None, language: Language, known: Mapping[int, str]
) -> list[str | None]:
    """Canonical form of each word, None where it should stay as typed (Viterbi); `known` ones are given."""
    if left_out is None:
        return [None] * len(words)
    at_large = len(words) <= _MOST_WORDS
    beam = _BEAM if at_large else _NARROW_BEAM
    columns: list[_Column] = [{(START, START): (0.0, START)}]
    for i, word in enumerate(words):
        following: _Column = {}
        for form in [canonical(known[i])] if i in known else _candidates(word, language, at_large=at_large):
            cost = 0.0
            if form != canonical(word) and i not in known:
                cost = math.log(
                    left_out if not is_marked(word) or agrees(word, _spelling(form, language)) else _WRONG_MARK
                )
            in_documents: dict[str, float] = {}
            for (before, previous), (score, _) in columns[-1].items():
                if previous not in in_documents:
                    in_documents[previous] = _in_documents(previous, form, language)
                likely = in_documents[previous] + follows(form, previous, before) + _FLOOR / language.total
                reached = score + cost + math.log(likely)
                if (previous, form) not in following or following[previous, form][0] < reached:
                    following[previous, form] = (reached, before)
        columns.append(dict(nlargest(beam, following.items(), key=lambda one: one[1][0])))
    before, form = max(columns[-1], key=lambda pair: columns[-1][pair][0])
    path: list[str | None] = []
    for word, column in zip(reversed(words), reversed(columns[1:]), strict=True):
        path.append(form if form != canonical(word) else None)
        before, form = column[before, form][1], before
    return path[::-1]


def _in_documents(previous: str, form: str, language: Language) -> float:
    """How likely a form is behind another one and by itself in the documents."""
    pair = _BIGRAM_WEIGHT * language.bigrams[previous, form] / max(language.unigrams.get(previous, 0), 1)
    return pair + _UNIGRAM_WEIGHT * (language.unigrams.get(form, 0) + 0.1) / language.total


def _candidates(word: str, language: Language, *, at_large: bool) -> list[str]:
    """Forms that agree with what was typed; for a marked word that nobody uses, its other forms too."""
    found = _agreeing(word, language)
    used = [form for form in forms_used(fold(word)) if agrees(word, compose(form))] if at_large else []
    if not found and not used:
        found = [canonical(word), *(form for form in sorted(language.forms(fold(word))) if _is_near(word, form))]
    elif not found:
        found = [canonical(word)] if is_marked(word) else []
    return list(dict.fromkeys((*found, *used)))


def _is_near(word: str, form: str) -> bool:
    """Whether a form has the letters' marks that were typed, or the tone: who types "phở" does not mean "phố"."""
    typed = canonical(word)
    return typed.rstrip(TONES) == form.rstrip(TONES) or typed[-1] == form[-1] or not is_marked(word)


def _agreeing(word: str, language: Language) -> list[str]:
    return sorted(form for form in language.forms(fold(word)) if agrees(word, language.spelling(form)))


def _spelling(form: str, language: Language) -> str:
    """How the documents spell a form, or it is spelled at large."""
    return language.spelling(form) if language.has(form) else compose(form)


def _share_left_out(words: list[str], language: Language) -> float | None:
    """Estimated share of marks that were not typed; None when the question needs no restoring."""
    marked = sum(is_marked(word) for word in words)
    unmarked = [word for word in words if word.isalpha() and not is_marked(word)]
    bare = sum(language.knows(word) and not language.has(word) and not is_used(word) for word in unmarked)
    bare += sum(is_marked(word) and lacks_tone(word) for word in words)
    doubtful = sum(len(language.forms(word)) > 1 for word in unmarked)
    wrong = any(
        is_marked(word)
        and language.knows(fold(word))
        and not is_used(canonical(word))
        and not _agreeing(word, language)
        for word in words
    )
    if marked and not bare and not wrong and marked >= doubtful:
        return None
    return min((bare + 0.3) / (bare + marked + 0.6), 0.999)
