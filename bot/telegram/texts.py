"""Everything the bot says to people, in one place, in the Vietnamese of public offices."""

START = (
    "Xin chào! Đây là trợ lý tra cứu tài liệu.\n"
    "Trợ lý trả lời từ {count} tài liệu trong kho; câu trả lời nào cũng kèm nguồn để đối chiếu.\n"
    "Anh/chị cứ hỏi như nói hằng ngày, gõ không dấu cũng được.\n"
    "Mời chọn một câu hỏi mẫu hoặc gõ câu hỏi của mình; cách dùng xem ở /help."
)

HELP = (
    "<b>Cách dùng</b>\n"
    "• Gõ câu hỏi bình thường, có dấu hay không dấu đều được, ví dụ: <i>{example}</i>\n"
    "• Hỏi tiếp ngay câu sau, chẳng hạn “còn năm trước đó thì sao?”; gõ /moi để chuyển sang chuyện khác.\n"
    "• Gõ nhầm thì sửa lại tin nhắn, câu trả lời sẽ được sửa theo.\n"
    "• Trong nhóm: <code>/hoi câu hỏi</code>, nhắc tên trợ lý hoặc trả lời tin của trợ lý.\n"
    "• Nút 👍 👎 dưới câu trả lời giúp trợ lý tốt hơn.\n\n"
    "<b>Các lệnh</b>\n"
    "/tailieu – các tài liệu trong kho\n"
    "/moi – bắt đầu cuộc trao đổi mới\n"
    "/quen – xóa những gì anh/chị đã hỏi khỏi hệ thống\n"
    "/help – hướng dẫn này\n\n"
    "Trợ lý chỉ trích nguyên văn tài liệu; khi tài liệu không nói đến, trợ lý sẽ nói rõ là không thấy."
)
HELP_ADMIN = (
    "\n\n<b>Dành cho quản trị viên</b>\n"
    "/stats – số liệu sử dụng\n"
    "/unanswered – các câu hỏi chưa trả lời được\n"
    "/reindex – lập lại chỉ mục sau khi thay đổi tài liệu\n"
    "/moi_nguoi – tạo đường dẫn mời một người (thêm chữ <code>quantri</code> để mời quản trị viên)\n"
    "/thu_hoi <code>mã số</code> – thu hồi quyền của một người\n"
    "/nguoi – những người được cấp quyền"
)

COMMANDS = (
    ("hoi", "Đặt câu hỏi (dùng trong nhóm)"),
    ("tailieu", "Các tài liệu trong kho"),
    ("moi", "Bắt đầu cuộc trao đổi mới"),
    ("quen", "Xóa những gì tôi đã hỏi"),
    ("help", "Cách dùng"),
)
ADMIN_COMMANDS = (
    ("stats", "Số liệu sử dụng"),
    ("unanswered", "Câu hỏi chưa trả lời được"),
    ("reindex", "Lập lại chỉ mục"),
    ("moi_nguoi", "Mời một người"),
    ("thu_hoi", "Thu hồi quyền"),
    ("nguoi", "Những người được cấp quyền"),
)

# Candidates for the buttons under /start; those the current documents do not answer are left out.
EXAMPLES = (
    "Năm 2020 được chọn là năm gì?",
    "Hai khâu đột phá trong Năm dân vận 2014 là gì?",
    "Năm 2019 là năm gì?",
    "Cán bộ dân vận phải như thế nào?",
    "Ai phát biểu chỉ đạo tại hội nghị tổng kết?",
    "Buổi tọa đàm bàn về điều gì?",
)

RELATED = "Chưa thấy câu trả lời; đoạn gần nhất:"
OTHER_PASSAGE = "Đoạn khác có liên quan:"
NOT_FOUND = "Không tìm thấy câu trả lời trong kho tài liệu."
NEAREST = "Tài liệu gần nhất:"
SOURCE = "Nguồn:"
INVALID = "Trợ lý chưa hiểu câu hỏi này. Anh/chị vui lòng gõ lại thành một câu hỏi."
GONE = "Tài liệu của đoạn này đã được gỡ khỏi kho hoặc đã thay đổi, nên không còn xem được."
FORGOTTEN = "Câu trả lời này không còn được lưu. Anh/chị vui lòng hỏi lại."

OTHER_SOURCES = "Nguồn khác ({count})"
CONTEXT = "Xem ngữ cảnh"
BACK = "« Câu trả lời"
HELPFUL = "👍 Hữu ích"
UNHELPFUL = "👎 Chưa đúng"
CHOSEN = "{label} ✓"
COUNTED = "{label} ({count})"

DOCUMENTS = "<b>Kho có {count} tài liệu, mới nhất trước:</b>"
PREVIOUS_PAGE = "« Mới hơn"
NEXT_PAGE = "Cũ hơn »"

