"""What people read is in one module, in Vietnamese, and valid for Telegram."""

import re
import string
from pathlib import Path

from bot.telegram import texts
from tests.bot.telegram.markup import parse

FOLDER = Path(texts.__file__).parent
VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ]|[\u1ea0-\u1ef9]")
SAID = {name: value for name, value in vars(texts).items() if name.isupper() and isinstance(value, str)}


def test_no_other_module_speaks_vietnamese() -> None:
    speaking = [
        (path.name, line)
        for path in FOLDER.rglob("*.py")
        if path.name != "texts.py"
        for line in path.read_text("utf-8").splitlines()
        if VIETNAMESE.search(line)
    ]
    assert speaking == []


def test_every_text_is_markup_that_telegram_takes() -> None:
    for value in SAID.values():
        fields = {name: "1" for _, name, _, _ in string.Formatter().parse(value) if name}
        assert parse(value.format(**fields))[0]


def test_every_text_is_used() -> None:
    code = "\n".join(path.read_text("utf-8") for path in FOLDER.rglob("*.py") if path.name != "texts.py")
    unused = [name for name in vars(texts) if name.isupper() and f"texts.{name}" not in code]
    assert unused == []
