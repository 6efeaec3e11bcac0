"""Everything the pages say to people, in one place: in the Vietnamese of public offices, and in English."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Texts:
    """What the pages say in one language; a field is named after where it stands."""

    # every page
    name: str
    skip: str
    navigation: str
    ask: str
    documents: str
    board: str
    other_language: str
    footer: str
    pages: str
    # documents
    published: str
    publisher: str
    author: str
    original: str
    provenance: str
    came_in: str
    came_by_hand: str
    generation: str
    document_id: str
    undated: str
    page: str
    filter: str
    filter_words: str
    filter_any: str
    filter_from: str
    filter_to: str
    documents_found: str
    newer: str
    older: str
    passage_number: str
    paper: str
    paper_page: str
    to_paper: str
    passage_address: str
    # citations
    citation: str
    citation_of: str
    previous_citation: str
    next_citation: str
    to_quote: str
    copy_citation: str
    copied: str
    citation_text: str
    passage_changed: str
    passage_gone: str
    document_removed: str
    see_present: str
    # asking
    lead: str
    question: str
    send: str
    hint: str
    examples: str
    waiting: str
    starting: str
    not_sent: str
    you_asked: str
    yes: str
    no: str
    related: str
    related_passages: str
    related_documents: str
    answer_not_found: str
    nearest: str
    goes_on: str
    no_longer: str
    source: str
    see_source: str
    in_passage: str
    other_sources: str
    helpful: str
    unhelpful: str
    thanks_for_rating: str
    afresh: str
    forget: str
    forget_sure: str
    forget_yes: str
    forgotten: str
    forgotten_sentence: str
    greeting: str
    thanks: str
    farewell: str
    identity: str
    acknowledged: str
    sorry: str
    nothing_yet: str
    # signing in
    sign_in: str
    sign_in_lead: str
    sign_in_bot: str
    sign_in_bot_unnamed: str
    sign_in_invite: str
    code: str
    code_wrong: str
    code_title: str
    code_sentence: str
    another_browser: str
    sign_out: str
    invitation: str
    invitation_sentence: str
    invitation_accept: str
    invitation_wrong: str
    # the board
    board_overview: str
    board_documents: str
    board_index: str
    board_questions: str
    board_people: str
    board_ledger: str
    days_sum: str
    figure_questions: str
    figure_people: str
    figure_answered: str
    figure_related: str
    figure_not_found: str
    figure_helpful: str
    figure_unhelpful: str
    figure_median: str
    figure_p95: str
    figure_documents: str
    chart: str
    day: str
    add_documents: str
    add_files: str
    add_addresses: str
    add: str
    outcomes: str
    then_reindex: str
    to_index: str
    doubtful: str
    unreadable: str
    correct: str
    corrected_by: str
    save: str
    remove: str
    remove_note: str
    file: str
    title: str
    address: str
    reindex: str
    reindexing: str
    reindexing_note: str
    reindexed: str
    reindex_unchanged: str
    reindex_failed: str
    rollback: str
    published_now: str
    created: str
    passages: str
    gold_figures: str
    no_gold_figures: str
    gold_plot: str
    gold_recall: str
    gold_quotes: str
    gold_answers: str
    no_questions: str
    times: str
    outcome: str
    draft: str
    drafts_all: str
    also_asked: str
    invite: str
    invite_admin: str
    invited: str
    person: str
    groups: str
    role: str
    since: str
    role_admin: str
    role_member: str
    role_revoked: str
    role_stranger: str
    revoke: str
    open_invites: str
    until: str
    withdraw: str
    ledger_lead: str
    ledger_whole: str
    ledger_gaps: str
    gap_changed: str
    gap_removed: str
    gap_missing: str
    export: str
    line: str
    time: str
    question_asked: str
    forgotten_line: str
    changes: str
    who: str
    what: str
    command_line: str
    status_answered: str
    status_related: str
    status_not_found: str
    status_invalid: str
    cannot: str
    # what went wrong
    not_found: str
    not_found_sentence: str
    to_documents: str
    not_ready: str
    not_ready_sentence: str
    failed: str
    failed_sentence: str
    refused: str
    refused_sentence: str
    too_many: str
    too_many_sentence: str
    too_large: str
    too_large_sentence: str


VIETNAMESE = Texts(
    name="Tra cứu văn bản",
    skip="Đến nội dung chính",
    navigation="Điều hướng",
    ask="Hỏi đáp",
    documents="Tài liệu",
    board="Quản trị",
    other_language="English",
    footer="Mọi câu trả lời đều trích nguyên văn tài liệu.",
    pages="Các trang",
    published="Ngày đăng",
    publisher="Nơi đăng",
    author="Tác giả",
    original="Bản gốc",
    provenance="Nguồn gốc và bản lưu",
    came_in="Nhập kho",
    came_by_hand="được đặt trực tiếp vào thư mục tài liệu",
    generation="Bản chỉ mục",
    document_id="Mã tài liệu",
    undated="chưa rõ ngày",
    page="trang {number}",
    filter="Lọc",
    filter_words="Có các từ",
    filter_any="Tất cả",
    filter_from="Từ ngày",
    filter_to="Đến ngày",
    documents_found="{found} trên tổng số {all} tài liệu, mới nhất trước",
    newer="« Mới hơn",
    older="Cũ hơn »",
    paper="Trang in của văn bản gốc",
    paper_page="Trang {number} của văn bản gốc, chỗ được trích đóng khung",
    to_paper="Xem trang gốc",
    passage_number="Đoạn {number}, địa chỉ cố định",
    passage_address="Địa chỉ cố định của đoạn này",
    citation="Đoạn được trích dẫn",
    citation_of="Trích dẫn {number} trên {all}",
    previous_citation="« Trích dẫn trước",
    next_citation="Trích dẫn sau »",
    to_quote="Đến câu trích",
    copy_citation="Sao chép trích dẫn",
    copied="Đã sao chép",
    citation_text="Trích dẫn",
    passage_changed=(
        "Đoạn này đã được sửa đổi từ khi được trích dẫn. "
        "Dưới đây là bản tại thời điểm trích dẫn, không phải bản hiện hành."
    ),
    passage_gone=(
        "Đoạn được trích dẫn không còn trong tài liệu hiện nay, và bản cũ không còn được lưu. "
        "Dưới đây là bản hiện hành của tài liệu."
    ),
    document_removed=(
        "Tài liệu này đã được gỡ khỏi kho từ khi được trích dẫn. Dưới đây là bản tại thời điểm trích dẫn."
    ),
    see_present="Xem bản hiện hành",
    lead="Hỏi như nói hằng ngày, có dấu hay không dấu đều được. Câu trả lời là nguyên văn tài liệu, kèm nguồn.",
    question="Câu hỏi của anh/chị",
    send="Hỏi",
    hint="Enter để gửi, Shift + Enter để xuống dòng.",
    examples="Ví dụ",
    waiting="Đang tìm trong tài liệu",
    starting="Hệ thống đang khởi động; câu hỏi sẽ được trả lời ngay khi sẵn sàng.",
    not_sent="Chưa gửi được câu hỏi. Anh/chị vui lòng kiểm tra mạng rồi gửi lại.",
    you_asked="Anh/chị hỏi:",
    yes="Có.",
    no="Không.",
    related="Chưa tìm thấy câu trả lời trực tiếp. Đoạn liên quan nhất:",
    related_passages="Tài liệu viết về việc này ở các đoạn sau:",
    related_documents="Các tài liệu liên quan:",
    answer_not_found="Không tìm thấy câu trả lời trong kho tài liệu.",
    nearest="Đoạn gần nhất trong kho:",
    no_longer="Nguồn của câu trả lời này không còn xem được.",
    goes_on="Danh sách có thể còn tiếp, xem nguyên văn.",
    source="Nguồn:",
    see_source="Xem nguồn",
    in_passage="Xem cả đoạn",
    other_sources="Nguồn khác ({count})",
    helpful="Hữu ích",
    unhelpful="Chưa đúng",
    thanks_for_rating="Cảm ơn anh/chị đã góp ý.",
    afresh="Bắt đầu chuyện khác",
    forget="Xóa những gì tôi đã hỏi",
    forget_sure=(
        "Xóa mọi câu hỏi của anh/chị, câu trả lời và đánh giá, kể cả trên Telegram? Việc này không hoàn lại được."
    ),
    forget_yes="Xóa",
    forgotten="Đã xóa",
    forgotten_sentence="Đã xóa {count} câu hỏi của anh/chị cùng câu trả lời và đánh giá.",
    greeting="Xin chào anh/chị! Anh/chị cần tra cứu điều gì trong tài liệu, xin cứ gõ câu hỏi.",
    thanks="Không có gì ạ, rất vui được giúp anh/chị. Anh/chị cần tra cứu gì thêm xin cứ hỏi.",
    farewell="Chào anh/chị, hẹn gặp lại!",
    identity="Đây là trợ lý tra cứu tài liệu: anh/chị hỏi, trợ lý tìm câu trả lời trong kho tài liệu và dẫn nguồn.",
    acknowledged="Vâng ạ. Anh/chị cần tra cứu gì thêm xin cứ hỏi.",
    sorry=(
        "Xin lỗi vì chưa giúp được anh/chị. Anh/chị thử hỏi bằng cách khác, nêu rõ tên việc, tên văn bản hoặc năm cần "
        "tra cứu."
    ),
    nothing_yet="Anh/chị chưa hỏi câu nào. Anh/chị cần tra cứu điều gì, xin cứ gõ câu hỏi.",
    sign_in="Đăng nhập",
    sign_in_lead="Trang này chỉ phục vụ người đã được cấp quyền.",
    sign_in_bot="Nhắn /web cho trợ lý trên Telegram để nhận mã dùng một lần, rồi nhập mã vào đây.",
    sign_in_bot_unnamed="Nhập mã dùng một lần mà trợ lý trên Telegram đã gửi cho anh/chị.",
    sign_in_invite="Chưa được cấp quyền? Xin quản trị viên gửi cho anh/chị đường dẫn mời.",
    code="Mã đăng nhập",
    code_wrong="Mã này không đúng, đã được dùng hoặc đã hết hạn. Anh/chị vui lòng lấy mã mới.",
    code_title="Mã đăng nhập cho thiết bị khác",
    code_sentence="{code} – dùng được một lần, trong 10 phút. Xin không gửi mã này cho người khác.",
    another_browser="Đăng nhập trên thiết bị khác",
    sign_out="Đăng xuất",
    invitation="Lời mời",
    invitation_sentence="Anh/chị được mời sử dụng hệ thống tra cứu này. Lời mời dùng được một lần.",
    invitation_accept="Nhận lời mời",
    invitation_wrong="Lời mời này không đúng, đã được dùng hoặc đã hết hạn. Xin quản trị viên gửi lời mời mới.",
    board_overview="Tổng quan",
    board_documents="Tài liệu",
    board_index="Chỉ mục",
    board_questions="Câu hỏi chưa đạt",
    board_people="Người dùng",
    board_ledger="Nhật ký",
    days_sum="Trong {days} ngày qua",
    figure_questions="Câu hỏi",
    figure_people="Người hỏi",
    figure_answered="Trả lời được",
    figure_related="Chỉ có đoạn liên quan",
    figure_not_found="Không thấy",
    figure_helpful="Đánh giá hữu ích",
    figure_unhelpful="Đánh giá chưa đúng",
    figure_median="Thời gian trả lời, trung vị",
    figure_p95="Thời gian trả lời, 95% dưới",
    figure_documents="Tài liệu đang phục vụ",
    chart="Số câu hỏi mỗi ngày; phần đậm là trả lời được",
    day="Ngày",
    add_documents="Thêm tài liệu",
    add_files="Tệp (PDF, Word, HTML, ZIP…)",
    add_addresses="Địa chỉ trang, mỗi dòng một địa chỉ",
    add="Thêm",
    outcomes="Kết quả",
    then_reindex="Tài liệu mới được dùng để trả lời sau khi lập lại chỉ mục.",
    to_index="Đến trang chỉ mục",
    doubtful="Nên xem lại",
    unreadable="Không đọc được",
    correct="Sửa thông tin",
    corrected_by="Để trống để trở về thông tin trong tệp.",
    save="Lưu",
    remove="Gỡ khỏi kho",
    remove_note="Tài liệu bị gỡ vẫn được lưu và có thể khôi phục (danvan corpus restore).",
    file="Tệp",
    title="Tiêu đề",
    address="Địa chỉ",
    reindex="Lập lại chỉ mục",
    reindexing="Đang lập lại chỉ mục",
    reindexing_note="Hệ thống vẫn trả lời bình thường trong lúc này.",
    reindexed="Đã lập lại chỉ mục: {documents} tài liệu, {passages} đoạn, {seconds} giây.",
    reindex_unchanged="Tài liệu không thay đổi, chỉ mục giữ nguyên.",
    reindex_failed="Không lập lại được chỉ mục:",
    rollback="Quay về bản trước",
    published_now="đang dùng",
    created="Lập lúc",
    passages="Đoạn",
    gold_figures="Kết quả trên bộ câu kiểm thử",
    no_gold_figures="Chưa có kết quả nào. Chạy danvan evaluate với một bộ câu kiểm thử để có biểu đồ ở đây.",
    gold_plot="Kết quả trên bộ {gold} qua các lần đánh giá",
    gold_recall="Đúng đoạn ở vị trí đầu",
    gold_quotes="Trích đúng câu",
    gold_answers="Khớp lời đáp (F1)",
    no_questions="Trong {days} ngày qua không có câu hỏi nào chưa đạt.",
    times="Số lần",
    outcome="Kết quả",
    draft="Soạn câu kiểm thử",
    drafts_all="Tải tất cả bản soạn",
    also_asked="Cách hỏi khác:",
    invite="Mời một người",
    invite_admin="Mời quản trị viên",
    invited="Gửi đường dẫn này cho đúng người; dùng được một lần, trong 7 ngày:",
    person="Người",
    groups="Nhóm tài liệu",
    role="Quyền",
    since="Từ",
    role_admin="quản trị viên",
    role_member="người dùng",
    role_revoked="đã thu hồi",
    role_stranger="chưa có quyền",
    revoke="Thu hồi quyền",
    open_invites="Lời mời chưa dùng",
    until="đến",
    withdraw="Hủy",
    ledger_lead="Ai đã được trả lời điều gì, theo bản chỉ mục nào. Mỗi dòng được niêm phong nối với dòng trước.",
    ledger_whole="Nhật ký nguyên vẹn.",
    ledger_gaps="Nhật ký có {count} chỗ bị thay đổi hoặc thiếu:",
    gap_changed="nội dung đã bị sửa",
    gap_removed="câu trả lời đã bị xóa ngoài chương trình",
    gap_missing="thiếu dòng phía trước",
    export="Tải nhật ký (JSON)",
    line="Dòng",
    time="Thời gian",
    question_asked="Câu hỏi",
    forgotten_line="đã xóa theo yêu cầu hoặc hết hạn lưu",
    changes="Việc quản trị gần đây",
    who="Người làm",
    what="Việc",
    command_line="dòng lệnh",
    status_answered="trả lời được",
    status_related="chỉ liên quan",
    status_not_found="không thấy",
    status_invalid="không hợp lệ",
    cannot="Không thực hiện được",
    not_found="Không tìm thấy",
    not_found_sentence="Trang hoặc tài liệu này không có trong kho, hoặc anh/chị không có quyền xem.",
    to_documents="Xem các tài liệu trong kho",
    not_ready="Hệ thống đang khởi động",
    not_ready_sentence="Kho tài liệu đang được chuẩn bị. Anh/chị vui lòng thử lại sau ít phút.",
    failed="Có trục trặc",
    failed_sentence="Hệ thống gặp trục trặc khi xử lý yêu cầu này. Anh/chị vui lòng thử lại sau ít phút.",
    refused="Yêu cầu bị từ chối",
    refused_sentence="Yêu cầu không được gửi từ trang này. Anh/chị vui lòng tải lại trang rồi làm lại.",
    too_many="Quá nhiều yêu cầu",
    too_many_sentence="Anh/chị đã gửi quá nhiều yêu cầu trong thời gian ngắn. Vui lòng đợi một lát rồi thử lại.",
    too_large="Nội dung quá lớn",
    too_large_sentence="Nội dung gửi lên vượt quá giới hạn cho phép.",
)

ENGLISH = Texts(
    name="Document enquiries",
    skip="Skip to content",
    navigation="Navigation",
    ask="Ask",
    documents="Documents",
    board="Administration",
    other_language="Tiếng Việt",
    footer="Every answer quotes the documents word for word.",
    pages="Pages",
    published="Published",
    publisher="Publisher",
    author="Author",
    original="Original",
    provenance="Provenance",
    came_in="Came in",
    came_by_hand="laid into the folder of documents by hand",
    generation="Index",
    document_id="Document",
    undated="undated",
    page="page {number}",
    filter="Filter",
    filter_words="With the words",
    filter_any="All",
    filter_from="From",
    filter_to="To",
    documents_found="{found} of {all} documents, newest first",
    newer="« Newer",
    older="Older »",
    paper="Page of the original as it is printed",
    paper_page="Page {number} of the original, what is quoted framed",
    to_paper="See the printed page",
    passage_number="Passage {number}, permanent address",
    passage_address="Permanent address of this passage",
    citation="Cited passage",
    citation_of="Citation {number} of {all}",
    previous_citation="« Previous citation",
    next_citation="Next citation »",
    to_quote="To the quote",
    copy_citation="Copy citation",
    copied="Copied",
    citation_text="Citation",
    passage_changed=(
        "This passage has changed since it was cited. Below is the version that was cited, not the present one."
    ),
    passage_gone=(
        "The cited passage is no longer in the document, and the earlier version is no longer kept. "
        "Below is the present version of the document."
    ),
    document_removed="This document was removed after it had been cited. Below is the version that was cited.",
    see_present="See the present version",
    lead="Ask as you would ask a colleague, in Vietnamese with or without marks. Answers quote the documents.",
    question="Your question",
    send="Ask",
    hint="Enter sends, Shift + Enter starts a new line.",
    examples="Examples",
    waiting="Looking in the documents",
    starting="The system is starting up; your question will be answered as soon as it is ready.",
    not_sent="Your question could not be sent. Please check the connection and send it again.",
    you_asked="You asked:",
    yes="Yes.",
    no="No.",
    related="No answer was seen; the nearest passage:",
    related_passages="The documents write about this in these passages:",
    related_documents="Documents on this subject:",
    answer_not_found="The documents do not say.",
    nearest="The nearest passages:",
    no_longer="The source of this answer can no longer be seen.",
    goes_on="The list may go on; see the document.",
    source="Source:",
    see_source="See the source",
    in_passage="Show the passage",
    other_sources="Other sources ({count})",
    helpful="Helpful",
    unhelpful="Not right",
    thanks_for_rating="Thank you for telling us.",
    afresh="Start afresh",
    forget="Delete what I asked",
    forget_sure="Delete all your questions, their answers and ratings, in Telegram too? This cannot be undone.",
    forget_yes="Delete",
    forgotten="Deleted",
    forgotten_sentence="{count} of your questions were deleted, with their answers and ratings.",
    greeting="Hello! What would you like to look up in the documents?",
    thanks="You are welcome. Please ask whenever you need anything else.",
    farewell="Goodbye!",
    identity="This assistant finds answers in the documents and shows where they stand.",
    acknowledged="Please ask whenever you need anything else.",
    sorry="I am sorry that this did not help. Try naming the matter, the document or the year you are looking for.",
    nothing_yet="You have not asked anything yet. What would you like to look up?",
    sign_in="Sign in",
    sign_in_lead="These pages are for people who have been let in.",
    sign_in_bot="Send /web to the assistant in Telegram, which replies with a code that works once, and enter it here.",
    sign_in_bot_unnamed="Enter the code that the assistant in Telegram sent you. It works once.",
    sign_in_invite="Not let in yet? Ask an administrator for an invitation link.",
    code="Code",
    code_wrong="This code is wrong, was used or is too old. Please get a new one.",
    code_title="A code for another device",
    code_sentence="{code} – works once, within 10 minutes. Please give it to nobody.",
    another_browser="Sign in on another device",
    sign_out="Sign out",
    invitation="Invitation",
    invitation_sentence="You are invited to use this service. The invitation works once.",
    invitation_accept="Accept",
    invitation_wrong="This invitation is wrong, was used or is too old. Please ask for a new one.",
    board_overview="Overview",
    board_documents="Documents",
    board_index="Index",
    board_questions="Questions",
    board_people="People",
    board_ledger="Ledger",
    days_sum="In the last {days} days",
    figure_questions="Questions",
    figure_people="People",
    figure_answered="Answered",
    figure_related="Related passages only",
    figure_not_found="Not found",
    figure_helpful="Marked helpful",
    figure_unhelpful="Marked not right",
    figure_median="Time to answer, median",
    figure_p95="Time to answer, 95% below",
    figure_documents="Documents served",
    chart="Questions a day; the dark part was answered",
    day="Day",
    add_documents="Add documents",
    add_files="Files (PDF, Word, HTML, ZIP…)",
    add_addresses="Addresses of pages, one a line",
    add="Add",
    outcomes="What became of them",
    then_reindex="New documents answer once the index is built anew.",
    to_index="To the index",
    doubtful="Doubtful",
    unreadable="Cannot be read",
    correct="Correct",
    corrected_by="Leave empty to take a correction back.",
    save="Save",
    remove="Remove",
    remove_note="A removed document is kept and can be brought back (danvan corpus restore).",
    file="File",
    title="Title",
    address="Address",
    reindex="Build the index anew",
    reindexing="Building the index",
    reindexing_note="Questions are answered as usual meanwhile.",
    reindexed="Built: {documents} documents, {passages} passages, {seconds} s.",
    reindex_unchanged="The documents have not changed; the index stays.",
    reindex_failed="The index could not be built:",
    rollback="Go back to the one before",
    published_now="in use",
    created="Built",
    passages="Passages",
    gold_figures="Figures on gold sets",
    no_gold_figures="None yet. Run danvan evaluate with a gold set to see a plot here.",
    gold_plot="Figures on {gold}, one evaluation after the other",
    gold_recall="Right passage first",
    gold_quotes="Right sentence quoted",
    gold_answers="Answer words (F1)",
    no_questions="No question of the last {days} days was refused or disliked.",
    times="Times",
    outcome="Outcome",
    draft="Draft a gold item",
    drafts_all="Download all drafts",
    also_asked="Also asked:",
    invite="Invite somebody",
    invite_admin="Invite an admin",
    invited="Send this address to the right person; it works once, within 7 days:",
    person="Person",
    groups="Groups of documents",
    role="Role",
    since="Since",
    role_admin="admin",
    role_member="member",
    role_revoked="shut out",
    role_stranger="not let in",
    revoke="Shut out",
    open_invites="Open invitations",
    until="until",
    withdraw="Withdraw",
    ledger_lead="Who was answered what, from which index. Each line is sealed over the one before.",
    ledger_whole="The ledger is whole.",
    ledger_gaps="The ledger was changed or is missing lines in {count} places:",
    gap_changed="was changed",
    gap_removed="its answer was removed past the program",
    gap_missing="lines are missing before it",
    export="Export (JSON lines)",
    line="Line",
    time="Time",
    question_asked="Question",
    forgotten_line="forgotten on request, or by age",
    changes="Recent changes",
    who="By",
    what="What",
    command_line="command line",
    status_answered="answered",
    status_related="related",
    status_not_found="not found",
    status_invalid="invalid",
    cannot="This could not be done",
    not_found="Not found",
    not_found_sentence="There is no such page or document, or you may not see it.",
    to_documents="See the documents",
    not_ready="Starting up",
    not_ready_sentence="The documents are being prepared. Please try again in a few minutes.",
    failed="Something went wrong",
    failed_sentence="This request could not be answered. Please try again in a few minutes.",
    refused="Refused",
    refused_sentence="The request was not sent from this page. Please reload the page and try again.",
    too_many="Too many requests",
    too_many_sentence="You have sent too many requests in a short time. Please wait a moment and try again.",
    too_large="Too large",
    too_large_sentence="What was sent is larger than allowed.",
)


def texts_for(language: str) -> Texts:
    """The texts of a language, Vietnamese unless it is `en`."""
    return ENGLISH if language == "en" else VIETNAMESE
