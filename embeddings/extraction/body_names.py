"""The names of bodies in one form: abbreviations written out, one name for what has several."""

import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from corpus.vietnamese import fold

_DROPPED = frozenset({"cac", "cua", "va"})
_SAME_BODY = (
    (" viet nam ", " "),
    (" uy ban mat tran ", " mat tran "),
    (" thanh nien cong san ho chi minh ", " "),
    (" doan thanh nien ", " doan "),
    (" lien doan lao dong ", " cong doan "),
    (" bo doi bien phong ", " bien phong "),
    (" toa an nhan dan ", " toa an "),
    (" vien kiem sat nhan dan ", " vien kiem sat "),
    (" hoi lien hiep phu nu ", " hoi phu nu "),
    (" lien hiep phu nu ", " hoi phu nu "),
    (" hoi hoi ", " hoi "),
    (" ban ban ", " ban "),
)


def body_words(words: Iterable[str]) -> tuple[str, ...]:
    """Folded words of a body's name with abbreviations written out and without what is left out as often as not."""
    found: list[str] = []
    for word in words:
        long = abbreviations().get(word) if word.isupper() else None
        for part in (long or word).split():
            folded = fold(part).strip(",.")
            if folded in _DROPPED or not folded or (found and folded == found[-1]):
                continue
            found.append(folded)
    text = f" {' '.join(found)} "
    for long, short in _SAME_BODY:
        text = text.replace(long, short)
    return tuple(text.split())


@lru_cache(maxsize=1)
def abbreviations() -> dict[str, str]:
    """Abbreviations in capitals that have one meaning, as they are written -> what they stand for."""
    data = tomllib.loads(files("embeddings").joinpath("data/abbreviations.toml").read_text("utf-8"))
    return {short: long for short, long in data["single"].items() if short.isupper()}
