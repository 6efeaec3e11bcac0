"""How mail and web archives begin."""

import re

_HEAD = re.compile(rb"(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}")
_TELLING = re.compile(
    rb"^(?:mime-version|content-type|content-transfer-encoding|received):", re.IGNORECASE | re.MULTILINE
)
_BEGINNING = 16_384


def looks_like_mail(raw: bytes) -> bool:
    """Whether bytes begin with lines `Name: value`, one of which only programs write."""
    found = _HEAD.match(raw[:_BEGINNING].lstrip(b"\xef\xbb\xbf\r\n"))
    return found is not None and _TELLING.search(found[0]) is not None
