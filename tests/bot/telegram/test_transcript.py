"""A long conversation, replayed on the emulator and held to its transcript, which is there to be read.

The file is the script as well: what people say and press is taken from it, what the assistant says is compared. After
a change that is meant to show: `UPDATE_TRANSCRIPTS=1 pytest tests/bot/telegram/test_transcript.py`, and read the diff.
"""

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answers import Answer
from bot.phrases import VIETNAMESE
from bot.reindexing import ReindexReport
from bot.telegram.services import Parts
from corpus.models import Document
from embeddings.index.comparing import Difference
from embeddings.question.question import Question
from tests.bot.telegram.conftest import ADMIN, MEMBER, OTHER, STRANGER, Run, parts_of, until_crossed_out
from tests.bot.telegram.fakes import LIBRARY, FakeAnswerer, document
from tests.bot.telegram.server import Call, Sent, Server
from tests.bot.telegram.test_experience import of_the_bot

FILE = Path(__file__).parent / "transcripts" / "a_day_with_the_assistant.md"
PEOPLE = {"Lan": MEMBER, "Minh": OTHER, "Quản trị": ADMIN, "Khách": STRANGER}
NAMES = {number: name for name, number in PEOPLE.items()}
TURN = re.compile(r"^(👤|👆|✍️|↩️|🎤|🖼|📎) \*\*(.+?)\*\*(?:: (.*))?$", re.MULTILINE)
SAID = re.compile(r"^(🤖|✏️) ", re.MULTILINE)
CHANGING = (
    (re.compile(r"(?:(?<=, từ ngày )|(?<=, đến ngày ))\d{2}/\d{2}/\d{4}"), "…"),
    (re.compile(r"^• \d{2}[/.:\d ]+(?= – )", re.MULTILINE), "• …"),
    (re.compile(r"(?<==)i_[\w-]+"), "i_…"),
    (re.compile(r"\b[0-9a-f]{8}\b"), "…"),
)
"""What differs from run to run."""
PLAIN = ((" <khẩn> & “kịp thời”", ""), ("xanh & sạch <giai đoạn 1>", "xanh và sạch"))
"""What the library of the other tests has to be escaped, and what stands there for who reads this one."""
BEFORE, AFTER = "20310301T083000-5d41a7", "20310302T091500-c2f08e"
EXAMPLES = (
    "Giá nước sạch là bao nhiêu?",
    "Giờ mở cửa của thư viện là mấy giờ?",
    "Chủ đề Tết trồng cây năm 2031 là gì?",
)
SCHEDULE_FILE = "lich-tiep-cong-dan.txt"
SCHEDULE = (
    "Lịch tiếp công dân quý III năm 2031\n\n"
    "Ngày 01/7/2031, UBND xã Bình An thông báo việc tiếp công dân ở các thôn trong quý III năm 2031, "
    "thực hiện Luật Tiếp công dân và quy chế làm việc của UBND xã.\n\n"
    "Lịch tiếp công dân Sông Hậu tháng bảy là sáng thứ Ba ngày 08/7 và sáng thứ Ba ngày 22/7 tại nhà văn hóa thôn.\n\n"
    "Người dân mang theo đơn và giấy tờ có liên quan; cán bộ tư pháp xã hướng dẫn ngay tại chỗ.\n"
)


def plain(source: Document) -> Document:
    """A document without what only tests escaping."""
    title, text = source.title, source.text
    for found, stand_in in PLAIN:
        title, text = title.replace(found, stand_in), text.replace(found, stand_in)
    return replace(source, title=title, text=text)


class Office(FakeAnswerer):
    """Answers of the day; of a question that goes on it is said after which."""

    def answer(self, question: Question, top: int = 3) -> Answer:
        """Answer one question."""
        found = super().answer(question, top)
        if not found.follows:
            return found
        note = VIETNAMESE.follows.format(question=found.follows.rstrip("?"))
        alone = self._alone(Question(question.text), top)
        return replace(alone, follows=found.follows, topic=found.topic, notes=(*alone.notes, note))


class Day:
    """The parts of the program around one library, to which a document is added in the middle of the day."""

    def __init__(self, original: Path) -> None:
        self._original = original
        self._library = [plain(source) for source in LIBRARY]
        self._kept = [BEFORE]
        self._opened = self._office()

    def parts(self) -> Parts:
        """For the bot."""
        return parts_of(
            self._opened,
            published_id=lambda data_dir: self._kept[0],
            reopen=lambda settings, name, before: self._office(),
            reindex=lambda settings: self._reindexed(),
            kept=lambda settings: tuple(self._kept),
            original=lambda settings, source: self._original if source.id == "nuoc-sach" else None,
        )

    def _office(self) -> Office:
        return Office(self._library, self._kept[0])

    def _reindexed(self) -> ReindexReport:
        title, _, text = SCHEDULE.partition("\n\n")
        self._library.append(document("lich-tiep-cong-dan", title, text.strip()))
        self._kept.insert(0, AFTER)
        passages, added = len(self._office().retriever.passages), Difference(added=("lich-tiep-cong-dan",))
        return ReindexReport(AFTER, True, len(self._library), passages, (), 2.0, difference=added)


