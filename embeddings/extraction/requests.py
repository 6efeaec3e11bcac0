"""Words that ask somebody to do something, which is not told as done then."""

REQUESTS = (
    r"đề nghị|yêu cầu|kiến nghị|kêu gọi|đề xuất|hãy"
    r"|(?<!bàn )giao(?! (?:ban|lưu|thông|tiếp|dịch)\b)"
)
"""A pattern for lower-case text, between other alternatives; "giao" assigns, but for "bàn giao" and "giao ban"."""
