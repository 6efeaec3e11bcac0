"""What people read is in the modules of texts, in Vietnamese, and valid for Telegram."""

import re
import string
from pathlib import Path

import bot
from bot.telegram import admin_texts, doubt_texts, refusal_texts, texts
from tests.bot.telegram.markup import parse

FOLDER = Path(texts.__file__).parent
VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ]|[\u1ea0-\u1ef9]")
MODULES = (texts, admin_texts)
SPEAKING = {Path(module.__file__).name for module in (*MODULES, doubt_texts, refusal_texts) if module.__file__}
NAMED = {(module, name): value for module in MODULES for name, value in vars(module).items() if name.isupper()}
SAID = [value for value in NAMED.values() if isinstance(value, str)]

GIVEN_UP = (
    "chỉ mục", "Nguồn khác", "Xem ngữ cảnh", "« Câu trả lời", "Chưa thấy câu trả lời; đoạn", "lời mời này đã được dùng",
    "chỉ đọc được câu hỏi bằng chữ",
)  # fmt: skip
"""Wordings that no official would use, replaced everywhere."""


def test_no_text_of_any_front_end_has_a_wording_that_was_given_up() -> None:
    found = [
        (path.name, line.strip())
        for path in Path(bot.__file__).parent.rglob("*")
        if path.suffix in (".py", ".j2", ".js")
        for line in path.read_text("utf-8").splitlines()
        if any(wording.lower() in line.lower() for wording in GIVEN_UP)
    ]
    assert found == []


def test_no_other_module_speaks_vietnamese() -> None:
    speaking = [
        (path.name, line)
        for path in FOLDER.rglob("*.py")
        if path.name not in SPEAKING
        for line in path.read_text("utf-8").splitlines()
        if VIETNAMESE.search(line)
    ]
    assert speaking == []


def test_every_text_is_markup_that_telegram_takes() -> None:
    for value in SAID:
        fields = {name: "1" for _, name, _, _ in string.Formatter().parse(value) if name}
        assert parse(value.format(**fields))[0]


def test_every_text_is_used() -> None:
    code = "\n".join(path.read_text("utf-8") for path in FOLDER.rglob("*.py") if path.name not in SPEAKING)
    said = set(re.findall(r"\b((?:admin_)?texts\.[A-Z_]+)\b", code))
    names = {f"{module.__name__.rpartition('.')[2]}.{name}" for module, name in NAMED}
    assert names - said == set()
