"""Everything the bot says to people, in one place, in the Vietnamese of public offices."""

from bot import phrases

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
    "/web – mã đăng nhập trang tra cứu trên trình duyệt\n"
    "/help – hướng dẫn này\n\n"
    "Trợ lý chỉ trích nguyên văn tài liệu; khi tài liệu không nói đến, trợ lý sẽ nói rõ là không thấy."
)

COMMANDS = (
    ("hoi", "Đặt câu hỏi (dùng trong nhóm)"),
    ("tailieu", "Các tài liệu trong kho"),
    ("moi", "Bắt đầu cuộc trao đổi mới"),
    ("quen", "Xóa những gì tôi đã hỏi"),
    ("web", "Mã đăng nhập trang tra cứu"),
    ("help", "Cách dùng"),
)

SOURCE = "Nguồn:"
PUBLISHED = {1: "đăng năm {date}", 2: "đăng tháng {date}", 3: "đăng ngày {date}"}
"""Parts of a date that are known -> how it is told."""
INVALID = "Trợ lý chưa hiểu câu hỏi này. Anh/chị vui lòng gõ lại thành một câu hỏi."
GONE = "Tài liệu của đoạn này đã được gỡ khỏi kho hoặc đã thay đổi, nên không còn xem được."
FORGOTTEN = "Câu trả lời này không còn được lưu. Anh/chị vui lòng hỏi lại."

OTHER_SOURCES = "Đoạn khác ({number}/{count})"
MORE_ITEMS = "Và {count} mục nữa"
CONTEXT = "Xem cả đoạn"
BACK = "« Quay lại"
HELPFUL = "👍 Hữu ích"
UNHELPFUL = "👎 Chưa đúng"
CHOSEN = "{label} ✓"
COUNTED = "{label} ({count})"

DOCUMENTS = "<b>Kho có {count} tài liệu, mới nhất trước:</b>"
PREVIOUS_PAGE = "« Mới hơn"
NEXT_PAGE = "Cũ hơn »"

STRANGER = (
    "Xin lỗi, trợ lý chỉ phục vụ người đã được cấp quyền.\n"
    "Anh/chị bấm nút dưới đây để xin cấp quyền, hoặc gửi mã số <code>{id}</code> cho quản trị viên."
)
REQUEST_ACCESS = "Xin cấp quyền"
REQUESTED = "Đã gửi yêu cầu cùng tên tài khoản của anh/chị tới quản trị viên."
REQUESTED_ALREADY = "Yêu cầu của anh/chị đã được gửi, xin chờ quản trị viên xem xét."
REQUEST_NOT_NOW = "Hiện chưa nhận thêm yêu cầu. Anh/chị vui lòng liên hệ quản trị viên, mã số {id}."
LET_IN = "Anh/chị đã được cấp quyền sử dụng trợ lý. Xin mời gõ câu hỏi."
ANONYMOUS = (
    "Trợ lý chỉ phục vụ người đã được cấp quyền nên không trả lời tin gửi dưới tên nhóm hoặc kênh. "
    "Anh/chị vui lòng hỏi bằng tài khoản của mình."
)
STRANGER_TOAST = "Anh/chị chưa được cấp quyền. Mã số để gửi quản trị viên: {id}"
BAD_INVITE = "Lời mời này đã được sử dụng hoặc đã hết hạn. "

GUIDE = "Trợ lý chưa đọc được ảnh, tệp và tin thoại. Anh/chị vui lòng gõ câu hỏi bằng chữ, ví dụ: <i>{example}</i>"
VOICE = (
    "Trợ lý chưa nghe được tin thoại. Anh/chị gõ câu hỏi bằng chữ, hoặc bấm biểu tượng micrô trên bàn phím "
    "để đọc cho điện thoại gõ thay, ví dụ: <i>{example}</i>"
)
ASK_WHAT = "Anh/chị vui lòng gõ câu hỏi ngay sau lệnh, ví dụ: <code>/hoi {example}</code>"
UNKNOWN_COMMAND = "Trợ lý không có lệnh này. Các lệnh dùng được xem ở /help."
STARTED_AFRESH = "Đã bắt đầu cuộc trao đổi mới. Anh/chị cần tra cứu điều gì?"
SIGN_IN = (
    "Mã đăng nhập trang tra cứu: <code>{code}</code>\n"
    "Mã dùng được một lần, trong {minutes} phút. Xin không gửi mã này cho người khác."
)
SIGN_IN_AT = "\nMở trang: {address}"
SIGN_IN_ALONE = "Để nhận mã đăng nhập, anh/chị vui lòng nhắn /web cho trợ lý trong cuộc trò chuyện riêng."
FORGOT = (
    "Đã xóa {count} câu hỏi của anh/chị cùng câu trả lời và đánh giá. "
    "Hệ thống chỉ còn giữ mã số và tên gọi của anh/chị để cấp quyền sử dụng."
)

