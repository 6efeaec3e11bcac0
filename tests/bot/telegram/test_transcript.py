"""A long conversation, replayed on the emulator and held to its transcript, which is there to be read.

The file is the script as well: what people say and press is taken from it, what the assistant says is compared. After
a change that is meant to show: `UPDATE_TRANSCRIPTS=1 pytest tests/bot/telegram/test_transcript.py`, and read the diff.
"""

import os
import re
from pathlib import Path

from bot.reindexing import ReindexReport
from embeddings.index.comparing import Difference
from tests.bot.telegram.conftest import ADMIN, MEMBER, OTHER, STRANGER, Run, parts_of, until_crossed_out
from tests.bot.telegram.fakes import FakeAnswerer
from tests.bot.telegram.server import Sent, Server
from tests.bot.telegram.test_documents import NEWS
from tests.bot.telegram.test_experience import of_the_bot

FILE = Path(__file__).parent / "transcripts" / "a_day_with_the_assistant.md"
PEOPLE = {"Lan": MEMBER, "Minh": OTHER, "Quản trị": ADMIN, "Khách": STRANGER}
NAMES = {number: name for name, number in PEOPLE.items()}
TURN = re.compile(r"^(👤|👆|✍️|↩️|🎤|🖼|📎) \*\*(.+?)\*\*(?:: (.*))?$", re.MULTILINE)
SAID = re.compile(r"^(🤖|✏️) ", re.MULTILINE)
CHANGING = (
    (re.compile(r"(?:(?<=, từ ngày )|(?<=, đến ngày ))\d{2}/\d{2}/\d{4}"), "…"),
    (re.compile(r"^• \d{2}[/.:\d ]+(?= – )", re.MULTILINE), "• …"),
    (re.compile(r"i_[\w-]+"), "i_…"),
    (re.compile(r"\b[0-9a-f]{8}\b"), "…"),
)
"""What differs from run to run."""

Seen = dict[tuple[int, int], tuple[str, str]]


def as_read(sent: Sent) -> str:
    """A message as a person sees it, with its buttons."""
    text = sent.text
    for pattern, stand_in in CHANGING:
        text = pattern.sub(stand_in, text)
    rows = [" ".join(f"[{button['text']}]" for button in row) for row in (sent.markup or {}).get("inline_keyboard", [])]
    return "\n".join(f"> {line}".rstrip() for line in (*text.split("\n"), *rows))


def seen(server: Server) -> Seen:
    return {key: (sent.html, str(sent.markup)) for key, sent in server.messages.items()}


def news(server: Server, before: Seen) -> list[str]:
    """What was sent or changed since: messages first, each chat by itself."""
    changed = [(key, sent) for key, sent in server.messages.items() if before.get(key) != seen(server)[key]]
    ordered = sorted(changed, key=lambda one: (one[0] in before, list(NAMES).index(one[0][0]), one[0][1]))
    return [f"{'✏️' if key in before else '🤖'} → **{NAMES[key[0]]}**\n{as_read(sent)}" for key, sent in ordered]


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
        await server.send_file(user, words, NEWS)
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


async def test_a_day_with_the_assistant(server: Server, run: Run, tmp_path: Path) -> None:
    script = FILE.read_text("utf-8")
    update = bool(os.environ.get("UPDATE_TRANSCRIPTS"))
    report = ReindexReport("g2", True, 4, 13, (), 2.0, difference=Difference(added=("tong-ket",)))
    async with run(parts_of(FakeAnswerer(), reindex=lambda settings: report)):
        told = await replay(server, tmp_path / "data", script, update=update)
    if update:
        FILE.write_text(told, "utf-8")
    assert len(TURN.findall(script)) >= 60
    assert told == script
