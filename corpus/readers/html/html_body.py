"""Which lines of an HTML page are its article: three readers of different schools vote on each.

trafilatura knows how sites name and nest their parts; jusText weighs length, links and the language's small words;
the project's own furniture rules know what Vietnamese portals print. Trials on pages of three ages: trafilatura keeps
furniture where tables lay out the page, jusText loses short lines, the own rules keep teasers that read like text. Two
of the three are right where one is not.
"""

import logging
import re
from collections.abc import Sequence

import justext
import trafilatura
from lxml import etree
from lxml.html import HtmlElement

from corpus.article.furniture.vocabulary import Role, role_of
from corpus.article.page import read_page
from corpus.errors import UnreadableError
from corpus.readers.html.html_blocks import Block

_MAJORITY = 2
_LINKED = 0.7
"""Share of a line's characters that are links from which on it is taken for one."""
_TEASER = 350  # characters; longer text under a link is no teaser of what it leads to
_TITLE_WORDS = 4
_HALF = 0.5
_NEARLY_ALL = 0.9
_NEAR = 4  # lines above and below a table in which the article goes on
_SHORT = 40
"""Characters; a shorter line counts as found only as a whole line."""

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it has to say of a page is said by warnings here


def article_lines(tree: HtmlElement, blocks: Sequence[Block]) -> list[bool]:
    """For each line of a page whether it is part of the article.

    Raises:
        UnreadableError: if the page is beyond one of the libraries.
    """
    try:
        voices = [_found_in(_by_trafilatura(tree), blocks), _found_in(_by_justext(tree), blocks)]
    except (RecursionError, etree.LxmlError, justext.core.JustextError) as error:
        raise UnreadableError("its HTML is too broken to be understood") from error
    candidates = [place for place, block in enumerate(blocks) if not block.around and block.linked < _LINKED]
    own, pictures = _by_own_rules(blocks, candidates)
    voices = [voice for voice in voices if any(voice)]
    if not voices:
        return own
    if len(voices) < _MAJORITY:
        votes = _with_one_voice(own, voices[0], blocks)
    else:
        votes = [own[place] + sum(voice[place] for voice in voices) >= _MAJORITY for place in range(len(blocks))]
    chosen = [False] * len(blocks)
    for place in candidates:
        chosen[place] = votes[place] and blocks[place].text not in pictures
    chosen = _without_teasers(_mended(chosen, own, candidates), blocks)
    return _whole_tables(_whole_container(chosen, own, candidates, blocks), blocks)


def _with_one_voice(own: list[bool], voice: list[bool], blocks: Sequence[Block]) -> list[bool]:
    """Where one library finds nothing, as jusText does on a page of short lines, there is no majority of three.

    The own rules decide alone if the other library confirms most of what they find, since it keeps the furniture of
    tables; otherwise whatever either finds is taken, so that nothing of the article is lost.
    """
    letters = [len(block.text) * kept for block, kept in zip(blocks, own, strict=True)]
    agreed = sum(count for count, heard in zip(letters, voice, strict=True) if heard)
    if agreed >= _HALF * sum(letters) and agreed:
        return own
    return [mine or theirs for mine, theirs in zip(own, voice, strict=True)]


def _without_teasers(chosen: list[bool], blocks: Sequence[Block]) -> list[bool]:
    """Drop the list of other articles behind this one: two or more titles that are links, each with its first words."""
    kept = list(chosen)
    teasers = 0
    for place in reversed([place for place, taken in enumerate(chosen) if taken]):
        above = place - 1
        while above > 0 and len(blocks[above].text) < _SHORT and blocks[above].linked < _LINKED:
            above -= 1  # a date
        title = blocks[max(above, 0)]
        if len(blocks[place].text) < _SHORT and title.linked < _LINKED:
            break
        if len(blocks[place].text) >= _TEASER or title.linked < _LINKED or len(title.text.split()) < _TITLE_WORDS:
            break
        teasers += len(blocks[place].text) >= _SHORT
        kept[place] = False
    return chosen if teasers == 1 else kept


def _mended(chosen: list[bool], own: list[bool], candidates: Sequence[int]) -> list[bool]:
    """Short lines between two of the article's (captions, headings, verse) that one reader alone has seen."""
    mended = list(chosen)
    for before, place in enumerate(candidates):
        if not chosen[place] and own[place] and before:
            below = next((other for other in candidates[before + 1 :] if chosen[other] or not own[other]), None)
            mended[place] = mended[candidates[before - 1]] and below is not None and chosen[below]
    return mended


