"""A portal of 300 pages and a folder kept up to date: what is new, changed, moved, gone, and never twice."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import FetchError
from corpus.intake.fetching import Fetcher
from corpus.library.library import Library
from corpus.limits import IntakeLimits
from corpus.watching.update_run import PageReport, UpdateRun, gone
from corpus.watching.watch_state import PageStatus, WatchState
from corpus.watching.watched_sources import WatchedSource
from tests.corpus.watching.portal import Portal, article, serving

COUNT = 300
LIMITS = IntakeLimits(private_addresses=True)

one_after_the_other = pytest.mark.xdist_group("a portal through time")
"""For the tests of one portal's history, which go on from each other: they stay in one process, in their order."""


class Kept:
    """A library and the portal it is kept up to date with."""

    def __init__(self, folder: Path, portal: Portal, **source: float | int) -> None:
        self.data = folder
        self.portal = portal
        self.source = WatchedSource("portal", f"{portal.root}/tin", seconds_between=0, **source)  # type: ignore[arg-type]
        (folder / "documents").mkdir()
        self.library = Library(folder / "documents", folder, limits=LIMITS)
        self.update: UpdateRun | None = None

    @property
    def state(self) -> WatchState:
        return WatchState.load(self.data / "watch", "portal")

    def run(self) -> dict[str, list[PageReport]]:
        self.portal.asked.clear()
        self.update = UpdateRun(self.source, self.state, self.library, Fetcher(LIMITS))
        found: dict[str, list[PageReport]] = {}
        for report in self.update.reports():
            found.setdefault(report.what, []).append(report)
        return found

    def count(self) -> int:
        return len(self.library.read().documents)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    portal = Portal(COUNT)
    portal.failing["/tin/bai-7.html"] = 1
    portal.slow["/tin/bai-8.html"] = 0.3
    with serving(portal) as served:
        yield Kept(tmp_path_factory.mktemp("kept"), served)


def whats(found: dict[str, list[PageReport]]) -> dict[str, int]:
    return {what: len(reports) for what, reports in found.items()}


@one_after_the_other
def test_1_after_the_first_run_every_page_is_a_document(kept: Kept) -> None:
    assert whats(kept.run()) == {"added": COUNT - 1, "failed": 1}
    assert whats(kept.run()) == {"added": 1, "unchanged": COUNT - 1}, "the page that failed is had now"
    assert kept.count() == COUNT
    assert {document.url for document in kept.library.read().documents} == {
        kept.portal.root + path for path in kept.portal.pages
    }
    assert not [path for path, _ in kept.portal.asked if path.startswith("/rieng/")]


@one_after_the_other
def test_2_nothing_that_has_not_changed_is_sent_again(kept: Kept) -> None:
    assert whats(kept.run()) == {"unchanged": COUNT}
    assert kept.portal.whole() == []
    assert kept.count() == COUNT


@one_after_the_other
def test_3_new_changed_moved_vanished_and_locked_pages(kept: Kept) -> None:
    portal = kept.portal
    new = [f"/moi/bai-{number}.html" for number in range(1, 11)]
    portal.pages |= {path: article(1000 + number) for number, path in enumerate(new)}
    portal.listed = [*new, *portal.listed]
    portal.pages["/tin/bai-20.html"] = article(20, version=2)
    portal.moved["/tin/bai-30.html"] = "/moi/bai-30.html"
    portal.pages["/moi/bai-30.html"] = portal.pages.pop("/tin/bai-30.html")
    del portal.pages["/tin/bai-40.html"]
    portal.login.add("/tin/bai-50.html")
    before = {document.id: document.text for document in kept.library.read().documents}
    found = kept.run()
    assert whats(found) == {
        "added": 10,
        "replaced": 1,
        "moved": 1,
        "gone": 1,
        "sign_in": 1,
        "unchanged": COUNT - 4,
    }
    assert len(portal.whole()) == 12
    documents = kept.library.read().documents
    assert len(documents) == COUNT + 10
    assert [each.id for each in documents if before.get(each.id, each.text) != each.text] == ["bai-20"]
    assert {each.file for each in gone(kept.state).values()} == {"bai-40.html"}
    (moved,) = [document for document in documents if document.id == "bai-30"]
    assert moved.url == f"{portal.root}/moi/bai-30.html"
    assert len(kept.library.history("bai-20")) == 2
    again = kept.run()
    assert whats(again) == {"unchanged": COUNT + 8, "gone": 1, "sign_in": 1}
    assert portal.whole() == []


@one_after_the_other
def test_4_what_was_removed_by_hand_stays_removed(kept: Kept) -> None:
    kept.library.remove("bai-60")
    kept.portal.pages["/tin/bai-60.html"] = article(60, version=2)
    assert [report.address for report in kept.run()["withdrawn"]] == [f"{kept.portal.root}/tin/bai-60.html"]
    assert "bai-60" not in {document.id for document in kept.library.read().documents}
    assert kept.state.pages[f"{kept.portal.root}/tin/bai-60.html"].status is PageStatus.WITHDRAWN


def test_a_run_goes_so_far_and_the_next_one_on_from_there(tmp_path: Path) -> None:
    with serving(Portal(30)) as portal:
        kept = Kept(tmp_path, portal, most_pages=20)
        counts = []
        for _ in range(3):
            kept.run()
            counts.append(kept.count())
            assert len(set(portal.asked)) == len(portal.asked) <= 21  # with robots.txt
        assert counts[0] < counts[1]
        assert counts[-1] == 30


def test_a_site_whose_rules_cannot_be_had_or_that_is_down_is_left_alone(tmp_path: Path) -> None:
    with serving(Portal(30)) as portal:
        kept = Kept(tmp_path, portal)
        portal.failing["/robots.txt"] = 1
        with pytest.raises(FetchError, match=r"robots\.txt cannot be had"):
            kept.run()
        portal.failing = dict.fromkeys(portal.pages, 9)
        found = kept.run()
        assert whats(found) == {"failed": 5}
        assert kept.update is not None
        assert "5 pages in a row could not be had" in kept.update.stopped
        portal.robots = "User-agent: danvan\nDisallow: /\n"
        assert kept.run() == {}
        assert [path for path, _ in portal.asked] == ["/robots.txt"]


def test_a_folder_is_kept_up_to_date(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(3):
        (folder / f"bai-{number}.html").write_text(article(number), "utf-8")
    (folder / "anh.jpg").write_bytes(b"\xff\xd8\xff")
    source = WatchedSource("in", str(folder))
    (tmp_path / "data" / "documents").mkdir(parents=True)
    library = Library(tmp_path / "data" / "documents", tmp_path / "data")

    def run() -> Counter[str]:
        state = WatchState.load(tmp_path / "data" / "watch", "in")
        return Counter(report.what for report in UpdateRun(source, state, library, Fetcher()).reports())

    assert run() == {"added": 3, "refused": 1}
    (folder / "bai-0.html").write_text(article(0, version=2), "utf-8")
    (folder / "bai-1.html").unlink()
    assert run() == {"replaced": 1, "gone": 1, "unchanged": 1, "refused": 1}
    assert len(library.read().documents) == 3, "what has vanished is marked, not removed"
    assert [page.file for page in gone(WatchState.load(tmp_path / "data" / "watch", "in")).values()] == [
        "in/bai-1.html"
    ]