Seen = dict[tuple[int, int], tuple[str, str]]


def as_read(sent: Sent) -> str:
    """A message as a person sees it, with its buttons."""
    text = sent.text
    for pattern, stand_in in CHANGING:
        text = pattern.sub(stand_in, text)
    rows = [" ".join(f"[{button['text']}]" for button in row) for row in (sent.markup or {}).get("inline_keyboard", [])]
    return "\n".join(f"> {line}".rstrip() for line in (*text.split("\n"), *rows))


def seen(server: Server) -> Seen:
    files = {(call.chat, -number): (str(call.fields), "") for number, call in enumerate(sent_files(server), start=1)}
    return {key: (sent.html, str(sent.markup)) for key, sent in server.messages.items()} | files


def sent_files(server: Server) -> list[Call]:
    return [call for call in server.called("sendDocument") if call.status]


def news(server: Server, before: Seen) -> list[str]:
    """What was sent or changed since: messages first, each chat by itself, the one that was written to first."""
    now = seen(server)
    changed = [(key, sent) for key, sent in server.messages.items() if before.get(key) != now[key]]
    first = {chat: min(id_ for (where, id_), _ in changed if where == chat) for (chat, _), _ in changed}
    ordered = sorted(changed, key=lambda one: (one[0] in before, first[one[0][0]], one[0][1]))
    told = [f"{'✏️' if key in before else '🤖'} → **{NAMES[key[0]]}**\n{as_read(sent)}" for key, sent in ordered]
    files = [call for number, call in enumerate(sent_files(server), start=1) if (call.chat, -number) not in before]
    names = [one["filename"] for one in server.assets.values() if one["filename"] != SCHEDULE_FILE]
    return [*told, *(f"🤖 → **{NAMES[call.chat]}**\n> 📄 {name}" for call, name in zip(files, names, strict=False))]


async def act(server: Server, kind: str, name: str, words: str) -> None:
    """Do what a line of the script says somebody does."""
    user = PEOPLE[name]
    if kind == "👤":
        await server.say(user, words)
    elif kind == "👆":
        label = words.strip("[]")
        sent = next(one for one in reversed(server.sent_to(user)) if label in one.buttons)
        await server.press(user, sent, sent.buttons[label])
    elif kind == "✍️":
        await server.edit(user, server._next_person_message - 1, words)
    elif kind == "↩️":
        last = server.sent_to(user)[-1]
        await server.say(user, words, reply_to_message=of_the_bot(server, user, last.id))
    elif kind == "📎":
        await server.send_file(user, words, SCHEDULE.encode())
    else:
        photo = [{"file_id": "x", "file_unique_id": "y", "width": 90, "height": 90}]
        voice = {"file_id": "x", "file_unique_id": "y", "duration": 3}
        more = {"photo": photo, "caption": words} if kind == "🖼" else {"voice": voice}
        await server.enqueue_update({"message": server.message(user, **more)}, token=server.token)


async def replay(server: Server, data_dir: Path, script: str, *, update: bool) -> str:
    """The transcript that comes out of doing what the script says."""
    turns = list(TURN.finditer(script))
    told = [script[: turns[0].start()].strip()]
    for turn, following in zip(turns, [*turns[1:], None], strict=True):
        before, awaited = seen(server), len(SAID.findall(script[turn.end() : following.start() if following else None]))
        await act(server, turn[1], turn[2], turn[3] or "")
        if update:
            await server.quiet(2.5)
        else:
            await server.until(lambda: len(news(server, before)) >= awaited)  # noqa: B023 - awaited at once
            await until_crossed_out(data_dir)
            await server.quiet(0.2)
        told += [turn[0], *news(server, before)]
    return "\n\n".join(told) + "\n"


async def test_a_day_with_the_assistant(
    server: Server, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.examples.EXAMPLES", EXAMPLES)
    monkeypatch.setattr("bot.telegram.upkeep.LOOK_SECONDS", 0.1)
    original = tmp_path / "ke-hoach-cap-nuoc-sach.docx"
    original.write_bytes(b"PK")
    script = FILE.read_text("utf-8")
    update = bool(os.environ.get("UPDATE_TRANSCRIPTS"))
    async with run(Day(original).parts(), weekly_summary="off"):
        told = await replay(server, tmp_path / "data", script, update=update)
    if update:
        FILE.write_text(told, "utf-8")
    assert len(TURN.findall(script)) >= 60
    assert told == script
