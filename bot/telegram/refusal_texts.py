"""Why a document is not taken in, in Vietnamese; its readers say it in English, as the command line does."""

import re

_PREFIX = re.compile(
    r"(?:The (?:file|page|address|archive|folder) (?:is skipped|is not fetched|is refused|cannot be read)"
    r"|It is skipped|It cannot be read): "
)
_LEADS_ON = re.compile(r"it leads on to (.+?), and (.+)")
UNTOLD = "trợ lý chưa đọc được; chi tiết cho người quản trị hệ thống: “{sentence}”"
"""Of what has no words here."""

TESSERACT = "máy chủ cần cài thêm chương trình nhận dạng chữ Tesseract"

_WORDS = (
    (r"it is empty", "tệp không có nội dung"),
    (r"it is binary, not text", "tệp không phải văn bản"),
    (r"its encoding is unknown; save it as UTF-8", "bảng mã chữ lạ; vui lòng lưu lại theo UTF-8"),
    (r"it is larger than (.+?)(?:; DANVAN_MAX_FILE_MB .*| \(.*\))", r"tệp lớn hơn mức cho phép là \1"),
    (r"it is not an ordinary file|it is a link out of the folder", "đây không phải một tệp thông thường"),
    (r"it was removed while the folder was read", "tệp vừa bị xóa"),
    (r"no document is read under such a name; rename it", "tên tệp này dành riêng; vui lòng đổi tên"),
    (r"no running text is left in it .*", "bỏ trình đơn và liên kết thì không còn nội dung nào"),
    (r"its words are broken to pieces .*", "chữ bị vỡ hoặc sai; vui lòng lưu lại, hoặc quét và nhận dạng chữ"),
    # kinds of files
    (
        r"it is (a .+|an .+), whatever its name says; name it (.+)",
        r"tệp thật ra là {1}; vui lòng đổi đuôi tên thành \2",
    ),
    (
        r"it is (a .+|an .+), whatever its name says; save it as .+",
        "tệp thật ra là {1}; vui lòng lưu thành .docx hoặc PDF",
    ),
    (
        r"it is a document of (.+) 97 to 2003, whatever its name says; save it as (.+)",
        r"tệp \1 đời cũ; vui lòng lưu thành \2",
    ),
    (r"it is (?:not |no )(?:a |an |document of )?(.+?), whatever its name says", "tệp không đúng với đuôi tên của nó"),
    (r"(.+) is not one of .+", r"chưa đọc được loại tệp \1; vui lòng lưu thành .docx hoặc PDF"),
    (r"a file without ending is not one of .+", "tên tệp không có đuôi; vui lòng đặt đuôi, chẳng hạn .docx"),
    (
        r".+ are not supported; .+ as \.eml or print it to a PDF",
        "chưa đọc được loại thư này; vui lòng lưu thành .eml hoặc in ra PDF",
    ),
    (r".+ are not supported; .+ as (\.\w+).*", r"chưa đọc được loại tệp này; vui lòng lưu thành \1"),
    (r".+ are not supported; .+", "chưa đọc được loại tệp này; vui lòng in ra PDF"),
    (
        r".+ \(\.\w+\) are read by .+ as (\.\w+)",
        r"tệp đời cũ, máy chủ chưa cài chương trình đọc; vui lòng lưu thành \1",
    ),
    (r"it is a damaged or encrypted file .+|it is a damaged .+|it is damaged", "tệp bị hỏng, không mở được"),
    (r"it is no whole ZIP archive|it is a damaged archive", "tệp nén bị hỏng hoặc chưa đủ"),
    (r"it is an encrypted .+", "tệp có mật khẩu; vui lòng lưu lại không đặt mật khẩu"),
    (r"it is encrypted; .+", "tệp nén có mật khẩu; vui lòng giải nén rồi gửi từng tệp"),
    (r"it is nested too deeply", "tệp lồng quá nhiều lớp nên không đọc được"),
    (r"it is not UTF-8|it is not valid JSON .+", "tệp JSON không đúng định dạng hoặc không theo UTF-8"),
    (r"it is packed in a way that is not known; .+", "kiểu nén lạ; vui lòng nén lại thành ZIP thông thường"),
    (r"it is an archive; let its name end in \.zip", "đây là tệp nén; vui lòng đổi đuôi tên thành .zip"),
    (r"it is an archive; save it and add the file", "đây là tệp nén; vui lòng tải về rồi gửi tệp"),
    (r"it is packed into a file inside .+", "tệp nằm trong quá nhiều lớp tệp khác"),
    (r"it holds more than (\d+) files; .+", r"tệp nén chứa hơn \1 tệp"),
    (r"it is a ZIP archive, but no .+", "đây là tệp nén ZIP, không phải văn bản như đuôi tên"),
    (r"unpacked it would take more than (.+), as only a trap does", r"giải nén ra lớn hơn \1 nên không mở"),
    (r"it declares XML entities.+", "tệp có khai báo XML không an toàn nên không mở"),
    (r"it is no CSV file: .+", "tệp CSV không đúng định dạng"),
    (r"(?:its elements|its groups) are nested .+", "tệp lồng quá nhiều lớp nên không đọc được"),
    (r"its HTML is too broken .+|it is a mail too broken .+", "tệp hỏng nên không hiểu được"),
    # no text in it
    (r"it is HTML that shows no text", "trang không có chữ nào"),
    (
        r"it holds no HTML; if it is plain text, name it \.txt",
        "tệp không phải trang HTML; nếu là chữ thường, vui lòng đổi đuôi thành .txt",
    ),
    (
        r"it is a page that shows its text by JavaScript only; .+",
        "trang chỉ hiện chữ khi chạy JavaScript; vui lòng in ra PDF từ trình duyệt",
    ),
    (r"it is a PDF cut short.+", "tệp PDF thiếu phần cuối; vui lòng tải hoặc chép lại"),
    (r"it is a form that only Adobe's .+", "biểu mẫu chỉ xem được bằng Adobe (XFA); vui lòng in ra PDF mới"),
    (r"its fonts do not say .+", f"phông chữ trong tệp không cho biết là chữ gì; {TESSERACT}"),
    (r"it is a scanned PDF.+", f"PDF là ảnh quét; {TESSERACT}"),
    (r"it is a picture; install Tesseract.+|Tesseract is not installed.*", f"đây là ảnh; {TESSERACT}"),
    (r"Tesseract .+", "không nhận dạng được chữ trên ảnh"),
    (r"no text could be recognised on .+", "không nhận dạng được chữ nào trên ảnh"),
    (r"it is a picture too small to show a text", "ảnh quá nhỏ, không đọc được chữ"),
    (r"it is a picture of more than (\d+) million dots.*", r"ảnh lớn hơn \1 triệu điểm ảnh; vui lòng thu nhỏ"),
    (r"as many pictures as one file may .+", "tệp có quá nhiều ảnh cần nhận dạng chữ"),
    (
        r"it is a (?:PDF|presentation) of more than (\d+) (?:pages|slides); split it",
        r"tệp dài hơn \1 trang; vui lòng tách ra",
    ),
    (r"it is a (?:PDF|picture) of (\d+) pages; there is no page (\d+)", r"tệp có \1 trang, không có trang \2"),
    (r"page (\d+) of it .+", r"không vẽ được trang \1"),
    (r"it is .+ without text.*", "tệp không có chữ nào"),
    (
        r"nothing inside is read|no such pictures are read|no pictures are read",
        "phần ảnh và tệp đính kèm bên trong không đọc được",
    ),
    (r"it is .+ that takes longer than (\S+) seconds to read", r"đọc quá \1 giây chưa xong; vui lòng tách tệp"),
    (r"it is .+ that needs more than (\d+) MB of memory .+", "tệp cần quá nhiều bộ nhớ; vui lòng tách tệp"),
    (
        r"it is .+ at which its reader fails; .+",
        "chương trình đọc gặp lỗi với tệp này; vui lòng lưu lại hoặc lưu dạng khác",
    ),
    (r"it is .+, not a page, a PDF, a DOCX or a text", "đây không phải trang, PDF, DOCX hay văn bản"),
    (r"it is (a .+|an .+); unpack it first", "đây là {1}; vui lòng giải nén trước"),
    (r"it is (a .+|an .+)", "đây là {1}, không phải văn bản"),
    # addresses
    (r"only http and https addresses are fetched, not .+", "chỉ mở được địa chỉ bắt đầu bằng http hoặc https"),
    (r"it is not a whole address such as .+", "địa chỉ chưa đủ, ví dụ đúng: https://example.vn/trang"),
    (r"addresses with a user name or password are not fetched", "không mở địa chỉ có kèm tên đăng nhập hoặc mật khẩu"),
    (
        r"it leads to (.+): addresses of this machine or of a private network are not fetched",
        r"địa chỉ dẫn tới \1 trong mạng nội bộ nên không mở",
    ),
    (r"it leads in a circle|it leads on more than \d+ times", "địa chỉ chuyển tiếp quá nhiều lần"),
    (r"there is no host (.+)", r"không có trang nào tên \1"),
    (r"the certificate of (.+?) cannot be trusted.*", r"chứng thư bảo mật của \1 không đáng tin"),
    (r"(?:the connection to .+ broke|the connection broke).*", "kết nối bị ngắt giữa chừng; vui lòng thử lại"),
    (r"it took longer than (\d+) seconds.*", r"trang không gửi xong trong \1 giây; vui lòng thử lại"),
    (r"the server answers 404 .+", "không có trang này (mã 404)"),
    (r"the server answers (401|403) .+", r"trang không cho xem (mã \1)"),
    (r"the server answers (\d+).*", r"máy chủ của trang báo lỗi (mã \1)"),
    (r"the server (?:packs|says) .+", "máy chủ của trang trả lời không đúng quy cách"),
    (r"(\S+) cannot be reached.*", r"không kết nối được tới \1"),
)
"""A whole clause of an error -> the same in Vietnamese; `{1}` is a kind of file by `_KINDS`. The first wins."""

