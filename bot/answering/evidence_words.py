"""The words of a question that a passage does not say: whether it says in their place what they stand for."""

from itertools import pairwise

from embeddings.question.subject_words import SubjectWords
from embeddings.question.translations import stands_for, terms_of
from embeddings.syllables import canonical, tokens

_SURE = 0.2
"""Share of a translation from which a word is taken as said in other words."""


def said_otherwise(subject: SubjectWords, question: str, said: frozenset[str], context: str) -> dict[str, float]:
    """Figures of the words that a passage lacks.

    Args:
        subject: the question's words.
        question: with its marks restored.
        said: words of the passage, in the form of the question's.
        context: the passage with its heading.

    Returns:
        `stood_for`: share of all the question's words, rare ones counting more, that the passage lacks and says in
        other words. `unsaid`: rarity of the rarest word that it says in no words, over the rarest of all.
    """
    rarity = subject.rarity
    lacking = {word for word in rarity if word not in said}
    if not lacking:
        return {"stood_for": 0.0, "unsaid": 0.0}
    words = [canonical(word) for word in tokens(question)]
    pairs = [f"{first} {second}" for first, second in pairwise(words)]
    terms = frozenset(terms_of(context))
    explained: dict[str, float] = {}
    for place, (plain, word) in enumerate(zip(tokens(question), words, strict=True)):
        form = subject.form(plain)
        if form in lacking:
            share = stands_for(word, pairs[max(place - 1, 0) : place + 1], terms)
            explained[form] = max(explained.get(form, 0.0), min(share / _SURE, 1.0))
    total = sum(rarity.values()) or 1.0
    rarest = max(rarity.values()) or 1.0
    return {
        "stood_for": sum(rarity[word] * explained.get(word, 0.0) for word in lacking) / total,
        "unsaid": max(rarity[word] * (1 - explained.get(word, 0.0)) for word in lacking) / rarest,
    }
