"""Which texts a language has."""

from bot.web.texts.english import ENGLISH
from bot.web.texts.fields import Texts
from bot.web.texts.vietnamese import VIETNAMESE


def texts_for(language: str) -> Texts:
    """The texts of a language, Vietnamese unless it is `en`."""
    return ENGLISH if language == "en" else VIETNAMESE
