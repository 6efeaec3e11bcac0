"""`danvan chat`."""

import re
import sys

from rich.text import Text

from bot.answering.look_alikes import fold_look_alikes
from bot.answers import Status
from bot.commands.ask import announce
from bot.settings import load_settings
from bot.small_talk import Remark, SmallTalk, remark, small_talk
from bot.terminal.reading_on import ReadingOn
from bot.terminal.rendering import print_answer
from bot.terminal.streams import console
from bot.wiring import open_live_answerer
from embeddings.question.question import Question

AFRESH = "/moi"
HELP = ("/help", "/start")
ASK = "/hoi "
UNKNOWN_COMMAND = f"Không có lệnh này. Các lệnh dùng được: {AFRESH}, {HELP[0]}."
_COMMAND = re.compile(r"/[a-z_]+(?![\w/-])", re.IGNORECASE)
SHOWN = 3
SAID = {
    SmallTalk.GREETING: "Xin chào anh/chị! Anh/chị cần tra cứu điều gì trong tài liệu, xin cứ gõ câu hỏi.",
    SmallTalk.THANKS: "Không có gì ạ, rất vui được giúp anh/chị.",
    SmallTalk.FAREWELL: "Chào anh/chị, hẹn gặp lại! (Ctrl-D để thoát.)",
    SmallTalk.IDENTITY: "Đây là trợ lý tra cứu tài liệu: anh/chị hỏi, trợ lý tìm câu trả lời và dẫn nguồn.",
    SmallTalk.ACKNOWLEDGEMENT: "Vâng ạ. Anh/chị cần tra cứu gì thêm xin cứ hỏi.",
    SmallTalk.ANGER: "Xin lỗi vì chưa giúp được anh/chị. Xin nêu rõ tên việc, tên văn bản hoặc năm cần tra cứu.",
    SmallTalk.HELP: (
        "Gõ câu hỏi bình thường, có dấu hay không dấu đều được; hỏi tiếp ngay câu sau cũng được.\n"
        "Sau câu trả lời có thể gõ: nói rõ hơn, tóm tắt bài này, đoạn khác, trả lời sai rồi.\n"
        "/moi – bắt đầu cuộc trao đổi mới\n/help – hướng dẫn này\nCtrl-D – thoát"
    ),
}
PROMPT = "Hỏi: "


def chat() -> None:
    """Ask in a conversation: each question is read after the one before it. /moi starts afresh, Ctrl-D leaves."""
    announce()
    live = open_live_answerer(load_settings())
    screen = console()
    if sys.stdin.isatty():
        import readline  # noqa: F401, PLC0415 - gives input() arrow keys and a history

        screen.print(Text(f"Gõ câu hỏi; {AFRESH} để bắt đầu chuyện khác, Ctrl-D để thoát.", style="dim"))
    previous: str | None = None
    reading_on = ReadingOn()
    try:
        while True:
            text = input(PROMPT if sys.stdin.isatty() else "").strip()
            if text and not sys.stdin.isatty():
                screen.print(Text(f"{PROMPT}{text}", style="bold"))
            text = text.removeprefix(ASK).strip()
            remarked = remark(text)
            if text == AFRESH:
                previous, reading_on = None, ReadingOn()
                screen.print(Text("Đã bắt đầu cuộc trao đổi mới.", style="dim"))
            elif said := _without_looking_up(text):
                screen.print(Text(said))
                screen.print()
            elif remarked is not None:
                document = reading_on.document_id
                passages = live.current().retriever.passages_of(document) if document else ()
                reading_on.show(screen, remarked, passages)
                screen.print()
            elif text:
                answer = fold_look_alikes(live.current().answer(Question(text, previous), SHOWN))
                print_answer(screen, answer)
                screen.print()
                reading_on.answered(answer)
                previous = previous if answer.status is Status.INVALID else answer.topic or text
            sys.stdout.flush()
    except (EOFError, KeyboardInterrupt):
        screen.print()


def _without_looking_up(text: str) -> str:
    """What is said to commands, small talk and praise; "" to anything else."""
    if text in HELP:
        return SAID[SmallTalk.HELP]
    kind = small_talk(text)
    if kind is None and remark(text) is Remark.GOOD:
        kind = SmallTalk.ACKNOWLEDGEMENT
    if kind is not None:
        return SAID[kind]
    return UNKNOWN_COMMAND if _COMMAND.match(text) else ""
