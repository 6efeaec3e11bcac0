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
    "• Hỏi tiếp ngay câu sau, chẳng hạn “còn năm trước đó thì sao?”; /moi để chuyển sang chuyện khác.\n"
    "• Gõ nhầm thì sửa lại tin nhắn, câu trả lời sẽ được sửa theo.\n"
    "• Trong nhóm: <code>/hoi câu hỏi</code>, nhắc tên trợ lý hoặc trả lời tin của trợ lý.\n\n"
    "<b>Các lệnh</b>\n"
    "/tailieu – các tài liệu trong kho\n"
    "/moi – bắt đầu cuộc trao đổi mới\n"
    "/quen – xóa mọi điều đã hỏi khỏi hệ thống\n"
    "/help – hướng dẫn này\n\n"
    "Trợ lý chỉ trích nguyên văn tài liệu; khi tài liệu không nói, trợ lý sẽ nói rõ là không thấy."
)

COMMANDS = (
    ("hoi", "Đặt câu hỏi (dùng trong nhóm)"),
    ("tailieu", "Các tài liệu trong kho"),
    ("moi", "Bắt đầu cuộc trao đổi mới"),
    ("quen", "Xóa những gì tôi đã hỏi"),
    ("help", "Cách dùng"),
)

# Candidates for the buttons under /start; those the current documents do not answer are left out.
EXAMPLES = (
    "Năm 2020 được chọn là năm gì?",
    "Năm dân vận 2014 có mấy khâu đột phá?",
    "Năm dân vận chính quyền là năm nào?",
)
EXAMPLE_FROM_TITLE = "{title}"

RELATED = "Chưa thấy câu trả lời; đoạn gần nhất:"
NOT_FOUND = "Không tìm thấy câu trả lời trong kho tài liệu."
NEAREST = "Tài liệu gần nhất:"
SOURCE = "Nguồn:"
INVALID = "Trợ lý chưa hiểu câu hỏi này. Anh/chị vui lòng gõ lại thành một câu hỏi."

STRANGER = (
    "Xin lỗi, trợ lý chỉ phục vụ người đã được cấp quyền.\n"
    "Anh/chị vui lòng gửi mã số <code>{id}</code> cho quản trị viên để được mời."
)
STRANGER_TOAST = "Anh/chị chưa được cấp quyền. Mã số để gửi quản trị viên: {id}"

GUIDE = "Trợ lý chỉ đọc được câu hỏi bằng chữ. Anh/chị vui lòng gõ câu hỏi, ví dụ: <i>{example}</i>"
ASK_WHAT = "Anh/chị vui lòng gõ câu hỏi ngay sau lệnh, ví dụ: <code>/hoi {example}</code>"
UNKNOWN_COMMAND = "Trợ lý không có lệnh này. Các lệnh dùng được xem ở /help."

ERROR = (
    "Xin lỗi, trợ lý gặp trục trặc khi xử lý yêu cầu này. Anh/chị vui lòng thử lại sau ít phút.\n"
    "Nếu vẫn lỗi, xin báo quản trị viên mã lỗi <code>{id}</code>."
)

GREETING = "Xin chào anh/chị! Anh/chị cần tra cứu điều gì trong tài liệu, xin cứ gõ câu hỏi."
THANKS = "Không có gì ạ, rất vui được giúp anh/chị. Anh/chị cần tra cứu gì thêm xin cứ hỏi."
FAREWELL = "Chào anh/chị, hẹn gặp lại!"
IDENTITY = (
    "Đây là trợ lý tra cứu tài liệu: anh/chị hỏi, trợ lý tìm câu trả lời trong kho tài liệu và dẫn nguồn. "
    "Cách dùng xem ở /help."
)
ACKNOWLEDGED = "Vâng ạ. Anh/chị cần tra cứu gì thêm xin cứ hỏi."
