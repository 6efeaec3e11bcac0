"""What the bot says to admins, in the Vietnamese of public offices."""

HELP_ADMIN = (
    "\n\n<b>Dành cho quản trị viên</b>\n"
    "/stats – số liệu sử dụng\n"
    "/unanswered – các câu hỏi chưa trả lời được\n"
    "Gửi tệp hoặc địa chỉ trang web – xem trợ lý hiểu tài liệu thế nào rồi thêm vào kho\n"
    "/kho – bản kho đang dùng, cập nhật hoặc quay lại bản trước\n"
    "/reindex – cập nhật kho tài liệu sau khi tài liệu thay đổi\n"
    "/moi_nguoi – tạo đường dẫn mời một người (thêm chữ <code>quantri</code> để mời quản trị viên)\n"
    "/nguoi – những người được cấp quyền, lời mời chưa dùng, yêu cầu đang chờ\n"
    "/ten <code>mã số tên gọi</code> – đặt tên gọi cho một người\n"
    "/thu_hoi <code>mã số</code> – thu hồi quyền của một người\n"
    "/nhat_ky – ai đã thay đổi gì"
)
ADMIN_COMMANDS = (
    ("stats", "Số liệu sử dụng"),
    ("unanswered", "Câu hỏi chưa trả lời được"),
    ("kho", "Bản kho đang dùng"),
    ("reindex", "Cập nhật kho tài liệu"),
    ("moi_nguoi", "Mời một người"),
    ("nguoi", "Những người được cấp quyền"),
    ("ten", "Đặt tên gọi cho một người"),
    ("thu_hoi", "Thu hồi quyền"),
    ("nhat_ky", "Ai đã thay đổi gì"),
)
WELCOME_ADMIN = "Anh/chị đã là quản trị viên của trợ lý. Các lệnh quản trị xem ở /help."
ADMIN_ONLY = "Lệnh này chỉ dành cho quản trị viên."
INVITATION = (
    "Đường dẫn mời {role}, dùng được một lần, trong 7 ngày; hủy lời mời ở /nguoi. Hãy gửi cho đúng người:\n{link}"
)
INVITE_HOW = (
    "Chưa tạo lời mời nào: trợ lý chưa hiểu “{argument}”.\n"
    "• <code>/moi_nguoi</code> – mời một người dùng\n"
    "• <code>/moi_nguoi quantri</code> – mời một quản trị viên"
)
INVITE_USED = "{name} (<code>{id}</code>) vừa dùng lời mời của anh/chị, vai trò: {role}."
INVITATION_ROLES = {"member": "người dùng", "admin": "quản trị viên"}
REVOKED = "Đã thu hồi quyền của <code>{id}</code>."
NOT_REVOKED = "Không thu hồi được: <code>{id}</code> chưa được cấp quyền hoặc là quản trị viên đặt trong cấu hình."
LAST_ADMIN = (
    "Chưa thu hồi: <code>{id}</code> là quản trị viên duy nhất, thu hồi thì không còn ai quản trị trợ lý. "
    "Vui lòng mời quản trị viên khác trước: <code>/moi_nguoi quantri</code>"
)
REVOKE_ADMIN = "{name} (<code>{id}</code>) là quản trị viên. Anh/chị có chắc muốn thu hồi quyền?"
REVOKE_YOURSELF = "Anh/chị sắp thu hồi quyền quản trị của chính mình. Anh/chị có chắc không?"
REVOKE = "Thu hồi"
KEEP = "Thôi, giữ nguyên"
KEPT = "Đã giữ nguyên quyền của <code>{id}</code>."
REVOKE_WHOM = "Vui lòng ghi mã số sau lệnh, ví dụ: <code>/thu_hoi 123456789</code>"
PEOPLE = "<b>Những người được cấp quyền</b>"
PERSON = "• <code>{id}</code> – {role}{label}"
LABEL = " – {label}"
AND_MORE = "… và {count} người nữa (xem hết bằng lệnh <code>danvan invite list</code> trên máy chủ)"
OPEN_INVITES = "\n<b>Lời mời chưa dùng</b>"
OPEN_INVITE = "• <code>{invitation}</code> – {role}, đến ngày {until}"
WITHDRAW = "Hủy lời mời {invitation}"
WITHDRAWN = "Đã hủy lời mời <code>{invitation}</code>."
NOT_WITHDRAWN = "Lời mời này không còn hiệu lực."
OPEN_REQUESTS = "\n<b>Yêu cầu cấp quyền đang chờ</b>"
OPEN_REQUEST = "• <code>{id}</code> – {name}, từ ngày {since}"
ACCESS_REQUEST = "<b>Yêu cầu cấp quyền</b>\n{name} (mã số <code>{id}</code>) xin được sử dụng trợ lý."
LET_IN = "Cho phép"
DECLINE = "Từ chối"
LET_IN_DONE = "Đã cho phép {name} (<code>{id}</code>) sử dụng trợ lý."
DECLINED = "Đã từ chối yêu cầu của {name} (<code>{id}</code>)."
DECIDED_ALREADY = "Yêu cầu này đã được xử lý rồi."
NAMED = "Đã đặt tên gọi cho <code>{id}</code>: {label}."
NOT_NAMED = "Không đặt được: <code>{id}</code> chưa được cấp quyền."
NAME_HOW = "Vui lòng ghi mã số và tên gọi sau lệnh, ví dụ: <code>/ten 123456789 Nguyễn Văn An</code>"

