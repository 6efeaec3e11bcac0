"""Bytes and strings of any origin become one clean form."""

import contextlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from viparse.normalize.tables import Charmap
from viparse.normalize.tcvn3 import TCVN3
from viparse.normalize.vni import VNI

from corpus.cleaning import clean, decode, unwrap
from corpus.errors import UnreadableError
from corpus.folder.folder_contents import FolderContents
from corpus.folder.reading_folder import DEFAULT_DOCUMENTS
from corpus.readers.markdown import read_markdown
from corpus.readers.plain_text import read_text
from corpus.vietnamese import fold, looks_vietnamese, syllable_share

SAMPLE = (
    "Công tác dân vận rất quan trọng, dân vận kém thì việc gì cũng kém, dân vận khéo thì việc gì cũng thành công.\n"
    "Các cấp ủy đảng phải thường xuyên đối thoại với nhân dân ở cơ sở, giải quyết bức xúc ngay từ khi mới phát sinh."
)


def windows_1258(text: str) -> bytes:
    """The letter with its hat, then the tone as a combining mark, as Windows stores Vietnamese."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    out = bytearray()
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        for part in (base, *(part for part in parts if part in tones)):
            out += part.encode("cp1258")
    return bytes(out)


def legacy(text: str, charmap: Charmap) -> str:
    """The inverse of viparse's table, for small letters (TCVN3 has capitals in a font of its own)."""
    back = {letter: code for code, letter in reversed(charmap.pairs)}
    return "".join(back.get(letter, letter) for letter in text)


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.text(alphabet=st.sampled_from("aăâđêôơư\u0301\u0323 \u00a0\u200b\t\r\nµ¸®«ÊÇòõïïäëìãüñôöú.,"), max_size=200))
def test_cleaning_twice_changes_nothing_on_hard_letters(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    for reader in (read_text, read_markdown):
        with contextlib.suppress(UnreadableError):
            assert all(paragraph.strip() for paragraph in reader(raw).paragraphs)


@given(st.text(max_size=500))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(UnreadableError):
        page = read_text(text.encode("utf-8", "surrogatepass"))
        assert all(paragraph.strip() for paragraph in page.paragraphs)


def test_spaces_newlines_and_invisible_characters() -> None:
    assert (
        clean("Cán\u00a0bộ \u2003 dân\tvận\u200b\r\n\r\n\r\n\r\n  trẻ\u00ad \x0b\x00hôm&nbsp;nay\ufeff")
        == "Cán bộ dân vận\n\ntrẻ\nhôm nay"
    )


def test_nfd_becomes_nfc_and_spelling_stays() -> None:
    assert clean(unicodedata.normalize("NFD", "Ủy ban, Uỷ ban, qủa, toạ đàm")) == "Ủy ban, Uỷ ban, qủa, toạ đàm"


@pytest.mark.parametrize(
    "raw",
    [
        SAMPLE.encode("utf-8"),
        SAMPLE.encode("utf-8-sig"),
        SAMPLE.encode("utf-16"),
        SAMPLE.encode("utf-16-le"),
        SAMPLE.encode("utf-16-be"),
        SAMPLE.encode("utf-32"),
        windows_1258(SAMPLE),
        unicodedata.normalize("NFD", SAMPLE).encode("utf-8"),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "windows-1258", "nfd"],
)
def test_encodings(raw: bytes) -> None:
    assert clean(decode(raw)) == SAMPLE


@pytest.mark.parametrize("charmap", [TCVN3, VNI], ids=["tcvn3", "vni"])
def test_legacy_lines_are_repaired_and_clean_ones_beside_them_stay(charmap: Charmap) -> None:
    broken = legacy(SAMPLE.lower(), charmap)
    assert not looks_vietnamese(broken)
    assert clean(broken) == SAMPLE.lower()
    mixed = f"Hội nghị “Ngày hội đại đoàn kết” – năm 2019\n{broken}\nCafé résumé à São Paulo"
    assert clean(mixed) == f"Hội nghị “Ngày hội đại đoàn kết” – năm 2019\n{SAMPLE.lower()}\nCafé résumé à São Paulo"


@pytest.mark.parametrize("charmap", [TCVN3, VNI], ids=["tcvn3", "vni"])
def test_legacy_bytes_are_read(charmap: Charmap) -> None:
    assert clean(decode(legacy(SAMPLE.lower(), charmap).encode("cp1252", errors="replace"))).count("dân vận") >= 3


def test_clean_articles_are_not_touched_by_the_repair(five: FolderContents) -> None:
    for path in sorted(DEFAULT_DOCUMENTS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        assert clean(text).split() == unicodedata.normalize("NFC", text).replace("\u200b", "").split()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (bytes(range(256)) * 8, "binary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 9, "binary"),
    ],
)
def test_what_is_no_text_is_refused(raw: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        decode(raw)


@pytest.mark.parametrize(
    "line",
    [
        "Le président de la République a été reçu à l'Élysée, où il a évoqué les élections européennes.",
        "A educação não é só uma questão de dinheiro, é também de organização e de direção.",
        "Größere Städte müssen für ihre Bürger schönere Plätze öffnen.",
        "La señora compró champiñones y piñas en la montaña española.",
        "Müller, Gómez, Øystein",
        "28°C – 32°C; ½ giờ; ±5%; 3×4 m²; §12; ©2020",
        "☎ 0912 345 678 • “Dân vận khéo” – ‘năm 2020’…",
    ],
)
def test_lines_that_are_not_legacy_vietnamese_stay(line: str) -> None:
    assert clean(line) == line
    assert clean(f"{line}\n{legacy(SAMPLE.lower(), TCVN3)}") == f"{line}\n{SAMPLE.lower()}"


def test_verse_and_lists_are_not_joined() -> None:
    verse = "Óc nghĩ,\nmắt trông,\ntai nghe,\nchân đi,\nmiệng nói,\ntay làm."
    assert unwrap(verse) == verse


def test_syllables() -> None:
    assert fold("ĐƯỜNG Nguyễn Huệ") == "duong nguyen hue"
    assert syllable_share("nghiêng khuỷu quốc giếng Đắk hoàn") > 0.8
    assert not looks_vietnamese("C«ng t¸c d©n vËn")