ERROR = (
    "Xin lỗi, trợ lý gặp trục trặc khi xử lý yêu cầu này. Anh/chị vui lòng thử lại sau ít phút.\n"
    "Nếu vẫn lỗi, xin báo quản trị viên mã lỗi <code>{id}</code>."
)
STARTING = "Trợ lý đang khởi động, xin anh/chị chờ trong giây lát; câu hỏi này sẽ được trả lời ngay khi sẵn sàng."
UNCERTAIN = "Mạng vừa chập chờn. Nếu chưa thấy câu trả lời ở trên, anh/chị bấm nút dưới đây để nhận lại."
UNCERTAIN_ALONE = "Mạng vừa chập chờn. Nếu chưa thấy câu trả lời ở trên, anh/chị vui lòng gửi lại câu hỏi."
DELAYED = (
    "Hệ thống đang tạm gián đoạn. Câu trả lời sẽ được gửi ngay khi hoạt động trở lại, xin anh/chị chờ trong giây lát."
)
SEND_AGAIN = "Gửi lại câu trả lời"

GREETING = "Xin chào anh/chị! Anh/chị cần tra cứu điều gì trong tài liệu, xin cứ gõ câu hỏi."
THANKS = "Không có gì ạ, rất vui được giúp anh/chị. Anh/chị cần tra cứu gì thêm xin cứ hỏi."
FAREWELL = "Chào anh/chị, hẹn gặp lại!"
IDENTITY = (
    "Đây là trợ lý tra cứu tài liệu: anh/chị hỏi, trợ lý tìm câu trả lời trong kho tài liệu và dẫn nguồn. "
    "Cách dùng xem ở /help."
)
ACKNOWLEDGED = "Vâng ạ. Anh/chị cần tra cứu gì thêm xin cứ hỏi."
ABILITIES = (
    "Trợ lý tìm câu trả lời trong kho tài liệu, trích đúng câu chữ và dẫn nguồn để anh/chị đối chiếu.\n"
    "Anh/chị hỏi ai, việc gì, ở đâu, khi nào, bao nhiêu…, ví dụ: <i>{example}</i>\n"
    "Cách dùng và các lệnh xem ở /help, danh mục tài liệu ở /tailieu."
)
SORRY = (
    "Xin lỗi vì chưa giúp được anh/chị. Anh/chị thử hỏi bằng cách khác, nêu rõ tên việc, tên văn bản hoặc năm cần tra "
    "cứu; hoặc bấm 👎 dưới câu trả lời để báo chỗ chưa đúng."
)
NOTHING_YET = phrases.NOTHING_ASKED

ASK_ALONE = "Hỏi riêng câu này"
GLAD = "Cảm ơn anh/chị đã đánh giá. Anh/chị cần tra cứu gì thêm xin cứ hỏi."
WRONG_NOTED = "Cảm ơn anh/chị đã báo câu trả lời chưa đúng. "
REASONS = {"wrong": "Sai", "missing": "Thiếu", "outdated": "Đã cũ", "off_topic": "Không liên quan"}
REASON_CHOSEN = "👎 Chưa đúng: {reason}"

EARLIER = "« Đoạn trước"
LATER = "Đoạn sau »"
WHOLE = "Xem toàn văn"
ORIGINAL = "Tải bản gốc"
PAGE_BEFORE = "« Trang trước"
PAGE_AFTER = "Trang sau »"
PAGE_OF = "trang {number}/{count}"
NO_ORIGINAL = "Không còn tệp gốc của tài liệu này."

TELL_ME = "Báo khi có câu trả lời"
ASK_OFFICER = "Hỏi cán bộ phụ trách"
WILL_TELL = "Trợ lý sẽ báo cho anh/chị một lần khi kho tài liệu có câu trả lời."
WAITS_ALREADY = "Yêu cầu này đã được ghi nhận rồi."
ANSWER_FOUND = "Câu hỏi trước đây của anh/chị nay đã có câu trả lời:\n<i>{question}</i>\n\n"
HANDED = "Đã chuyển câu hỏi tới cán bộ phụ trách; câu trả lời sẽ được gửi lại cho anh/chị ở đây."
NOBODY_TO_ASK = "Hiện chưa có cán bộ phụ trách nào để chuyển câu hỏi. Anh/chị vui lòng thử lại sau."
BY_A_PERSON = (
    "<b>Cán bộ phụ trách trả lời</b> câu hỏi của anh/chị:\n<i>{question}</i>\n\n{answer}\n\n"
    "(Câu trả lời do cán bộ viết, không trích từ kho tài liệu.)"
)
DECLINED_BY_A_PERSON = "Cán bộ phụ trách đã xem nhưng chưa trả lời được câu hỏi của anh/chị:\n<i>{question}</i>"

INLINE_HOW = "Gõ câu hỏi ngay sau tên trợ lý"
INLINE_STARTING = "Trợ lý đang khởi động, xin chờ giây lát"
INLINE_NOTHING = "Chưa tìm thấy; hỏi trực tiếp trợ lý"
INLINE_STRANGER = "Chưa được cấp quyền; bấm để xin"
"""What stands in place of results behind the bot's name in another chat; at most 64 characters."""
