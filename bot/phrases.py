"""What is said around the documents' own words, in the language of the question; nothing of it is a quotation."""

from dataclasses import dataclass

from bot.answers import Language

_INNER = str.maketrans('“”"', "‘’'")


@dataclass(frozen=True, slots=True)
class Phrases:
    """All sentences of one language; those with braces are filled in.

    Attributes:
        answered, related, not_found, invalid: headings for a status.
        yes, no: verdicts.
        confidence: how sure, for the terminal.
        source, passage, others, nearest, nearest_documents: in front of what is shown.
        other_here, other_elsewhere: over a further passage, of the same document or of another one.
        same_document: beside a passage whose document was named before.
        more: behind the first items of a long list.
        goes_on: under a list that may have more items.
        excerpts: over an overview.
        documents: over documents on a subject.
        newest: over the newest of them.
        several_holders: beside persons who are named under one office at several times.
        only_near: of a question for an office that nobody is named under.
        dated: behind a name, when it was so.
        told_of: of a question that does not say what meeting it means, which one the answer is of.
        part_missing: of a question that asks several things, one that nothing answers.
        of_before: of a place that was merged, where the documents found may be of before and of another place.
        not_defined: of a word that the documents use but do not define.
        other_value: beside the verdict that it is not so.
        missing: what no document mentions.
        follows: how a question was read after the one before it.
        read_as: how a word of the question was read.
        two_documents: two documents answer about equally well.
        uncertain: words of a scan that were not recognised with certainty.
        part_away: a part of the documents could not be searched.
    """

    answered: str
    related: str
    not_found: str
    invalid: str
    yes: str
    no: str
    confidence: str
    source: str
    passage: str
    other_here: str
    other_elsewhere: str
    others: str
    nearest: str
    nearest_documents: str
    same_document: str
    more: str
    goes_on: str
    excerpts: str
    documents: str
    newest: str
    several_holders: str
    only_near: str
    dated: str
    told_of: str
    part_missing: str
    of_before: str
    not_defined: str
    other_value: str
    missing: str
    follows: str
    read_as: str
    two_documents: str
    uncertain: str
    part_away: str


VIETNAMESE = Phrases(
    answered="Trả lời",
    related="Chưa tìm thấy câu trả lời trực tiếp. Đoạn liên quan nhất:",
    not_found="Không tìm thấy câu trả lời trong kho tài liệu.",
    invalid="Câu hỏi không hợp lệ.",
    yes="Đúng",
    no="Không",
    confidence="độ tin cậy {share}",
    source="Nguồn:",
    passage="Đoạn văn:",
    other_here="Đoạn khác trong cùng tài liệu ({number}/{count}):",
    other_elsewhere="Đoạn trong tài liệu khác ({number}/{count}):",
    others="Đoạn khác có liên quan:",
    nearest="Đoạn gần nhất, không phải câu trả lời:",
    nearest_documents="Tài liệu liên quan nhất:",
    same_document="cùng tài liệu với [{rank}]",
    more="và {count} mục nữa",
    goes_on="Danh sách trong tài liệu có thể còn tiếp.",
    excerpts="Trích những câu mở đầu của tài liệu.",
    documents="Các tài liệu sau có nói về nội dung này.",
    newest="Các tài liệu sau có nói về nội dung này, mới nhất trước.",
    several_holders="Các tài liệu nêu nhiều người ở những thời điểm khác nhau, mới nhất trước.",
    only_near="Tài liệu chỉ nhắc {office}: {name}{date}.",
    dated=" (tài liệu ngày {date})",
    told_of="Trả lời theo tài liệu “{title}”{date}.",
    part_missing="Chưa thấy tài liệu nêu: “{part}”.",
    of_before="Tài liệu tìm được có thể từ trước ngày sáp nhập, khi đó là nơi khác, nên không coi là câu trả lời.",
    not_defined="Các tài liệu có nhắc đến nhưng không nêu khái niệm “{subject}”.",
    other_value="Tài liệu nêu khác: “{value}”.",
    missing="Không tài liệu nào nhắc đến “{name}”.",
    follows="Hiểu là hỏi tiếp câu: “{question}”.",
    read_as="“{short}” được hiểu là “{long}”.",
    uncertain=(
        "Văn bản được nhận dạng từ bản chụp; chữ chưa chắc trong câu trích: {words}. Xin đối chiếu với bản gốc."
    ),
    part_away=(
        "Một phần kho tài liệu tạm thời chưa tra cứu được nên câu trả lời có thể chưa đầy đủ; xin hỏi lại sau ít phút."
    ),
    two_documents="Có hai tài liệu cùng nói về việc này: {first} và {second}.",
)

ENGLISH = Phrases(
    answered="Answer",
    related="No direct answer was found. The nearest passage:",
    not_found="The documents do not answer this.",
    invalid="This question cannot be asked.",
    yes="Yes",
    no="No",
    confidence="confidence {share}",
    source="Source:",
    passage="Passage:",
    other_here="Another passage of the same document ({number}/{count}):",
    other_elsewhere="A passage of another document ({number}/{count}):",
    others="Other passages on this:",
    nearest="The nearest passages, which do not answer:",
    nearest_documents="The nearest documents:",
    same_document="same document as [{rank}]",
    more="and {count} more",
    goes_on="The list in the document may go on.",
    excerpts="Excerpts: the document's own opening sentences.",
    documents="These documents speak of it.",
    newest="These documents speak of it, newest first.",
    several_holders="The documents name several persons at different times, newest first.",
    only_near="The documents only mention {office}: {name}{date}.",
    dated=" (document of {date})",
    told_of="Answered from “{title}”{date}.",
    part_missing="Not found in the documents: “{part}”.",
    of_before="The documents found may be from before the merger and of another place then, so this is no answer.",
    not_defined="The documents mention “{subject}” but do not define it.",
    other_value="The document says otherwise: “{value}”.",
    missing="No document mentions “{name}”.",
    follows="The question was read after the one before it: “{question}”.",
    read_as="“{short}” was read as “{long}”.",
    uncertain=(
        "The text was recognised on a scan; uncertain words in the quote: {words}. Please compare the original."
    ),
    part_away=(
        "A part of the documents cannot be searched at the moment, so this may be incomplete; "
        "ask again in a few minutes."
    ),
    two_documents="Two documents speak of this: {first} and {second}.",
)


def within_quotes(text: str) -> str:
    """As a text stands between quotation marks: those inside become single ones, each sign one sign."""
    return text.translate(_INNER)


def phrases(language: Language) -> Phrases:
    """The sentences of a language."""
    return ENGLISH if language is Language.ENGLISH else VIETNAMESE


NOTHING_ASKED = "Anh/chị chưa hỏi câu nào. Anh/chị cần tra cứu điều gì, xin cứ gõ câu hỏi."
"""Where something is said about an answer, and none was given."""
NOTHING_TO_SHOW = "Câu hỏi vừa rồi chưa tìm được đoạn nào nên không có gì để xem thêm."
"""Where more is wanted of an answer that cites nothing."""
NO_OTHER = "Không còn đoạn nào khác cho câu hỏi này. Anh/chị thử hỏi lại bằng cách khác."
"""Where another passage is wanted than the last one there is."""
OPENING = "Trợ lý không tự viết tóm tắt mà chỉ trích nguyên văn; sau đây là phần đầu của tài liệu."
"""Over the beginning of a document of which a summary is wanted."""
