"""`make bench` in one call: what is measured is kept, a run that was cut off goes on, a whole one starts anew."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.benchmarks import bench, bench_page
from tests.benchmarks.pieces import Pieces, program_key

MODULES = (*bench.WITH_FIGURES, *bench.WITH_TEXT)


class Measuring:
    """Stands for the modules; is interrupted at one of them, another cannot be measured."""

    def __init__(self, interrupted_at: str | None = None, impossible: str | None = None) -> None:
        self.asked: list[str] = []
        self.interrupted_at = interrupted_at
        self.impossible = impossible

    def __call__(self, module: str, *, shown: bool) -> dict[str, str]:
        if module == self.interrupted_at:
            raise KeyboardInterrupt
        self.asked.append(module)
        return {"text": f"{module} took 1 s"} | ({"reason": "no browser"} if module == self.impossible else {})


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Mapping[str, Mapping[str, str]]]:
    """What pages were written of, the figures kept in a folder of the test's own."""
    written: list[Mapping[str, Mapping[str, str]]] = []
    monkeypatch.setattr(bench, "FOLDER", tmp_path)
    monkeypatch.setattr(bench, "program_key", lambda: "this program")
    monkeypatch.setattr(bench_page, "write", written.append)
    monkeypatch.setattr(sys, "argv", ["bench"])
    return written


def test_a_run_that_was_cut_off_goes_on(
    pages: list[Mapping[str, Mapping[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "_run", Measuring(interrupted_at="growth"))
    with pytest.raises(KeyboardInterrupt):
        bench.main()
    assert pages == []
    second = Measuring()
    monkeypatch.setattr(bench, "_run", second)
    assert bench.main() == 0
    assert second.asked == [module for module in MODULES if module not in {"peers", "machine_limits"}]
    assert [*pages[0]] == [*bench.WITH_TEXT]


def test_a_run_after_a_whole_one_starts_anew(
    pages: list[Mapping[str, Mapping[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        measuring = Measuring()
        monkeypatch.setattr(bench, "_run", measuring)
        assert bench.main() == 0
        assert measuring.asked == [*MODULES]
    assert len(pages) == 2


def test_another_program_is_measured_anew(
    pages: list[Mapping[str, Mapping[str, str]]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(bench, "_run", Measuring(interrupted_at="timings"))
    with pytest.raises(KeyboardInterrupt):
        bench.main()
    (tmp_path / "growth.json").write_text("{}", "utf-8")
    monkeypatch.setattr(bench, "program_key", lambda: "another program")
    measuring = Measuring()
    monkeypatch.setattr(bench, "_run", measuring)
    bench.main()
    assert measuring.asked == [*MODULES]
    assert not (tmp_path / "growth.json").exists()
    assert len(pages) == 1


def test_what_cannot_be_measured_is_said_and_the_rest_goes_on(
    pages: list[Mapping[str, Mapping[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    measuring = Measuring(impossible="hostile_sizes")
    monkeypatch.setattr(bench, "_run", measuring)
    assert bench.main() == 1
    assert measuring.asked == [*MODULES]
    part = bench_page.text_part("hostile_sizes", pages[0]["hostile_sizes"])
    assert part.endswith("    hostile_sizes took 1 s\n\nNot measured to the end: no browser.")


def test_a_piece_half_written_is_measured_again(tmp_path: Path) -> None:
    pieces = Pieces(tmp_path / "pieces")
    assert not pieces.begin("x")
    (tmp_path / "pieces" / "one.new").write_text('{"seco', "utf-8")
    assert pieces.take("one", lambda: {"seconds": 1.5}) == {"seconds": 1.5}
    assert pieces.take("one", lambda: {"seconds": 9.0}) == {"seconds": 1.5}
    assert json.loads((tmp_path / "pieces" / "one.json").read_text("utf-8")) == {"seconds": 1.5}
    assert pieces.begin("x")
    assert pieces.take("one", lambda: {"seconds": 9.0}) == {"seconds": 1.5}


def test_the_program_is_known_by_its_files() -> None:
    assert program_key() == program_key()
    assert len(program_key()) == 64
