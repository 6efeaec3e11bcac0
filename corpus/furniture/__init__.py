"""Page furniture: telling the article from the menus, counters and links a crawled page prints around it."""

from corpus.furniture.page import Dropped, Page, read_page
from corpus.furniture.vocabulary import Role

__all__ = ["Dropped", "Page", "Role", "read_page"]
