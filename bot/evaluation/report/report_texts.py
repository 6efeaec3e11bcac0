"""The report's words and numbers in Vietnamese."""

import datetime as dt

from bot.answers import Status, Verdict
from bot.evaluation.metrics import Figure
from bot.gold.gold_items import AnswerType, Kind, Split

KINDS = {
    Kind.DIRECT: "Hỏi trực tiếp",
    Kind.PARAPHRASE: "Hỏi bằng lời khác",
    Kind.UNMARKED: "Gõ không dấu",
    Kind.ABBREVIATION: "Viết tắt",
    Kind.SLIP: "Gõ nhầm",
    Kind.FOLLOWUP: "Hỏi nối tiếp",
    Kind.COMPARISON: "So sánh",
    Kind.UNANSWERABLE: "Tài liệu không nêu",
    Kind.OFFTOPIC: "Ngoài chủ đề",
}
TYPES = {
    AnswerType.SPAN: "Một cụm từ",
    AnswerType.NUMBER: "Số và ngày tháng",
    AnswerType.COUNT: "Đếm",
    AnswerType.OFFICE: "Chức vụ",
    AnswerType.LIST: "Liệt kê",
    AnswerType.YES_NO: "Đúng hay không",
    AnswerType.SENTENCE: "Khái niệm, lý do, cách làm",
    AnswerType.COMPARISON: "So sánh",
    AnswerType.COMPOUND: "Nhiều ý trong một câu",
    AnswerType.OVERVIEW: "Khái quát, tóm tắt",
    AnswerType.DOCUMENTS: "Tìm tài liệu",
}
SPLITS = {Split.DEV: "Phần hiệu chỉnh (dev)", Split.TEST: "Phần kiểm tra (test)"}
VERDICTS = {Verdict.YES: "Đúng", Verdict.NO: "Không"}
STATUSES = {
    Status.ANSWERED: "trả lời",
    Status.RELATED: "chỉ nêu đoạn liên quan",
    Status.NOT_FOUND: "báo không tìm thấy",
    Status.INVALID: "báo câu hỏi không hợp lệ",
}
FIGURES = {
    ("metrics", "recall@1"): "Đúng ngay đoạn đầu",
    ("metrics", "recall@3"): "Đúng trong 3 đoạn đầu",
    ("metrics", "recall@5"): "Đúng trong 5 đoạn đầu",
    ("metrics", "mrr@10"): "Thứ hạng nghịch đảo (MRR@10)",
    ("metrics", "ndcg@10"): "Chất lượng xếp hạng (nDCG@10)",
    ("metrics", "quote_accuracy"): "Câu trích dẫn đúng",
    ("metrics", "answer_f1"): "Lời đáp ngắn trùng khớp (F1)",
    ("metrics", "exact_match"): "Lời đáp ngắn đúng từng chữ",
    ("refusal", "auroc"): "Phân biệt câu có và không có lời đáp (AUROC)",
    ("refusal", "auroc_all"): "AUROC trên mọi câu có lời đáp",
    ("refusal", "coverage"): "Trả lời và trả lời đúng",
    ("refusal", "false_answers"): "Trả lời sai",
    ("refusal", "false_refusals"): "Bỏ sót, không trả lời",
    ("refusal", "answered_unanswerable"): "Trả lời điều tài liệu không nêu",
    ("refusal", "ece"): "Sai lệch của độ tin cậy (ECE)",
    ("forms", "handled"): "Xử lý đúng",
    ("forms", "misleading"): "Gây hiểu sai, trong các câu đã trả lời",
    ("forms", "list_precision"): "Liệt kê: mục nêu ra là đúng",
    ("forms", "list_recall"): "Liệt kê: mục cần nêu được nêu",
    ("forms", "list_f1"): "Liệt kê (F1)",
    ("forms", "lists_complete"): "Liệt kê trọn vẹn",
    ("forms", "verdicts_right"): "Kết luận đúng hay không là đúng",
    ("forms", "verdicts_wrong"): "Kết luận ngược với tài liệu",
    ("forms", "parts_right"): "Phần của câu hỏi nhiều ý được xử lý đúng",
    ("unmarked_twin", "recall@1"): "Đúng ngay đoạn đầu khi bỏ dấu",
    ("unmarked_twin", "drop"): "Giảm khi bỏ dấu",
    ("unmarked_twin", "mrr@10"): "MRR@10 khi bỏ dấu",
    ("unmarked_twin", "auroc"): "AUROC khi bỏ dấu",
    ("unmarked_twin", "false_answers"): "Trả lời sai khi bỏ dấu",
    ("after_another", "recall@1"): "Đúng ngay đoạn đầu khi hỏi sau một câu khác",
    ("after_another", "drop"): "Giảm khi hỏi sau một câu khác",
    ("after_another", "false_answers"): "Trả lời sai khi hỏi sau một câu khác",
    ("after_another", "taken"): "Câu hỏi đủ ý bị hiểu là hỏi tiếp",
    ("after_another", "wrong_rise"): "Câu trả lời sai tăng thêm khi hỏi sau một câu khác",
    ("latency_ms", "p50"): "Thời gian trả lời, trung vị",
    ("latency_ms", "p95"): "Thời gian trả lời, 95% số câu",
}
CHANGES = {
    "recall@1": "Đúng ngay đoạn đầu",
    "mrr@10": "Thứ hạng nghịch đảo (MRR@10)",
    "quote_accuracy": "Câu trích dẫn đúng",
    "answer_f1": "Lời đáp ngắn trùng khớp (F1)",
    "unmarked_twin recall@1": "Đúng ngay đoạn đầu khi bỏ dấu",
    "right_decision": "Trả lời đúng hoặc từ chối đúng",
    "handled": "Xử lý đúng",
    "item_f1": "Liệt kê (F1)",
}
NOTHING = "–"
VIETNAM = dt.timezone(dt.timedelta(hours=7))


def percent(value: float | None, digits: int = 1) -> str:
    """Return 0.8421 as `84,2%`."""
    return NOTHING if value is None else f"{decimal(100 * value, digits)}%"


def decimal(value: float, digits: int) -> str:
    """Return a number with a decimal comma and points between thousands, with a proper minus sign."""
    text = f"{value:,.{digits}f}".translate(str.maketrans(",.", ".,")).replace("-", "−")
    return text.removeprefix("−") if not any(digit in text for digit in "123456789") else text


def count(value: int) -> str:
    """Return 1190 as `1.190`."""
    return decimal(value, 0)


def interval(figure: Figure) -> str:
    """Return `79,0–88,4%`; empty where there is none."""
    return f"{decimal(100 * figure.interval[0], 1)}–{percent(figure.interval[1])}" if figure.interval else ""


def points(value: float) -> str:
    """Return a difference of shares in points: 0.023 as `+2,3`."""
    return ("+" if round(value, 3) > 0 else "") + decimal(100 * value, 1)


def milliseconds(value: float | None) -> str:
    """Return a time that people can read: milliseconds below a second, else seconds."""
    if value is None:
        return NOTHING
    return f"{decimal(value, 0)} ms" if value < 1000 else f"{decimal(value / 1000, 1)} giây"  # noqa: PLR2004


def moment(value: dt.datetime) -> str:
    """Return a moment as the clock in Việt Nam shows it."""
    return value.astimezone(VIETNAM).strftime("%H:%M ngày %d/%m/%Y")
