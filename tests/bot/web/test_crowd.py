"""Two hundred people at once: everybody gets the answers to their own questions, and nobody else's."""

import asyncio
import re

import httpx

from tests.bot.web.conftest import Site
from tests.bot.web.test_pages import form_token
from tests.conftest import PATIENCE

PEOPLE = 200
MARK = re.compile(r"người số (\d+) hỏi lần (\d)")


async def converse(site: Site, number: int) -> list[set[tuple[str, str]]]:
    """What one person sees after each of two questions, and on the page at the end."""
    seen = []
    async with httpx.AsyncClient(base_url=site.address, timeout=PATIENCE, follow_redirects=True) as client:
        form = form_token((await client.get("/")).text)
        for turn in (1, 2):
            question = f"người số {number} hỏi lần {turn}: hai khâu đột phá là gì?"
            data = {"form": form, "question": question, "once": f"{number}-{turn}"}
            answer = await client.post("/ask", data=data, headers={"x-danvan-part": "1"})
            assert answer.status_code == 200
            assert "khâu đột phá, đó là" in answer.text
            seen.append(set(MARK.findall(answer.text)))
        seen.append(set(MARK.findall((await client.get("/")).text)))
    return seen


async def test_two_hundred_people_at_once(open_site: Site) -> None:
    people = range(PEOPLE)
    found = await asyncio.gather(*(converse(open_site, number) for number in people))
    for number, (first, second, page) in zip(people, found, strict=True):
        mine = {(str(number), turn) for turn in "12"}
        assert first == {(str(number), "1")}
        assert (str(number), "2") in second <= mine  # a note may tell of the question before
        assert page == mine