AUDIT = "<b>Ai đã thay đổi gì</b>"
NO_AUDIT = "Chưa có thay đổi nào được ghi lại."
AUDIT_LINE = "• {at} – {actor} {action}{subject}"
AUDIT_SUBJECT = ": {subject}"
AT_THE_TERMINAL = "dòng lệnh"
ACTIONS = {
    "invited": "tạo lời mời",
    "withdrew": "hủy lời mời",
    "redeemed": "dùng lời mời",
    "let_in": "cho phép",
    "declined": "từ chối",
    "revoked": "thu hồi quyền",
    "named": "đặt tên gọi",
    "grouped": "đặt nhóm tài liệu cho",
    "added": "thêm tài liệu",
    "corrected": "sửa thông tin tài liệu",
    "removed": "gỡ tài liệu",
    "reindexed": "cập nhật kho tài liệu",
    "rolled_back": "quay lại bản kho trước",
}
PERSON_ROLES = {"admin": "quản trị viên", "member": "người dùng", "revoked": "đã thu hồi", "stranger": ""}
REINDEXING = "Đang cập nhật kho tài liệu; trợ lý vẫn trả lời bình thường trong lúc này."
REINDEX_BUSY = "Kho tài liệu đang được cập nhật rồi, vui lòng đợi lần này xong."
REINDEXED = "Đã cập nhật kho tài liệu: {documents} tài liệu, {passages} đoạn, {seconds} giây."
REINDEX_UNCHANGED = "Tài liệu không thay đổi, kho giữ nguyên ({documents} tài liệu, {passages} đoạn)."
REINDEX_PROBLEMS = "\nKhông đọc được {count} tệp: {names}"
REINDEX_FAILED = "Không cập nhật được kho tài liệu; kho cũ vẫn được dùng. Mã lỗi trong nhật ký: <code>{id}</code>"
STATS = (
    "<b>Số liệu {days} ngày qua</b>\n"
    "Câu hỏi: {questions} (của {people} người)\n"
    "Trả lời được: {answered} · Chỉ có đoạn liên quan: {related} · Không thấy: {not_found}\n"
    "Đánh giá: 👍 {helpful} · 👎 {unhelpful}\n"
    "Thời gian trả lời: trung vị {median} ms, 95% dưới {p95} ms\n"
    "Kho: {documents} tài liệu, {passages} đoạn; bản kho <code>{generation}</code>"
)
UNANSWERED = "<b>Câu hỏi chưa trả lời được hoặc bị báo chưa đúng trong {days} ngày qua</b>"
NO_UNANSWERED = "Trong {days} ngày qua không có câu hỏi nào chưa trả lời được."
TIMES = " ({count} lần)"

HANDED = (
    "<b>Có người hỏi cán bộ phụ trách</b>\n<i>{question}</i>\n\n"
    "Vui lòng trả lời (reply) tin này; câu trả lời được gửi lại cho người hỏi, ghi rõ là của cán bộ."
)
CANNOT_ANSWER = "Không trả lời được"
HANDED_ANSWERED = "Đã gửi câu trả lời tới người hỏi."
HANDED_DECLINED = "Đã báo người hỏi rằng chưa trả lời được."
HANDED_CLOSED = "Câu hỏi này đã được xử lý rồi."

