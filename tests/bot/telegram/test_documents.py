"""An admin sends documents and looks after the index from the phone; nobody else can."""

from pathlib import Path
from typing import Any

from bot.index_changes import reindex
from bot.reindexing import ReindexReport
from bot.settings import Settings
from bot.telegram import admin_texts, texts
from embeddings.index.comparing import Difference
from tests.bot.telegram.conftest import ADMIN, MEMBER, Run, parts_of
from tests.bot.telegram.fakes import FakeAnswerer
from tests.bot.telegram.server import Server

TITLE = "Xã Bình An tổng kết phong trào dân vận khéo"
NEWS = (
    f"{TITLE}\n\nNgày 15/3/2031, xã Bình An tổ chức hội nghị tổng kết phong trào thi đua dân vận khéo năm 2030.\n\n"
    "Hội nghị do ông Lê Văn Khéo, Bí thư Đảng ủy xã, chủ trì, có 120 đại biểu của 9 thôn tham dự và trao đổi.\n\n"
    "Toàn xã có 14 mô hình dân vận khéo được công nhận, tăng 3 mô hình so với năm trước đó.\n"
).encode()


def folder_of(tmp_path: Path) -> Path:
    return tmp_path / "data" / "documents"


async def test_a_file_is_looked_at_and_added_at_the_press_of_a_button(
    server: Server, run: Run, tmp_path: Path, answerer: FakeAnswerer
) -> None:
    async with run(parts_of(answerer, reindex=lambda settings: ReindexReport("g2", True, 4, 11, (), 0.1))):
        await server.send_file(ADMIN, "tong-ket.txt", NEWS)
        look = await server.answer_to(ADMIN)
        assert admin_texts.RECEIVED.strip("<b>/") in look.text
        assert TITLE in look.text
        assert admin_texts.WOULD_BE["added"] in look.text
        assert not (folder_of(tmp_path) / "tong-ket.txt").exists()
        await server.press(ADMIN, look, look.buttons[admin_texts.ADD])
        await server.until(lambda: server.messages[ADMIN, look.id].edits)
        done = server.messages[ADMIN, look.id]
        assert done.text.startswith(f"• Đã thêm: {TITLE}")
        assert (folder_of(tmp_path) / "tong-ket.txt").read_bytes() == NEWS
        await server.say(ADMIN, "/nhat_ky")
        assert "thêm tài liệu: tong-ket.txt" in (await server.answer_to(ADMIN, 2)).text
        await server.press(ADMIN, done, done.buttons[admin_texts.REINDEX])
        assert (await server.answer_to(ADMIN, 4)).text.startswith("Đã cập nhật kho tài liệu")
        await server.send_file(ADMIN, "tong-ket.txt", NEWS)
        again = await server.answer_to(ADMIN, 5)
        assert not again.buttons


async def test_a_file_that_is_left_changes_nothing(server: Server, run: Run, tmp_path: Path) -> None:
    async with run():
        await server.send_file(ADMIN, "tong-ket.txt", NEWS)
        look = await server.answer_to(ADMIN)
        await server.press(ADMIN, look, look.buttons[admin_texts.DROP])
        await server.until(lambda: server.messages[ADMIN, look.id].edits)
    assert server.messages[ADMIN, look.id].text == admin_texts.DROPPED
    assert not folder_of(tmp_path).exists()


async def test_what_cannot_be_read_is_refused_with_a_reason(server: Server, run: Run) -> None:
    async with run():
        await server.send_file(ADMIN, "hong.pdf", b"%PDF-1.7 broken")
        sent = await server.answer_to(ADMIN)
        await server.say(ADMIN, "http://127.0.0.1:9/khong-co")
        address = await server.answer_to(ADMIN, 2)
    assert sent.text == "Không nhận được hong.pdf. Lý do: tệp bị hỏng, không mở được."
    assert address.text.startswith("Không nhận được http://127.0.0.1:9/khong-co. Lý do: địa chỉ dẫn tới 127.0.0.1 ")
    assert not sent.buttons
    assert not address.buttons