_RULES = tuple((re.compile(pattern, re.DOTALL), said) for pattern, said in _WORDS)
_KINDS = (
    ("Word", "tệp Word"),
    ("Excel", "bảng tính Excel"),
    ("PowerPoint", "bài trình chiếu PowerPoint"),
    ("OpenDocument", "tệp OpenDocument"),
    ("PDF", "tệp PDF"),
    ("RTF", "tệp RTF"),
    ("HTML", "trang HTML"),
    ("mail", "thư điện tử hoặc trang lưu trữ"),
    ("image", "ảnh"),
    ("archive", "tệp nén"),
    ("audio", "tệp âm thanh"),
    ("program", "chương trình máy tính"),
)


def in_vietnamese(sentence: str) -> str:
    """Why something is not taken in, as a clause that follows "Lý do: "."""
    clause = _PREFIX.sub("", sentence, count=1).strip().removesuffix(".")
    led = _LEADS_ON.fullmatch(clause)
    if led is not None:
        target = led[1].strip("'")
        return f"địa chỉ chuyển tới {target}, mà {in_vietnamese(led[2])}"
    for pattern, said in _RULES:
        found = pattern.fullmatch(clause)
        if found is not None:
            kind = found[1] if "{1}" in said else ""
            return found.expand(said).replace("{1}", _kind(kind))
    return UNTOLD.format(sentence=sentence)


def _kind(told: str) -> str:
    return next((said for word, said in _KINDS if word in told), "loại tệp khác")
