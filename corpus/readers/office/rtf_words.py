"""Control words of RTF: what they print, and which groups hold no text."""

import re

SKIPPED = frozenset(
    re.split(
        r"\s+",
        "fonttbl colortbl stylesheet info listtable listoverridetable revtbl rsidtbl generator themedata datastore "
        "colorschememapping latentstyles xmlnstbl fldinst sp nonshppict bkmkstart bkmkend atnid atnauthor atrfstart "
        "atrfend template pgdsctbl filetbl ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn tc xe objdata objclass "
        "datafield formfield background listpicture mmathPr wgrffmtfilter userprops docvar passwordhash",
    )
)
"""Destinations of groups that hold no text of the document."""
RUNNING = frozenset(f"{place}{which}" for place in ("header", "footer") for which in ("", "l", "r", "f"))
"""Destinations of headers and footers."""
TRANSPARENT = frozenset(("shpinst", "shppict", "ud", "shptxt", "objattph"))
"""Destinations of groups that are read as if they stood without their braces."""
SIGNS = {"~": "\u00a0", "_": "-", "\\": "\\", "{": "{", "}": "}", "\n": "\n", "\r": "\n"}
"""What control signs print."""
LETTERS = {
    "tab": " ",
    "line": "\n",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": " ",
    "enspace": " ",
}
"""What control words print."""
