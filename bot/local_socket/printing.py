"""What `danvan ask` shows a person, written on the console here or, by a service, for the console there."""

import io

from rich.console import Console

from bot.answering.look_alikes import fold_look_alikes
from bot.answers import Answer
from bot.local_socket.protocol import Screen
from bot.terminal.rendering import print_answer, print_explanation
from embeddings.hits import Search


def print_asked(console: Console, answer: Answer, search: Search | None) -> None:
    """Write an answer, and how it was found where that is wanted."""
    print_answer(console, fold_look_alikes(answer))
    if search is not None:
        print_explanation(console, search)


def printed_for(screen: Screen, answer: Answer, search: Search | None) -> str:
    """What `print_asked` writes on such a screen."""
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=screen.width,
        force_terminal=screen.is_terminal,
        color_system=screen.colours,  # type: ignore[arg-type] # checked by read_request
        no_color=screen.no_colour,
        legacy_windows=False,
        highlight=False,
        emoji=False,
        markup=False,
    )
    print_asked(console, answer, search)
    return stream.getvalue()
