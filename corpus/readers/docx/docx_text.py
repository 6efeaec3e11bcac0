"""The words of a paragraph of a DOCX as they are printed: marks of notes, formulas, ticks and symbols among them."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from corpus.readers.docx.docx_package import MC, M, R, W

UNSEEN = frozenset(
    (
        *(f"{W}{name}" for name in ("del", "moveFrom", "txbxContent", "rPr", "pPr", "sdtPr", "tbl", "instrText")),
        f"{MC}Fallback",
    )
)
"""Elements whose text is deleted, belongs elsewhere or is an instruction."""
_OFF = ("0", "false", "off", "none")
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_SYMBOLS = {
    "F0FE": "[x]",
    "F0FD": "[x]",
    "F052": "[x]",
    "F0A8": "[ ]",
    "F06F": "[ ]",
    "F0A3": "[ ]",
    "F0B7": "-",
    "F0A7": "-",
    "F0D8": "-",
    "F076": "-",
    "F0FC": "✓",
    "F0E0": "→",
    "F0B0": "°",
    "F0B3": "≥",
}
"""What symbols of Wingdings and Symbol look like, by their codes."""
_FIXED = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}noBreakHyphen": "-", f"{W}cr": "\n"}
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}


class TextReader:
    """Reads the words of paragraphs, and counts what it leaves out.

    Attributes:
        left_out: how many pieces of text were struck out, hidden or deleted.
        notes: (part, id) of the notes the last paragraphs refer to, not yet fetched by `take_notes`.
    """

    def __init__(self, number_of_note: Callable[[str, str], str]) -> None:
        """Take what gives the printed number of a note by its part (`footnotes`) and id."""
        self.left_out: Counter[str] = Counter()
        self.notes: list[tuple[str, str]] = []
        self._number_of_note = number_of_note

    def text_of(self, paragraph: Any) -> str:
        """The words of a paragraph, line feeds for its line breaks."""
        parts: list[str] = []
        waiting = list(reversed(paragraph))
        while waiting:
            element = waiting.pop()
            if element.tag == f"{W}del" and any(True for _ in element.iter(f"{W}delText")):
                self.left_out["deleted"] += 1
            if element.tag in UNSEEN or (element.tag == f"{W}r" and self._is_no_text(element)):
                continue
            said = self._said(element)
            if said is not None:
                parts.append(said)
            elif element.tag == f"{W}sdt" and _is_placeholder(element):
                continue
            else:
                waiting.extend(reversed(element))
        return "".join(parts)

    def _is_no_text(self, run: Any) -> bool:
        hidden = switched_on(run, "vanish")
        struck = switched_on(run, "strike") or switched_on(run, "dstrike")
        if (hidden or struck) and any((text.text or "").strip() for text in run.iter(f"{W}t")):
            self.left_out["hidden" if hidden else "struck_out"] += 1
        return hidden or struck

    def _said(self, element: Any) -> str | None:
        """What an element prints, None if that is up to those inside it."""
        tag = element.tag
        if tag in (f"{W}t", f"{M}t"):
            return element.text or ""
        if tag in _FIXED:
            return _FIXED[tag]
        if tag == f"{W}br":
            return "\n" if element.get(f"{W}type") in (None, "textWrapping") else ""
        if tag in _NOTES:
            return self._note(_NOTES[tag], element.get(f"{W}id", ""))
        if tag == f"{M}f":
            return self._fraction(element)
        return _field(element)

    def _note(self, part: str, identity: str) -> str:
        number = self._number_of_note(part, identity)
        if not number:
            return ""
        self.notes.append((part, identity))
        return f"[{number}]"

    def _fraction(self, element: Any) -> str:
        above, below = (
            "".join(self.text_of(part) for part in element.iterfind(f"{M}{name}")).strip() for name in ("num", "den")
        )
        return "/".join(
            f"({side})" if len(side.split()) > 1 or set(side) & set("+-") else side for side in (above, below)
        )


def switched_on(run: Any, name: str) -> bool:
    """Whether a run's own properties switch something on (`b`, `vanish`, `strike`)."""
    switch = run.find(f"{W}rPr/{W}{name}")
    return switch is not None and switch.get(f"{W}val", "1") not in _OFF


def relation(element: Any) -> str:
    """The id of the part an element refers to."""
    return str(element.get(f"{R}id") or element.get(f"{R}embed") or "")


def _is_placeholder(control: Any) -> bool:
    return control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def _field(data: Any) -> str | None:
    """What a symbol or a field of an old form shows (ticked or not, the chosen entry); None for anything else."""
    if data.tag == f"{W}sym":
        return _SYMBOLS.get((data.get(f"{W}char") or "").upper(), "")
    if data.tag != f"{W}ffData":
        return None
    box = data.find(f"{W}checkBox")
    if box is not None:
        state = box.find(f"{W}checked")
        state = state if state is not None else box.find(f"{W}default")
        ticked = state is not None and state.get(f"{W}val", "1") not in _OFF
        return "[x] " if ticked else "[ ] "
    entries = data.findall(f"{W}ddList/{W}listEntry")
    chosen = data.find(f"{W}ddList/{W}result")
    place = int(chosen.get(f"{W}val", "0")) if chosen is not None and chosen.get(f"{W}val", "0").isdigit() else 0
    return str(entries[place].get(f"{W}val", "")) if place < len(entries) else ""