RECEIVED = "<b>Trợ lý hiểu tài liệu như sau</b>"
UNDERSTOOD = "\n<b>{title}</b>\n{facts}\n{paragraphs} đoạn văn, bỏ ra {dropped} dòng ngoài bài"
NO_DATE = "chưa rõ ngày"
NAMELESS = "(chưa có tiêu đề)"
AND_MORE_DOCUMENTS = "\n… và {count} tài liệu nữa"
WOULD_BE = {
    "added": "Tài liệu mới, chưa có trong kho.",
    "replaced": "Sẽ thay bản cũ đang có trong kho.",
    "corrected": "Đã có trong kho; sẽ bổ sung thông tin.",
    "unchanged": "Đã có trong kho, không có gì mới.",
    "duplicate": "Nội dung này đã có trong kho.",
    "restored": "Từng được gỡ khỏi kho; sẽ được đưa trở lại.",
}
DONE = {
    "added": "Đã thêm",
    "replaced": "Đã thay bản cũ",
    "corrected": "Đã bổ sung thông tin",
    "unchanged": "Đã có sẵn, giữ nguyên",
    "duplicate": "Trùng nội dung, không thêm",
    "restored": "Đã đưa trở lại",
    "removed": "Đã gỡ",
    "refused": "Không nhận",
}
DONE_LINE = "• {done}: {title}"
REFUSED = "\nKhông nhận được <b>{source}</b>. Lý do: {sentence}."
TO_LOOK_AT = "Cần xem lại:"
ADD = "Thêm vào kho"
DROP = "Thôi"
DROPPED = "Đã bỏ qua, kho giữ nguyên."
SEND_FILE_AGAIN = "Không còn thấy tệp hoặc địa chỉ đã gửi. Anh/chị vui lòng gửi lại."
FILE_TOO_LARGE = (
    "Tệp lớn hơn {megabytes} MB nên Telegram không cho trợ lý tải về. Anh/chị thêm tệp này ở trang quản trị."
)
FILE_NOT_FETCHED = "Chưa tải được tệp từ Telegram. Anh/chị vui lòng gửi lại sau ít phút."
NOTHING_RECEIVED = "Không có tài liệu nào để thêm."
THEN_REINDEX = "\nTrợ lý trả lời theo tài liệu này sau khi cập nhật kho."
LIBRARY_BUSY = "Chưa làm được: kho tài liệu đang được chương trình khác sửa. Anh/chị vui lòng thử lại sau ít phút."
REINDEX = "Cập nhật kho"
ROLLBACK = "Quay lại bản trước"
ROLLBACK_ASK = "Cho bản kho trước trả lời thay bản <code>{generation}</code>. Anh/chị có chắc không?"
ROLLBACK_SURE = "Quay lại"
ROLLED_BACK = "Bản kho <code>{generation}</code> đang trả lời, thay cho bản <code>{before}</code>."
NOT_ROLLED_BACK = "Không có bản kho nào trước đó để quay lại."
INDEX = "<b>Bản kho đang dùng</b>: <code>{generation}</code>\n{documents} tài liệu, {passages} đoạn.\nCòn giữ: {kept}"
CHANGED_DOCUMENTS = "\nTài liệu: thêm {added}, sửa {changed}, gỡ {removed}."
GATE_PASSED = "\nĐã đạt yêu cầu kiểm tra chất lượng trước khi dùng."
GATE_FAILED = (
    "Bản kho mới chưa đạt yêu cầu kiểm tra chất lượng nên chưa được dùng; bản <code>{generation}</code> vẫn trả lời:"
)

SUMMARY = (
    "<b>Tuần qua</b>\n"
    "Câu hỏi: {questions} (của {people} người), trả lời được {answered}\n"
    "Đánh giá: 👍 {helpful} · 👎 {unhelpful}"
)
SUMMARY_MISSES = "\n<b>Chưa trả lời được hoặc bị báo chưa đúng</b>"
SUMMARY_CHANGES = "\nThay đổi trong tuần: {count} (xem ở /nhat_ky)."
SUMMARY_REQUESTS = "\nYêu cầu cấp quyền đang chờ: {count} (xem ở /nguoi)."