STRANGER = (
    "Xin lỗi, trợ lý chỉ phục vụ người đã được cấp quyền.\n"
    "Anh/chị vui lòng gửi mã số <code>{id}</code> cho quản trị viên để được mời."
)
ANONYMOUS = (
    "Trợ lý chỉ phục vụ người đã được cấp quyền nên không trả lời tin gửi dưới tên nhóm hoặc kênh. "
    "Anh/chị vui lòng hỏi bằng tài khoản của mình."
)
STRANGER_TOAST = "Anh/chị chưa được cấp quyền. Mã số để gửi quản trị viên: {id}"
BAD_INVITE = "Lời mời này đã được dùng hoặc hết hạn. "
WELCOME_ADMIN = "Anh/chị đã là quản trị viên của trợ lý. Các lệnh quản trị xem ở /help."

GUIDE = "Trợ lý chỉ đọc được câu hỏi bằng chữ. Anh/chị vui lòng gõ câu hỏi, ví dụ: <i>{example}</i>"
ASK_WHAT = "Anh/chị vui lòng gõ câu hỏi ngay sau lệnh, ví dụ: <code>/hoi {example}</code>"
UNKNOWN_COMMAND = "Trợ lý không có lệnh này. Các lệnh dùng được xem ở /help."
STARTED_AFRESH = "Đã bắt đầu cuộc trao đổi mới. Anh/chị cần tra cứu điều gì?"
FORGOT = (
    "Đã xóa {count} câu hỏi của anh/chị cùng câu trả lời và đánh giá. "
    "Hệ thống chỉ còn giữ mã số của anh/chị để cấp quyền sử dụng."
)

ADMIN_ONLY = "Lệnh này chỉ dành cho quản trị viên."
INVITATION = "Đường dẫn mời {role}, dùng được một lần, trong 7 ngày. Hãy gửi cho đúng người:\n{link}"
INVITATION_ROLES = {"member": "người dùng", "admin": "quản trị viên"}
REVOKED = "Đã thu hồi quyền của <code>{id}</code>."
NOT_REVOKED = "Không thu hồi được: <code>{id}</code> chưa được cấp quyền hoặc là quản trị viên đặt trong cấu hình."
REVOKE_WHOM = "Vui lòng ghi mã số sau lệnh, ví dụ: <code>/thu_hoi 123456789</code>"
PEOPLE = "<b>Những người được cấp quyền</b>"
PERSON_ROLES = {"admin": "quản trị viên", "member": "người dùng", "revoked": "đã thu hồi", "stranger": ""}
REINDEXING = "Đang lập lại chỉ mục; trợ lý vẫn trả lời bình thường trong lúc này."
REINDEX_BUSY = "Chỉ mục đang được lập lại rồi, vui lòng đợi lần này xong."
REINDEXED = "Đã lập lại chỉ mục: {documents} tài liệu, {passages} đoạn, {seconds} giây."
REINDEX_UNCHANGED = "Tài liệu không thay đổi, chỉ mục giữ nguyên ({documents} tài liệu, {passages} đoạn)."
REINDEX_PROBLEMS = "\nKhông đọc được {count} tệp: {names}"
REINDEX_FAILED = "Không lập lại được chỉ mục; chỉ mục cũ vẫn được dùng. Mã lỗi trong nhật ký: <code>{id}</code>"
STATS = (
    "<b>Số liệu {days} ngày qua</b>\n"
    "Câu hỏi: {questions} (của {people} người)\n"
    "Trả lời được: {answered} · Chỉ có đoạn liên quan: {related} · Không thấy: {not_found}\n"
    "Đánh giá: 👍 {helpful} · 👎 {unhelpful}\n"
    "Thời gian trả lời: trung vị {median} ms, 95% dưới {p95} ms\n"
    "Kho: {documents} tài liệu, {passages} đoạn; bản chỉ mục <code>{generation}</code>"
)
UNANSWERED = "<b>Câu hỏi chưa trả lời được trong {days} ngày qua</b>"
NO_UNANSWERED = "Trong {days} ngày qua không có câu hỏi nào chưa trả lời được."
TIMES = " ({count} lần)"

ERROR = (
    "Xin lỗi, trợ lý gặp trục trặc khi xử lý yêu cầu này. Anh/chị vui lòng thử lại sau ít phút.\n"
    "Nếu vẫn lỗi, xin báo quản trị viên mã lỗi <code>{id}</code>."
)
STARTING = "Trợ lý đang khởi động, xin anh/chị chờ trong giây lát; câu hỏi này sẽ được trả lời ngay khi sẵn sàng."
UNCERTAIN = "Mạng vừa chập chờn. Nếu chưa thấy câu trả lời ở trên, anh/chị bấm nút dưới đây để nhận lại."
SEND_AGAIN = "Gửi lại câu trả lời"

GREETING = "Xin chào anh/chị! Anh/chị cần tra cứu điều gì trong tài liệu, xin cứ gõ câu hỏi."
THANKS = "Không có gì ạ, rất vui được giúp anh/chị. Anh/chị cần tra cứu gì thêm xin cứ hỏi."
FAREWELL = "Chào anh/chị, hẹn gặp lại!"
IDENTITY = (
    "Đây là trợ lý tra cứu tài liệu: anh/chị hỏi, trợ lý tìm câu trả lời trong kho tài liệu và dẫn nguồn. "
    "Cách dùng xem ở /help."
)
ACKNOWLEDGED = "Vâng ạ. Anh/chị cần tra cứu gì thêm xin cứ hỏi."
