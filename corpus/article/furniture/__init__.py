"""Page furniture: telling the article from the menus, counters and links a crawled page prints around it."""

from corpus.article.furniture.body import Span, article_end, article_span, keep_plain, mark_furniture
from corpus.article.furniture.lines import Line, read_lines
from corpus.article.furniture.vocabulary import Role

__all__ = ["Line", "Role", "Span", "article_end", "article_span", "keep_plain", "mark_furniture", "read_lines"]
