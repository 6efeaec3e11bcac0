"""An RTF file -> what it says: paragraphs, tables, notes; struck-out, hidden and deleted text left out and counted.

Written by hand: striprtf 0.0.35 loses footnotes, text boxes and pictures without a word and keeps what is struck out.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from corpus.article.furniture.vocabulary import Role
from corpus.article.page import Dropped, Page, read_page
from corpus.cleaning import clean
from corpus.errors import UnreadableError
from corpus.readers.headings import looks_like_heading
from corpus.readers.inside import ReadInside
from corpus.readers.lines import Line, lines_of_page, marked_lines, repaired
from corpus.readers.office.rtf_rows import Row, merged_cells
from corpus.readers.office.rtf_tokens import Token, tokens_of
from corpus.readers.office.rtf_words import LETTERS, RUNNING, SIGNS, SKIPPED, TRANSPARENT
from corpus.readers.reader_limits import DEFAULT_LIMITS, Limits
from corpus.readers.table_rows import Grid, cell_text, is_data, spread
from corpus.readers.unread_sentences import unread_of
from corpus.readers.warning_texts import GUESSED, LEGACY
from corpus.vietnamese import fold

_LARGE = 30 * 567 * 567  # square twips: 30 square centimetres, from which a picture may hold text that matters
_DEEPEST = 2000
_STYLE = re.compile(rb"\{\\s(\d+)\b[^{};]*? ([A-Za-z][^{};\\]*);\}")
_HEADING_STYLE = re.compile(r"title|heading [1-9]")
_PICTURES = {"pngblip": ".png", "jpegblip": ".jpg"}


@dataclass(slots=True)
class _State:
    """What holds inside a group."""

    skipped: bool = False
    starred: bool = False
    struck: bool = False
    hidden: bool = False
    deleted: bool = False
    bold: bool = False
    destination: str = ""


def read_rtf(raw: bytes, limits: Limits = DEFAULT_LIMITS, inside: ReadInside | None = None) -> Page:
    """Read a Rich Text file.

    Args:
        raw: the whole file.
        limits: not used; the file is never larger than it is.
        inside: reads pictures of text; None leaves them out.

    Raises:
        UnreadableError: if it is no RTF, nested too deeply, or without text.
    """
    del limits
    if not raw.lstrip().startswith(b"{\\rtf"):
        raise UnreadableError("it is not an RTF file, whatever its name says")
    reader = _Reader(inside, _styles(raw))
    for token in tokens_of(raw):
        reader.take(token)
    lines, legacy = repaired(list(reader.finished()))
    unread = unread_of(reader.counts)
    if not lines:
        raise UnreadableError(
            "; ".join(["it is an RTF file without text", *(part.sentence.rstrip(".") for part in unread)])
        )
    titles = [line.text for line in lines if line.style == "title"]
    first = [line for line in lines if line.style == "heading 1"]
    headline = titles[0] if titles else first[0].text if len(first) == 1 and first[0] in lines[:3] else ""
    said, marks = marked_lines(lines, headline)
    page = read_page("\n".join(said), marks, headline, web=False)
    dropped = (
        *page.dropped,
        *(Dropped(text, Role.LAYOUT) for text in dict.fromkeys(map(clean, reader.running)) if text),
    )
    doubts = [*((GUESSED,) if page.guessed else ()), *((LEGACY,) if legacy else ())]
    return replace(page, dropped=dropped, unread=unread, warnings=(*page.warnings, *reader.warnings, *doubts))


def _styles(raw: bytes) -> dict[int, str]:
    """Styles that say a paragraph is the title or a heading, by number."""
    names = ((int(number), fold(name.decode("latin-1").strip())) for number, name in _STYLE.findall(raw))
    return {number: name for number, name in names if _HEADING_STYLE.fullmatch(name)}


class _Reader:
    """Takes tokens one by one."""

    def __init__(self, inside: ReadInside | None, styles: Mapping[int, str]) -> None:
        self._inside = inside
        self._styles = styles
        self._leaving_out = False
        self._states = [_State()]
        self._lines: list[Line] = []
        self._parts: list[str] = []
        self._bold_letters = self._letters = 0
        self._label = ""
        self._style = ""
        self._in_table = False
        self._row = Row()
        self._merge = (False, False)
        self._rows: list[Row] = []
        self._held: list[tuple[list[str], str]] = []
        self._notes: list[str] = []
        self._note_count = 0
        self._picture: tuple[list[str], dict[str, int]] | None = None
        self.counts: Counter[str] = Counter()
        self.running: list[str] = []
        self.warnings: list[str] = []

    def take(self, token: Token) -> None:
        """Do what a token says."""
        state = self._states[-1]
        if token.kind == "open":
            if len(self._states) > _DEEPEST:
                raise UnreadableError(f"its groups are nested more than {_DEEPEST} deep")
            self._states.append(replace(state, starred=False, destination=""))
        elif token.kind == "close":
            self._close()
        elif token.kind == "sign":
            if token.text == "*":
                state.starred = True
            elif token.text in SIGNS:
                self._say(SIGNS[token.text])
        elif token.kind == "text":
            self._say(token.text)
        else:
            self._word(token.text, token.number, state)

    def finished(self) -> Iterator[Line]:
        """All lines, once every token was taken."""
        self._end_paragraph()
        self._end_table()
        return iter(self._lines)

    def _word(self, word: str, number: int | None, state: _State) -> None:
        if word in SKIPPED or (state.starred and word not in TRANSPARENT and not state.destination):
            state.skipped = True
            if word == "objdata":
                self.counts["embedded"] += 1
        elif word in RUNNING or word in ("footnote", "annotation", "listtext", "pntext", "pict"):
            self._enter(word, state)
        elif self._picture is not None:
            self._picture[1][word] = number or 0
        elif not state.skipped:
            self._toggle(word, number != 0, state)
            self._print(word, number)
        state.starred = False

    def _enter(self, word: str, state: _State) -> None:
        if state.skipped:
            return
        state.destination = word
        if word == "pict":
            self._picture = ([], {})
        elif word == "annotation":
            self.counts["comments"] += 1
            state.skipped = True
        else:
            self._held.append((self._parts, self._label))
            self._parts = []

    def _close(self) -> None:
        state = self._states.pop() if len(self._states) > 1 else self._states[0]
        if state.destination == "pict":
            self._end_picture()
        elif state.destination and state.destination != "annotation" and self._held:
            said = clean("".join(self._parts).replace("\n", " "))
            self._parts, self._label = self._held.pop()
            if state.destination in ("listtext", "pntext"):
                self._label = said if any(letter.isalnum() for letter in said) else "-"
            elif state.destination == "footnote":
                self._note_count += 1
                self._parts.append(f"[{self._note_count}]")
                self._notes.append(f"[{self._note_count}] {said}")
            else:
                self.running.append(said)

    def _toggle(self, word: str, on: bool, state: _State) -> None:  # noqa: FBT001
        if word in ("strike", "striked"):
            state.struck = on
        elif word == "v":
            state.hidden = on
        elif word == "deleted":
            state.deleted = on
        elif word == "b":
            state.bold = on
        elif word == "plain":
            state.struck = state.hidden = state.deleted = state.bold = False

    def _print(self, word: str, number: int | None) -> None:
        if word in LETTERS:
            self._say(LETTERS[word])
        elif word in ("par", "sect", "page"):
            self._end_paragraph()
        elif word == "pard":
            self._in_table, self._style = False, ""
        elif word == "intbl":
            self._in_table = True
        elif word == "s" and number is not None and number in self._styles:
            self._style = self._styles[number]
        elif word == "outlinelevel" and number is not None and number < 9:  # noqa: PLR2004 - 9 is body text
            self._style = f"heading {number + 1}"
        elif word in ("trowd", "trhdr", "clmgf", "clmrg", "clvmgf", "clvmrg", "cellx", "cell", "nestcell", "row"):
            self._table_word(word)

    def _table_word(self, word: str) -> None:
        if word == "trowd":
            self._row = replace(Row(), cells=self._row.cells)
        elif word == "trhdr":
            self._row.head = True
        elif word in ("clmrg", "clvmrg"):
            self._merge = (word == "clmrg" or self._merge[0], word == "clvmrg" or self._merge[1])
        elif word == "cellx":
            self._row.merges.append(self._merge)
            self._merge = (False, False)
        elif word == "cell":
            self._row.cells.append(self._take_text())
            self._in_table = True
        elif word == "nestcell":
            self._parts.append(" ")
        elif word == "row":
            self._rows.append(self._row)
            self._row = Row(self._row.head, list(self._row.merges))

    def _say(self, text: str) -> None:
        state = self._states[-1]
        if self._picture is not None:
            self._picture[0].append(text)
            return
        if state.skipped:
            return
        left_out = "deleted" if state.deleted else "hidden" if state.hidden else "struck_out" if state.struck else ""
        if left_out:
            self.counts[left_out] += bool(text.strip()) and not self._leaving_out
            self._leaving_out = self._leaving_out or bool(text.strip())
            return
        self._leaving_out = False
        letters = len(text.strip())
        self._letters += letters
        self._bold_letters += letters * state.bold
        self._parts.append(text)

    def _take_text(self) -> str:
        text = "".join(self._parts)
        label, self._label = self._label, ""
        self._parts = []
        return f"{label} {text}" if label and text.strip() else text

    def _end_paragraph(self) -> None:
        if self._in_table:
            self._parts.append(" ")
            return
        bold = self._letters > 0 and self._bold_letters >= self._letters
        self._letters = self._bold_letters = 0
        text = self._take_text()
        if text.strip():
            self._end_table()
        for piece in text.split("\n"):
            said = clean(piece)
            if said:
                heading = bool(self._style) or looks_like_heading(said, bold=bold)
                self._lines.append(Line(said, self._style, heading=heading))
        self._lines += [Line(note) for note in self._notes]
        self._notes = []

    def _end_table(self) -> None:
        rows, self._rows = self._rows, []
        if not rows:
            return
        texts = [[cell_text(cell) for cell in row.cells] for row in rows]
        heads = 0
        while heads < len(rows) and rows[heads].head:
            heads += 1
        width = max(map(len, texts))
        filled = [[*row, *[""] * (width - len(row))] for row in texts]
        grid = Grid(filled, heads if 0 < heads < len(rows) else None, spread(filled, merged_cells(rows)))
        if is_data(grid):
            self._lines.append(Line("", grid=grid))
        else:
            self._lines += [Line(clean(cell)) for row in rows for cell in row.cells if clean(cell)]
        self._lines += [Line(note) for note in self._notes]
        self._notes = []

    def _end_picture(self) -> None:
        letters, facts = self._picture or ([], {})
        self._picture = None
        if self._states[-1].skipped or facts.get("picwgoal", 0) * facts.get("pichgoal", 0) < _LARGE:
            return
        suffix = next((suffix for word, suffix in _PICTURES.items() if word in facts), "")
        try:
            if not suffix or self._inside is None:
                raise UnreadableError("no such pictures are read")  # noqa: TRY301
            page = self._inside(f"picture{suffix}", bytes.fromhex("".join("".join(letters).split())))
        except (UnreadableError, ValueError):
            self.counts["pictures"] += 1
            return
        self._end_paragraph()
        self.warnings += page.notices
        self._lines += lines_of_page(page)
