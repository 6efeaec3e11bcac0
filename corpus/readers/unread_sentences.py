"""What people are told of parts of office files that are not in their text, in counts."""

from collections.abc import Mapping

from corpus.article.page import Unread

_SENTENCES = {
    "struck_out": ("1 struck-out piece of text is left out.", "{} struck-out pieces of text are left out."),
    "deleted": (
        "1 piece of text deleted in a tracked change is left out.",
        "{} pieces deleted in tracked changes are left out.",
    ),
    "hidden": ("1 hidden piece of text is left out.", "{} hidden pieces of text are left out."),
    "hidden_sheets": ("1 hidden sheet is not read.", "{} hidden sheets are not read."),
    "hidden_slides": ("1 hidden slide is not read.", "{} hidden slides are not read."),
    "embedded": ("1 file packed into it is not read.", "{} files packed into it are not read."),
    "pictures": ("1 picture is not read.", "{} pictures are not read."),
    "charts": ("1 chart is not read.", "{} charts are not read."),
    "diagrams": ("1 diagram is not read.", "{} diagrams are not read."),
    "media": ("1 sound or film is not read.", "{} sounds and films are not read."),
    "comments": ("1 comment in its margin is not read.", "{} comments in its margin are not read."),
    "formulas": (
        "1 formula has no value saved with it; open and save the file once.",
        "{} formulas have no values saved with them; open and save the file once.",
    ),
    "rows": ("1 row beyond what one file may hold is not read.", "{} rows beyond what one file may hold are not read."),
    "columns": (
        "A table has more columns than are read; the rest is left out.",
        "{} tables have more columns than are read; the rest is left out.",
    ),
}


def unread_of(counts: Mapping[str, int]) -> tuple[Unread, ...]:
    """What is to be said of counted parts; those of which there are none are not named."""
    return tuple(
        Unread(kind, counts[kind], (one if counts[kind] == 1 else more).format(counts[kind]))
        for kind, (one, more) in _SENTENCES.items()
        if counts.get(kind, 0) > 0
    )
