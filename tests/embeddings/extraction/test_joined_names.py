"""Names that have what parts items in them."""

import pytest

from embeddings.extraction.enumerations import stretches


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "Ban Dân vận, Phòng Lao động - Thương binh và Xã hội (Trưởng phòng An) và Hội Nông dân",
            ["Ban Dân vận", "Phòng Lao động - Thương binh và Xã hội (Trưởng phòng An)", "Hội Nông dân"],
        ),
        ("các dân tộc Xơ Đăng, Gié - Triêng và Ba Na", ["các dân tộc Xơ Đăng", "Gié - Triêng", "Ba Na"]),
        ("đất giai đoạn 2018 - 2022, nhà và vốn", ["đất giai đoạn 2018 - 2022", "nhà", "vốn"]),
        ("Sở Y tế, Ban Dân chủ - Pháp luật và Hội Phụ nữ", ["Sở Y tế", "Ban Dân chủ - Pháp luật", "Hội Phụ nữ"]),
        ("kinh tế - xã hội, đất và nhà", ["kinh tế - xã hội", "đất", "nhà"]),
        ("kết quả đạt được - Hội đồng xét đất, nhà và vốn", ["Hội đồng xét đất", "nhà", "vốn"]),
        ("A Lử, người Mông - Trưởng bản, nhà và vốn", ["Trưởng bản", "nhà", "vốn"]),
        ("Ban Dân vận - Trưởng đoàn, nhà và vốn", ["Trưởng đoàn", "nhà", "vốn"]),
    ],
)
def test_what_parts_no_items(text: str, items: list[str]) -> None:
    assert items in [[text[one.start : one.end] for one in stretch.segments] for stretch in stretches(text)]
