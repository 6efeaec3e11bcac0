"""`danvan ask` and `danvan chat`."""

import sys
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from rich.text import Text

from bot.answering.look_alikes import fold_look_alikes
from bot.answers import Status
from bot.commands.options import AsJson
from bot.conversation import topic_after
from bot.settings import load_settings
from bot.small_talk import SmallTalk, small_talk
from bot.terminal.rendering import answer_as_json, print_answer, print_explanation
from bot.terminal.streams import argument_text, console, print_json, say
from bot.wiring import open_answerer, open_live_answerer
from corpus.errors import DanvanError
from embeddings.question.question import Question

STDIN = "-"
AFRESH = "/moi"
HELP = "/help"
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
        "/moi – bắt đầu cuộc trao đổi mới\n/help – hướng dẫn này\nCtrl-D – thoát"
    ),
}
PROMPT = "Hỏi: "
MOST = 100

Top = Annotated[int, typer.Option("--top", min=1, max=MOST, help="How many passages to cite.")]


def ask(
    question: Annotated[
        str | None, typer.Argument(show_default=False, help="In Vietnamese, with or without marks.")
    ] = None,
    after: Annotated[str | None, typer.Option(metavar="PREVIOUS", help="The question asked before this one.")] = None,
    top: Top = 3,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show how the question was read and what was found.")
    ] = False,
    as_json: AsJson = False,
    batch: Annotated[
        str | None,
        typer.Option(metavar="FILE|-", help='Answer JSON lines {"id", "question", "context"}; needs --json.'),
    ] = None,
) -> None:
    """Answer a question with the sentence that says it, its passage and its source."""
    if batch is not None:
        if question is not None or after is not None:
            raise typer.BadParameter("--batch takes its questions from the file: give no QUESTION and no --after")
        if not as_json:
            raise typer.BadParameter("--batch needs --json")
        _ask_batch(batch, top, explain=explain)
        return
    if question is None:
        raise typer.BadParameter("give a QUESTION, or --batch FILE --json")
    _announce()
    asked = Question(argument_text(question), None if after is None else argument_text(after))
    answer, search = open_answerer(load_settings()).explain(asked, top)
    if as_json:
        print_json(answer_as_json(answer, search=search if explain else None))
    else:
        print_answer(console(), fold_look_alikes(answer))
        if explain and search is not None:
            print_explanation(console(), search)
    if answer.status is Status.INVALID:
        if as_json:
            say("danvan: " + " ".join(answer.notes))
        raise typer.Exit(1)


def chat() -> None:
    """Ask in a conversation: each question is read after the one before it. /moi starts afresh, Ctrl-D leaves."""
    _announce()
    live = open_live_answerer(load_settings())
    screen = console()
    if sys.stdin.isatty():
        import readline  # noqa: F401, PLC0415 - gives input() arrow keys and a history

        screen.print(Text(f"Gõ câu hỏi; {AFRESH} để bắt đầu chuyện khác, Ctrl-D để thoát.", style="dim"))
    previous: str | None = None
    try:
        while True:
            text = input(PROMPT if sys.stdin.isatty() else "").strip()
            if text and not sys.stdin.isatty():
                screen.print(Text(f"{PROMPT}{text}", style="bold"))
            said = SmallTalk.HELP if text == HELP else small_talk(text)
            if text == AFRESH:
                previous = None
                screen.print(Text("Đã bắt đầu cuộc trao đổi mới.", style="dim"))
            elif said is not None:
                screen.print(Text(SAID[said]))
                screen.print()
            elif text:
                answer, search = live.current().explain(Question(text, previous), SHOWN)
                print_answer(screen, fold_look_alikes(answer))
                screen.print()
                previous = topic_after(text, previous, search.understanding.dependence) if search else previous
            sys.stdout.flush()
    except (EOFError, KeyboardInterrupt):
        screen.print()


def _announce() -> None:
    """Say at once, to somebody at a terminal, what takes so long."""
    if sys.stderr.isatty():
        say("loading the model and the index")


def _ask_batch(name: str, top: int, *, explain: bool) -> None:
    from bot.commands.ask_batch import answer_lines  # noqa: PLC0415 - loads the model's libraries

    live = open_live_answerer(load_settings())
    with _open(name) as stream:
        answer_lines(live.current, stream, top, explain=explain)


def _open(name: str) -> BinaryIO:
    if name == STDIN:
        return sys.stdin.buffer
    try:
        return Path(name).open("rb")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DanvanError(f"the questions in {name!r} cannot be read: {reason}") from error
