"""200 people at once on the Telegram emulator, while things go wrong: `python -m tests.benchmarks.telegram_load`.

Options: `--people N` (200), `--seconds S` that each trouble lasts at least (20), `--only WORDS` of the troubles whose
name holds them, `--no-model`.

First the real model: one warm question, then everybody's two questions at once; every message is compared with what
the Answerer says elsewhere. Then each trouble of `tests/bot/telegram/troubles.py` with the small answerer of the tests
and the program's own pauses: whoever is offered an answer that may have arrived presses the button if it has not.
Exit status 0 if nothing was lost, nothing came twice and nothing went to somebody else.
"""

import argparse
import asyncio
import itertools
import logging
import statistics
import sys
import tempfile
from pathlib import Path
from typing import cast

from bot.answering.answerer import Answerer
from bot.answering.links import Links
from bot.answering.look_alikes import fold_look_alikes
from bot.gold.gold_files import read_gold
from bot.settings import Settings
from bot.telegram.outgoing.message_html import render_answer
from bot.wiring import open_answerer, open_indexer
from embeddings.question.question import Question
from tests.bot.telegram.conftest import parts_of
from tests.bot.telegram.fakes import FakeAnswerer
from tests.bot.telegram.load import FIRST_PERSON, Asked, Outcome, Person, World, crowd, live_through, running_bot
from tests.bot.telegram.server import USERNAME, running_server
from tests.bot.telegram.troubles import TROUBLES, none_at_all
from tests.conftest import GOLD

WARM = 20
HEAD = "what is wrong            asked  lost twice crossed button  p50 s  p95 s recovered s"


async def with_the_model(count: int) -> Outcome:
    """Everybody at once with the real model; prints the waits as multiples of one warm question."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(_env_file=None, data_dir=Path(folder))  # type: ignore[call-arg]
        open_indexer(settings).reindex()
        answerer = open_answerer(settings).with_links(Links(bot_name=USERNAME))
        people = _people(answerer, count)
        async with running_server() as server:
            world = World(server, Path(folder), answerer)
            async with running_bot(world, parts_of(cast("FakeAnswerer", answerer))):
                alone: list[float] = []
                for number in range(WARM):
                    one = Person(FIRST_PERSON - 1 - number, people[number % count].asks[:1])
                    alone += (await live_through(server, [one], none_at_all(world))).waits
                outcome = await live_through(server, people, none_at_all(world))
    warm = statistics.median(alone)
    shares = ", ".join(
        f"p{share} {outcome.percentile(share):.2f} s ({outcome.percentile(share) / warm:.0f} times)"
        for share in (50, 95)
    )
    print(
        f"the real model: one warm question {warm * 1000:.0f} ms; {count} people at once, two questions each: {shares}"
    )
    return outcome


def _people(answerer: Answerer, count: int) -> list[Person]:
    """People with two complete questions of the gold set each, and what the Answerer says to them."""
    complete = [item.question for item in read_gold(GOLD).items if item.context is None and item.question]
    questions = itertools.cycle(dict.fromkeys(complete))

    def html_of(question: str, previous: str | None) -> str:
        return render_answer(fold_look_alikes(answerer.answer(Question(question, previous))))

    def asked(question: str, html: str) -> Asked:
        return Asked(question, lambda sent: sent.html == html)

    people = []
    for number in range(count):
        first = next(questions)
        said = html_of(first, None)
        # Two questions with one answer could not be told from one that was answered twice.
        second, said_next = next((one, html) for one in questions if (html := html_of(one, first)) != said)
        people.append(Person(FIRST_PERSON + number, [asked(first, said), asked(second, said_next)]))
    return people


async def through(name: str, count: int, seconds: float) -> Outcome:
    """Everybody at once while something is wrong."""
    people, answerer = crowd(count)
    with tempfile.TemporaryDirectory() as folder:
        async with running_server() as server:
            world = World(server, Path(folder), answerer)
            async with running_bot(world, parts_of(answerer)):
                return await live_through(server, people, TROUBLES[name](world), seconds)


def line(name: str, outcome: Outcome) -> str:
    """A row of the table."""
    return (
        f"{name:<24}{outcome.asked:>6}{outcome.lost:>6}{outcome.twice:>6}{outcome.crossed:>8}{outcome.offered:>7}"
        f"{outcome.percentile(50):>7.1f}{outcome.percentile(95):>7.1f}{outcome.recovery:>12.1f}"
    )


def main(options: argparse.Namespace) -> int:
    """Print the figures; 0 if all was whole."""
    logging.basicConfig(handlers=[logging.NullHandler()], level=logging.INFO)  # the troubles listen to the log
    outcomes = {}
    if not options.no_model:
        outcomes["the real model"] = asyncio.run(with_the_model(options.people))
    print(HEAD)
    for name, outcome in outcomes.items():
        print(line(name, outcome), flush=True)
    for name in TROUBLES:
        if options.only in name:
            outcomes[name] = asyncio.run(through(name, options.people, options.seconds))
            print(line(name, outcomes[name]), flush=True)
    return 0 if all(outcome.is_whole for outcome in outcomes.values()) else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--only", default="")
    parser.add_argument("--no-model", action="store_true")
    sys.exit(main(parser.parse_args()))
