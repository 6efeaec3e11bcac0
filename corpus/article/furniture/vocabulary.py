"""Which part of a page a line plays, judged by its words alone (the words are in words.toml)."""

import re
import tomllib
from enum import Enum
from functools import cache
from pathlib import Path

from corpus.vietnamese import fold

_WORDS = Path(__file__).with_name("words.toml")
_EDGES = re.compile(r"^[\W_]+|[^\w)+°º-]+$")
_COUNT = re.compile(r"\s*[:(\[]?\s*\d{0,6}\s*[)\]]?$")
_LONGEST = 600  # characters; no furniture line is longer
_BARS = re.compile(r"\s*[|•·●▪¦]\s*|\s{2,}|\t")
_MOST_PARTS = 12
_PATH_SIGNS = re.compile(r"\s[>»›→/]\s|[»›→]|\s>|>\s")
_PATH_START = re.compile(r"\W*(?i:trang chủ|trang nhất|trang chính|home)(?![a-zà-ỹ])")
_RUN_JOIN = r"[\s|,/•·»›>+:._()\[\]–-]*"


class Role(Enum):
    """What part of a page a line is."""

    CONTENT = "content"
    MENU = "menu"  # navigation, breadcrumbs, login, search, language, social links
    TOOL = "tool"  # print, share, font size, players, view counters
    RELATED = "related"  # announces links to other articles
    LINK = "link"  # one of those links
    FEEDBACK = "feedback"  # ratings and comments
    STATISTICS = "statistics"  # visitors, weather, exchange rates
    FOOTER = "footer"  # copyright, licence, session messages
    CONTACT = "contact"  # address and telephone, furniture only below the article
    TAGS = "tags"
    SOURCE = "source"  # where the article comes from
    AUTHOR = "author"  # who signed it
    DATE = "date"
    TITLE = "title"  # the headline and its repetitions
    COUNTER = "counter"  # numbers and names of pictures
    REPETITION = "repetition"  # the line before once more
    RULE = "rule"  # lines of dashes, stars or bars
    LAYOUT = "layout"  # left out for its place on the page: beside, above or below the article


def role_of(line: str) -> Role:
    """The part of a page a line plays by its words alone; CONTENT if it could be anything."""
    if not any(character.isalnum() for character in line):
        return Role.RULE
    if len(line) > _LONGEST:
        return Role.CONTENT
    if is_breadcrumb(line):
        return Role.MENU
    bare = _EDGES.sub("", " ".join(fold(line).split()))
    phrases, runs, patterns = _vocabulary()
    role = phrases.get(bare) or phrases.get(_COUNT.sub("", bare))
    if role is not None:
        return role
    for role, pattern in runs:
        if pattern.fullmatch(bare):
            return role
    role = next((role for role, pattern in patterns if pattern.fullmatch(bare)), None)
    return role or _role_of_parts(line)


def _role_of_parts(line: str) -> Role:
    """What a line is whose parts stand between bars or dots (`Cỡ chữ: A- A+ | In trang | Lượt xem: 1.204`)."""
    parts = [part for part in _BARS.split(line) if any(map(str.isalnum, part))]
    if len(parts) < 2 or len(parts) > _MOST_PARTS:  # noqa: PLR2004
        return Role.CONTENT
    roles = [role_of(part) for part in parts]
    return Role.CONTENT if Role.CONTENT in roles else roles[0]


def is_breadcrumb(line: str) -> bool:
    """Whether a line is a path through a site (`Trang chủ » Tin tức » ...`)."""
    if len(line) > 300 or line[-1] in ".;":  # noqa: PLR2004
        return False
    signs = len(_PATH_SIGNS.findall(line))
    return signs > 1 or _PATH_START.match(line) is not None or line.startswith(("»", "›", ">>"))


_Patterns = tuple[tuple[Role, re.Pattern[str]], ...]


@cache
def _vocabulary() -> tuple[dict[str, Role], _Patterns, _Patterns]:
    tables = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    phrases: dict[str, Role] = {}
    patterns: list[tuple[Role, re.Pattern[str]]] = []
    for name, table in tables.items():
        for phrase in re.split(r"[;\n]", fold(table["phrases"])):
            if phrase.strip():
                phrases.setdefault(" ".join(phrase.split()), Role(name))
        patterns += [(Role(name), re.compile(fold(pattern))) for pattern in table["patterns"]]
    runs = (
        (Role.TOOL, _runs_of(phrases, (Role.TOOL,))),
        (Role.MENU, _runs_of(phrases, (Role.MENU, Role.TOOL))),
    )
    return phrases, runs, tuple(patterns)


def _runs_of(phrases: dict[str, Role], roles: tuple[Role, ...]) -> re.Pattern[str]:
    words = sorted((phrase for phrase, role in phrases.items() if role in roles), key=len, reverse=True)
    one = "|".join(map(re.escape, words))
    return re.compile(rf"(?:(?:{one})(?!\w){_RUN_JOIN}+)++")  # possessive: no line makes it try every cut
