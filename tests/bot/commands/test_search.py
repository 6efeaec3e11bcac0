"""`search` as a person meets it: passages alone, narrowed down by date, publisher and document."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run

ASKED = "diễn đàn cán bộ trẻ"


def found(quick: Run, data_dir: Path, *options: str) -> list[dict[str, str]]:
    done = quick("search", ASKED, "--json", "--top", "50", *options, data_dir=data_dir)
    assert (done.status, done.err) == (0, "")
    return [json.loads(line) for line in done.out.splitlines()]


def test_passages_for_people_have_their_source_and_nothing_at_the_ends_of_lines(
    quick: Run, quick_indexed: Path
) -> None:
    done = quick("search", ASKED, "--top", "2", data_dir=quick_indexed)
    assert (done.status, done.err) == (0, "")
    lines = done.out.split("\n")
    assert lines == [line.rstrip() for line in lines]
    assert [line[:4] for line in lines if line.startswith("[")] == ["[1] ", "[2] "]
    assert "mt.gov.vn · 14/10/2019 · can-bo-tre-dan-van-chinh-quyen-2019" in done.out


@pytest.mark.parametrize(
    ("options", "fits"),
    [
        (("--from", "2019-10-01", "--to", "2019-12-31"), lambda one: one["published"] == "2019-10-14"),
        (("--from", "2022-01-01"), lambda one: one["published"] == "2022-01-13"),
        (("--publisher", "mt.gov.vn"), lambda one: one["publisher"] == "mt.gov.vn"),
        (("--document", "nam-dan-van-2014"), lambda one: one["document_id"] == "nam-dan-van-2014"),
    ],
)
def test_only_the_documents_asked_for_are_searched(
    quick: Run, quick_indexed: Path, options: tuple[str, ...], fits: object
) -> None:
    passages = found(quick, quick_indexed, *options)
    assert passages
    assert callable(fits)
    assert all(map(fits, passages))
    assert len(passages) < len(found(quick, quick_indexed))


def test_where_nothing_is_left_that_is_said(quick: Run, quick_indexed: Path) -> None:
    done = quick("search", ASKED, "--to", "1999-12-31", data_dir=quick_indexed)
    assert done.status == 0
    assert done.out == "no document is left of what was asked for\n"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--from", "2019-13-01"), "'2019-13-01' is no date such as 2020-01-31"),
        (("--document", "khong-co"), "there is no document 'khong-co' in the index"),
    ],
)
def test_what_cannot_be_asked_for_is_one_sentence(
    quick: Run, quick_indexed: Path, options: tuple[str, ...], told: str
) -> None:
    done = quick("search", ASKED, *options, data_dir=quick_indexed)
    assert done.status != 0
    assert done.out == ""
    assert told in done.err