def _whole_container(
    chosen: list[bool], own: list[bool], candidates: Sequence[int], blocks: Sequence[Block]
) -> list[bool]:
    """Lines in the element that holds the article which the own rules alone have seen: they read short lines best.

    That element is the smallest around nearly all that was chosen; it counts only if most of what the own rules keep
    of it was chosen by two, so that a whole page is never taken for it.
    """
    taken = [place for place, found in enumerate(chosen) if found and blocks[place].element is not None]
    container = _smallest_around([blocks[place] for place in taken])
    if container is None:
        return chosen
    inside = [place for place in candidates if own[place] and _is_in(blocks[place], container)]
    voted = sum(len(blocks[place].text) for place in inside if chosen[place])
    if voted < _HALF * sum(len(blocks[place].text) for place in inside):
        return chosen
    whole = list(chosen)
    for place in inside:
        whole[place] = True
    return whole


def _smallest_around(blocks: Sequence[Block]) -> HtmlElement | None:
    """The innermost element that holds nearly all letters of these lines."""
    total = sum(len(block.text) for block in blocks)
    letters: dict[HtmlElement, int] = {}
    for block in blocks:
        element = block.element
        while element is not None:
            letters[element] = letters.get(element, 0) + len(block.text)
            element = element.getparent()
    around = [element for element, held in letters.items() if held >= _NEARLY_ALL * total]
    return max(around, key=lambda element: sum(1 for _ in element.iterancestors()), default=None)


def _is_in(block: Block, container: HtmlElement) -> bool:
    element = block.element
    return element is container or (element is not None and container in element.iterancestors())


def _whole_tables(chosen: list[bool], blocks: Sequence[Block]) -> list[bool]:
    """A table of data is kept or left out as a whole: kept if a row of it was chosen, or lines above and below it."""
    kept = list(chosen)
    places: dict[int, list[int]] = {}
    for place, block in enumerate(blocks):
        if block.table is not None and not block.around:
            places.setdefault(block.table, []).append(place)
    for rows in places.values():
        before = any(chosen[max(rows[0] - _NEAR, 0) : rows[0]])
        behind = any(chosen[rows[-1] + 1 : rows[-1] + 1 + _NEAR])
        furniture = sum(role_of(blocks[place].shown) is not Role.CONTENT for place in rows)
        wanted = any(chosen[place] for place in rows) or (before and behind)
        for place in rows:
            kept[place] = wanted and furniture * 2 < len(rows)
    return kept


def _by_trafilatura(tree: HtmlElement) -> list[str]:
    found = trafilatura.bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=False)
    return (found.text or "").split("\n") if isinstance(found, trafilatura.settings.Document) else []


def _by_justext(tree: HtmlElement) -> list[str]:
    page = etree.tostring(tree, encoding="unicode", method="html")
    if not page.strip():
        return []
    return [
        paragraph.text
        for paragraph in justext.justext(page, justext.get_stoplist("Vietnamese"))
        if not paragraph.is_boilerplate
    ]


def _by_own_rules(blocks: Sequence[Block], candidates: Sequence[int]) -> tuple[list[bool], set[str]]:
    """Which lines are the article's, and the numbers and names of pictures, which only these rules know."""
    page = read_page("\n".join(blocks[place].text for place in candidates))
    kept = list(page.paragraphs)
    own = [False] * len(blocks)
    position = 0
    for place in candidates:  # both in the order of the page
        if position < len(kept) and blocks[place].text.startswith(kept[position]):
            own[place] = True
            position += 1
    return own, {line.text for line in page.dropped if line.role is Role.COUNTER}


def _found_in(lines: Sequence[str], blocks: Sequence[Block]) -> list[bool]:
    known = {_bare(line) for line in lines}
    together = "\x00".join(_bare(line) for line in lines)
    return [
        (bare in together if len(bare) > _SHORT else bare in known)
        for bare in (_bare(block.shown or block.text) for block in blocks)
    ]


def _bare(text: str) -> str:
    """Letters and digits alone: readers differ in spaces, bullets and bars between cells."""
    return re.sub(r"[\W_]+", "", text)