async def test_nobody_but_admins_adds_documents(server: Server, run: Run, tmp_path: Path) -> None:
    async with run():
        await server.send_file(MEMBER, "tong-ket.txt", NEWS)
        told = await server.answer_to(MEMBER)
        assert told.text.startswith(texts.GUIDE.partition("{")[0][:30])
        await server.send_file(ADMIN, "tong-ket.txt", NEWS)
        look = await server.answer_to(ADMIN)
        await server.press(MEMBER, look, look.buttons[admin_texts.ADD])
        await server.quiet()
    assert not folder_of(tmp_path).exists()


async def test_the_caption_of_an_admins_file_is_a_question_too(server: Server, run: Run) -> None:
    async with run():
        await server.send_file(ADMIN, "tong-ket.txt", NEWS, caption="giá nước sạch là bao nhiêu?")
        assert TITLE in (await server.answer_to(ADMIN)).text
        assert "6.500" in (await server.answer_to(ADMIN, 2)).text


async def test_what_the_gate_said_is_told_and_the_index_before_answers_again(
    server: Server, run: Run, answerer: FakeAnswerer
) -> None:
    reports = [
        ReindexReport("g2", True, 4, 11, (), 0.1, difference=Difference(added=("tong-ket",)), gated=True),
        ReindexReport("g1", True, 4, 11, (), 0.1, accepted=False, gated=True, missed=("recall@1 is 0.8, below 0.9",)),
    ]
    async with run(parts_of(answerer, reindex=lambda settings: reports.pop(0))):
        await server.say(ADMIN, "/reindex")
        good = await server.answer_to(ADMIN, 2)
        assert admin_texts.GATE_PASSED.strip() in good.text
        assert "thêm 1, sửa 0, gỡ 0" in good.text
        await server.press(ADMIN, good, good.buttons[admin_texts.ROLLBACK])
        sure = await server.answer_to(ADMIN, 3)
        await server.press(ADMIN, sure, sure.buttons[admin_texts.ROLLBACK_SURE])
        await server.until(lambda: server.messages[ADMIN, sure.id].edits)
        assert server.messages[ADMIN, sure.id].text == "Bản kho g0 đang trả lời, thay cho bản g1."
        await server.say(ADMIN, "/reindex")
        bad = await server.answer_to(ADMIN, 5)
        assert "recall@1 is 0.8, below 0.9" in bad.text
        assert "bản g1 vẫn trả lời" in bad.text
        await server.say(ADMIN, "/kho")
        shown = await server.answer_to(ADMIN, 6)
        assert "Bản kho đang dùng: g1" in shown.text
        assert set(shown.buttons) == {admin_texts.REINDEX, admin_texts.ROLLBACK}
        await server.say(ADMIN, "/nhat_ky")
        audit = (await server.answer_to(ADMIN, 7)).text
    assert "cập nhật kho tài liệu: g2" in audit
    assert "quay lại bản kho trước: g0" in audit


def test_the_gate_of_the_settings_is_asked_before_an_index_answers(tmp_path: Path, monkeypatch: Any) -> None:
    """A gold set that nothing here answers keeps the index from being published."""
    from tests import quick  # noqa: PLC0415 - replaces the model

    for module, name in (("embeddings.encoder.encoder", "facts_of"), ("embeddings.encoder.encoder", "load_encoder")):
        monkeypatch.setattr(f"{module}.{name}", getattr(quick, {"facts_of": "facts", "load_encoder": "load"}[name]))
    monkeypatch.setattr("embeddings.reading.loading_reader.load_reader", lambda *_: None)
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "tin.txt").write_bytes(NEWS)
    item = (
        '{"id": "q", "question": "Mặt trăng cách trái đất bao xa?", "kind": "direct", "context": null, '
        '"answerable": true, "evidence": ["384.400 km"], "answer": "384.400 km", "document": null}'
    )
    (tmp_path / "gold.jsonl").write_text(item, "utf-8")
    (tmp_path / "gate.toml").write_text('[metrics]\n"recall@1" = 0.5\n', "utf-8")
    given: dict[str, Any] = {"data_dir": tmp_path / "data", "corpus_dir": tmp_path / "documents"}
    report = reindex(Settings(_env_file=None, gate=tmp_path / "gold.jsonl", **given))  # type: ignore[call-arg]
    assert (report.accepted, report.gated, report.generation) == (False, True, None)
    assert any("recall@1" in sentence for sentence in report.missed)
