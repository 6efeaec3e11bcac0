"""The page: whole, escaped, self-contained, and with what a tester looks for."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bot.answers import Status
from bot.evaluation.comparison import compare
from bot.evaluation.metrics import Bin, Figure
from bot.evaluation.quality_gate import hold, read_gate
from bot.evaluation.report import charts, report_texts
from bot.evaluation.report.report_page import render, write_report
from bot.evaluation.run import Run, as_json, evaluate
from bot.gold.gold_items import GoldItem, GoldSet, Kind, Split
from tests.bot.evaluation.evaluation_fakes import FakeAsker, Told, item

HOSTILE = "<script>alert('x')</script> & \"Ai\"?"
ITEMS = (
    item("q1", "Năm 2020?", "“Năm dân vận khéo”", answers=("Năm dân vận khéo",), split=Split.DEV),
    item("q2", HOSTILE, "3.300 mô hình", split=Split.TEST),
    item("q3", "Ai vắng?", None, kind=Kind.UNANSWERABLE),
    item("q4", "Ở đâu?", "tại Hải Phòng", kind=Kind.FOLLOWUP, context="<b>Diễn đàn</b> nào?"),
    item("q5", "Năm nào?", "“Năm dân vận chính quyền”"),
    item("q6", "!", "tại Hải Phòng"),
)
TOLD = {
    "Năm 2020?": Told(["khéo"], quote="Năm 2020 được chọn là “Năm dân vận khéo”.", text="Năm dân vận khéo"),
    HOSTILE: Told(["khéo", "chính quyền"], quote="Hội nghị diễn ra ngày 9/1."),
    "Ai vắng?": Told(["khéo"], 0.7),
    "Ở đâu?": Told(["diễn đàn"], 0.3, Status.RELATED),
    "Năm nào?": Told(["chính quyền"], quote="Cả nước có 3.300 mô hình."),
    "!": Told([], 0.0, Status.INVALID),
}


def run_of(items: tuple[GoldItem, ...] = ITEMS) -> Run:
    return evaluate(FakeAsker(TOLD), GoldSet(Path("bộ <thử>.jsonl"), items, checksum="abc"))


class Page(HTMLParser):
    """Collects tags, addresses and text, and insists that tags are closed in order."""

    VOID = frozenset({"meta", "br"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"src", "href", "xlink:href", "action"}]
        assert not any(name.startswith("on") for name, _ in attrs)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def test_the_page_is_whole_self_contained_and_escaped() -> None:
    html = render(run_of())
    page = Page(html)
    assert page.addresses == []
    assert not {"script", "link", "iframe", "img", "object"} & set(page.tags)
    assert not re.search(r"url\(|@import|https?://", html)
    assert HOSTILE in page.text
    assert "<b>Diễn đàn</b> nào?" in page.text
    assert "Tổng kết <năm> 2019" in page.text
    assert 'lang="vi"' in html


def test_the_figures_stand_in_vietnamese_with_their_n_and_interval() -> None:
    text = Page(render(run_of())).text
    # Of five answerable questions q1, q4 and q5 have the right passage first; Wilson's interval of 3 of 5.
    assert "60,0% 23,1–88,2%, trên 5 câu" in text
    assert "Trong 5 câu mà tài liệu có nêu, trợ lý trả lời đúng 2 câu" in text
    assert "Trong 1 câu mà tài liệu không nêu, trợ lý vẫn đưa ra lời đáp ở 1 câu (100,0%)" in text
    assert "20 ms" in text


def test_each_failure_stands_once_in_its_group_with_what_was_expected_and_found() -> None:
    text = Page(render(run_of())).text
    assert "Những câu chưa đạt: 5 trên 6 câu" in text
    for title in (
        "Đoạn nêu đầu tiên chưa đúng (2 câu)",
        "Trả lời điều tài liệu không nêu (1 câu)",
        "Tìm đúng đoạn nhưng không trả lời (1 câu)",
        "Đúng đoạn nhưng câu trích dẫn chưa đúng (1 câu)",
    ):
        assert text.count(title) == 1
    assert "3.300 mô hình" in text
    assert "điểm 1,000 · theo nghĩa 0,870 · theo từ ngữ 12,50" in text
    assert "TƯ = Trung ương" in text
    assert "vị trí 2" in text
    assert "Không tìm thấy đoạn nào." in text
    assert "<mark>Hội nghị diễn ra ngày 9/1.</mark>" in render(run_of())


def test_gate_and_comparison_stand_on_the_page(tmp_path: Path) -> None:
    run = run_of()
    path = tmp_path / "gate.toml"
    path.write_text('[metrics]\n"recall@1" = 0.9\n[kind.slip]\n"recall@1" = 0.5\n[refusal]\nece_max = 1\n', "utf-8")
    earlier = as_json(evaluate(FakeAsker({}), GoldSet(Path("s.jsonl"), ITEMS)))
    text = Page(render(run, compare(earlier, as_json(run)), hold(run, read_gate(path)))).text
    assert "Ngưỡng chất lượng: không đạt" in text
    assert "Đúng ngay đoạn đầu Tất cả 0,600 ít nhất 0,900 5" in text
    assert "Đúng ngay đoạn đầu Gõ nhầm không đo được ít nhất 0,500 0" in text
    assert "chưa đủ căn cứ để kết luận khác nhau" in text
    assert "Câu nay tìm đúng" in text
    path.write_text('[metrics]\n"recall@1" = 0.1\n', "utf-8")
    assert "Ngưỡng chất lượng: đạt" in Page(render(run, None, hold(run, read_gate(path)))).text


@pytest.mark.parametrize("items", [ITEMS[:1], ITEMS[2:3], ITEMS[5:]])
def test_a_set_of_one_question_has_a_page_too(items: tuple[GoldItem, ...]) -> None:
    assert "1 câu" in Page(render(run_of(items))).text


def test_page_and_run_file_are_written(tmp_path: Path) -> None:
    run = run_of()
    page = write_report(tmp_path, run, as_json(run), None, None)
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert json.loads((tmp_path / "run.json").read_text("utf-8"))["n"] == 6


def test_charts_are_well_formed_and_drawn_to_scale() -> None:
    curve = [Bin(0.0, 0.1, 4, 0.05, 0.0), Bin(0.9, 1.0, 16, 0.95, 1.0)]
    spots = ET.fromstring(charts.reliability(curve)).findall("circle")
    across, up = charts.WIDTH - charts.LEFT - charts.RIGHT, charts.HEIGHT - charts.TOP - charts.BOTTOM
    first, last = (({name: float(spot.attrib[name]) for name in ("cx", "cy", "r")}) for spot in spots)
    assert last["cx"] - first["cx"] == pytest.approx(0.9 * across, abs=0.2)
    assert first["cy"] - last["cy"] == pytest.approx(up, abs=0.2)
    assert last["r"] > first["r"]
    columns = ET.fromstring(charts.confidences([("fill", [0.05, 0.05, 1.0, 0.95])])).findall("rect")
    heights = [float(column.attrib["height"]) for column in columns]
    assert heights[0] == heights[9] > 0
    assert sum(heights[1:9]) == 0
    bar = charts.bar(Figure(0.5, 10, (0.25, 0.75)), Figure(0.4, 10))
    assert 'width="50.00%"' in bar
    assert 'x1="25.00%" x2="75.00%"' in bar
    ET.fromstring(bar)
    for values in ([], [5.0], [1.0, 2.0, 900.0]):
        ET.fromstring(charts.latencies(values))
    ET.fromstring(charts.confidences([]))


def test_numbers_are_written_as_in_vietnam() -> None:
    assert report_texts.percent(0.8421) == "84,2%"
    assert report_texts.percent(None) == "–"
    assert report_texts.count(11900) == "11.900"
    assert report_texts.points(0.023) == "+2,3"
    assert report_texts.points(-0.023) == "−2,3"
    assert report_texts.points(-0.0001) == "0,0"
    assert report_texts.milliseconds(35.4) == "35 ms"
    assert report_texts.milliseconds(1234) == "1,2 giây"
    assert set(report_texts.KINDS) == set(Kind)
    assert set(report_texts.STATUSES) == set(Status)
    figures = {(group, name) for group, figures in run_of().summary.groups.items() for name in figures}
    assert set(report_texts.FIGURES) == figures
