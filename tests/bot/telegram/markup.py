"""Telegram's reading of HTML messages, strict: what its servers would refuse is refused here."""

import html
import re
from dataclasses import dataclass

_TOKEN = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s[^<>]*)?)>|&(#\d+|#[xX][0-9a-fA-F]+|lt|gt|amp|quot);|([<&])")
_NAMES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "blockquote": "blockquote", "tg-spoiler": "spoiler", "tg-emoji": "custom_emoji", "a": "text_link",
}  # fmt: skip


class MarkupError(ValueError):
    """The message's HTML would be refused."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A formatted part of a message; `text` is what it covers."""

    kind: str
    text: str
    url: str | None = None


def parse(source: str) -> tuple[str, list[Entity]]:
    """The text of a message and its entities."""
    text, entities = "", []
    open_tags: list[tuple[str, int, str, str | None]] = []
    position = 0
    for token in _TOKEN.finditer(source):
        text += source[position : token.start()]
        position = token.end()
        closing, name, attributes, entity, stray = token.groups()
        if stray:
            raise MarkupError(f"unescaped {stray} at {token.start()}")
        if entity:
            text += html.unescape(f"&{entity};")
        elif closing:
            if not open_tags or open_tags[-1][0] != name:
                raise MarkupError(f"</{name}> closes nothing")
            _, start, kind, url = open_tags.pop()
            entities.append(Entity(kind, text[start:], url))
        else:
            kind, url = _opened(name, attributes.strip())
            open_tags.append((name, len(text), kind, url))
    if open_tags:
        raise MarkupError(f"<{open_tags[-1][0]}> is not closed")
    return (text + source[position:]).strip(), [entity for entity in entities if entity.text]


def _opened(name: str, attributes: str) -> tuple[str, str | None]:
    if name not in _NAMES:
        raise MarkupError(f"unsupported tag <{name}>")
    kind = _NAMES[name]
    if name == "a":
        link = re.fullmatch(r'href="([^"]*)"', attributes)
        if not link:
            raise MarkupError(f"bad link {attributes!r}")
        return kind, html.unescape(link[1])
    if name == "blockquote" and attributes == "expandable":
        return "expandable_blockquote", None
    if attributes and name not in ("code", "tg-emoji"):
        raise MarkupError(f"unexpected attributes {attributes!r}")
    return kind, None
