"""What is doubtful about a document that can be read, in Vietnamese; its readers say it in English."""

import re

UNTOLD = "lưu ý khi đọc tệp: “{sentence}”"
"""Of what has no words here."""

_PAPER = "vui lòng đối chiếu với bản giấy"

_WORDS = (
    # the document as a whole
    (r"Its date (\S+) is still to come", r"ngày đăng \1 còn ở tương lai"),
    (r"Its date (\S+) is before (\S+)", r"ngày đăng \1 trước năm \2"),
    (r"No date of publication was found", "không tìm thấy ngày ban hành hoặc ngày đăng"),
    (r"It has no title of its own: .+", "không có tiêu đề riêng, lấy phần mở đầu làm tiêu đề"),
    (r"It is very short: (\d+) characters", r"nội dung rất ngắn, chỉ \1 ký tự"),
    (
        r"(\d+%?) of its characters were left out as menus.*",
        r"\1 nội dung trang bị bỏ ra vì giống trình đơn hoặc liên kết",
    ),
    (r"It is the same text as (.+)", r"nội dung trùng với \1"),
    (r"It is nearly the same text as (.+) \((\S+)\)", r"nội dung gần trùng với \1 (giống \2)"),
    (r"It should not be used: its words are broken .+", "chữ bị vỡ hoặc sai, không nên dùng"),
    (r"It should not be used: .+", "nội dung không phải văn bản đọc được, không nên dùng"),
    (r"Another document is called (.+): this one is kept as (.+)", r"đã có tài liệu tên \1 nên tệp này được lưu là \2"),
    (
        r"It has little in common with what it replaces \((\S+)\); .+",
        r"rất khác bản cũ mà nó thay thế (chỉ giống \1), cần xem có đúng là cùng một tài liệu",
    ),
    (r"The address ends in (\S+), but what came is (\S+)", r"địa chỉ có đuôi \1 nhưng tệp nhận được là \2"),
    (r"(\d+) more lines are skipped", r"còn \1 dòng khác bị bỏ qua"),
    (r"Line (\d+) is skipped: .+", r"dòng \1 không đúng định dạng nên bị bỏ qua"),
    # its words
    (
        r"It was typed in an old encoding .+",
        "gõ bằng bảng mã cũ (TCVN3, VNI…), đã chuyển sang Unicode; vui lòng xem lại chữ",
    ),
    (r"It was spoilt by being encoded twice .+", "chữ bị hỏng do sai bảng mã, đã sửa lại; vui lòng xem lại chữ"),
    (r"Some of its letters could not be read .+", "một số chữ không đọc được (�), tệp lưu sai bảng mã hoặc bị cắt"),
    (r"Its headline is marked nowhere .+", "tiêu đề được đoán từ nội dung; vui lòng xem có đúng không"),
    (r"Many of its words are no words, on page (.+); .+", rf"nhiều chữ bị sai ở trang \1; {_PAPER}"),
    (r"Many of its words are no words, in (\d+) of (\d+) parts of it; .+", rf"nhiều chữ bị sai ở \1/\2 phần; {_PAPER}"),
    (r"Many of its words are no words, .+", f"nhiều chữ bị sai; {_PAPER}"),
    (r"Its words have no Vietnamese marks: .+", "văn bản không có dấu tiếng Việt (gõ không dấu hoặc bị mất dấu)"),
    (r"Hardly any of its words are Vietnamese", "hầu như không có chữ tiếng Việt"),
    (r"Letters in it are repeated again and again; .+", f"có nhiều chữ cái bị lặp lại; {_PAPER}"),
    (
        r"It shows the date (\S+), while its metadata says (\S+); .+",
        r"trang ghi ngày \1, phần thông tin ẩn ghi \2; lấy ngày ghi trên trang",
    ),
    # what of it was not read
    (
        r"(\d+) attached files? (?:is|are) not read; the text itself may be in it: (.+)",
        r"chưa đọc \1 tệp đính kèm, có thể nội dung nằm trong đó: \2",
    ),
    (r"(\d+) attached files? (?:is|are) not read: (.+)", r"chưa đọc \1 tệp đính kèm: \2"),
    (r"(\d+) files? packed into the PDF (?:is|are) not read: (.+)", r"chưa đọc \1 tệp gói trong PDF: \2"),
    (r"(\d+) files? packed into it (?:is|are) not read", r"chưa đọc \1 tệp gói bên trong"),
    (r"(\d+) notes? stuck to its pages (?:is|are) not read", r"chưa đọc \1 ghi chú dán trên trang"),
    (r"(\d+) rows? of (?:a table is|tables are) left out .+", r"bỏ ra \1 dòng bảng nằm ngoài bài"),
    (r"Its text is short, and (\d+) pictures on it are not read", r"nội dung ngắn, còn \1 ảnh trên trang chưa đọc"),
    (r"(\d+) struck-out pieces? of text (?:is|are) left out", r"bỏ ra \1 chỗ chữ bị gạch ngang"),
    (
        r"(\d+) pieces? (?:of text )?deleted in (?:a tracked change|tracked changes) (?:is|are) left out",
        r"bỏ ra \1 chỗ đã xóa khi sửa có theo dõi",
    ),
    (r"(\d+) hidden pieces? of text (?:is|are) left out", r"bỏ ra \1 chỗ chữ ẩn"),
    (r"(\d+) letters that the page hides are left out", r"bỏ ra \1 chữ mà trang giấu đi"),
    (r"(\d+) hidden sheets? (?:is|are) not read", r"chưa đọc \1 trang tính ẩn"),
    (r"(\d+) hidden slides? (?:is|are) not read", r"chưa đọc \1 trang chiếu ẩn"),
    (r"(\d+) pictures? (?:is|are) not read, on page (.+)", r"chưa đọc \1 ảnh ở trang \2"),
    (r"(\d+) pictures? (?:is|are) not read", r"chưa đọc \1 ảnh"),
    (r"(\d+) charts? (?:is|are) not read", r"chưa đọc \1 biểu đồ"),
    (r"(\d+) diagrams? (?:is|are) not read", r"chưa đọc \1 sơ đồ"),
    (r"(\d+) sounds? (?:or film is|and films are) not read", r"chưa đọc \1 đoạn âm thanh hoặc phim"),
    (r"(\d+) comments? in its margin (?:is|are) not read", r"chưa đọc \1 ý kiến ghi bên lề"),
    (
        r"(\d+) formulas? ha(?:s|ve) no values? saved with .+",
        r"\1 công thức chưa có giá trị; vui lòng mở tệp, lưu lại rồi gửi",
    ),
    (r"(\d+) rows? beyond what one file may hold (?:is|are) not read", r"chưa đọc \1 dòng vượt quá mức của một tệp"),
    (r"A table has more columns than are read; .+", "1 bảng có quá nhiều cột, phần dư bị bỏ ra"),
    (r"(\d+) tables have more columns than are read; .+", r"\1 bảng có quá nhiều cột, phần dư bị bỏ ra"),
    (r"There is no text, perhaps a scanned picture, on page (.+)", r"không có chữ (có thể là ảnh quét) ở trang \1"),
    (
        r"(\d+) scanned pages? w(?:as|ere) not recognised \(.+\), page (.+); split it",
        r"chưa nhận dạng \1 trang quét, trang \2; vui lòng tách tệp",
    ),
    (
        r"(\d+) bits? of ink on its pages (?:is|are) no words .+",
        r"\1 chỗ mực không nhận ra chữ: con dấu, chữ ký, vết bẩn",
    ),
    # how it was read
    (r"It was read by (\w+): .+", r"đọc bằng chương trình \1: có thể thiếu số thứ tự, ghi chú và khung bảng"),
    (
        r"Of the text in the file, .+: its pages were recognised instead",
        "chữ trong tệp bị vỡ nên đã nhận dạng từ ảnh của các trang",
    ),
    (r"The PDF is damaged and was read as far .+", f"tệp PDF bị hỏng, chỉ đọc được phần còn lại; {_PAPER}"),
    (r"(\d+) marks are printed apart from any letter .+", rf"\1 dấu in rời khỏi chữ nên bị bỏ ra; {_PAPER}"),
    (r"The picture is coarse: .+", "ảnh mờ, chữ nhỏ dễ nhận nhầm; vui lòng quét ở 200 dpi trở lên"),
    (
        r"Its text was recognised on .+; compare .+",
        "chữ được nhận dạng từ ảnh; vui lòng đối chiếu tên và số liệu với bản giấy",
    ),
    (
        r"Its text was recognised on .+; (\d+) of (\d+) words are uncertain, on page (.+?): (.+)",
        r"chữ được nhận dạng từ ảnh, \1/\2 chữ chưa chắc ở trang \3: \4; vui lòng đối chiếu với bản giấy",
    ),
)
"""A whole sentence of a reader -> the same in Vietnamese; the first wins."""

_RULES = tuple((re.compile(pattern, re.DOTALL), said) for pattern, said in _WORDS)
_OTHERS = re.compile(r" and others\b")


def doubt_in_vietnamese(sentence: str) -> str:
    """What is doubtful, as a line of a list that begins with a small letter."""
    clause = _OTHERS.sub("…", sentence).strip().removesuffix(".")
    for pattern, said in _RULES:
        found = pattern.fullmatch(clause)
        if found is not None:
            return found.expand(said)
    name, colon, rest = sentence.partition(": ")  # of a file packed into another one
    told = doubt_in_vietnamese(rest) if colon else ""
    return f"{name}: {told}" if told and not told.startswith(_UNTOLD_BEGINS) else UNTOLD.format(sentence=sentence)


_UNTOLD_BEGINS = UNTOLD.partition("{")[0]
