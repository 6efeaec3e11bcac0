"""What people say to an assistant that is no question for the documents, told from questions whatever the channel."""

import re
from enum import StrEnum

from corpus.vietnamese import fold


class SmallTalk(StrEnum):
    """What is answered as a person would, without looking anything up."""

    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"
    IDENTITY = "identity"
    ACKNOWLEDGEMENT = "acknowledgement"
    HELP = "help"
    ANGER = "anger"
    NOTHING_YET = "nothing_yet"
    """Something is said about the last answer, and there is none."""


class Remark(StrEnum):
    """Something said about the answer given last."""

    MORE = "more"
    SUMMARY = "summary"
    OTHER = "other"
    WRONG = "wrong"
    GOOD = "good"


def small_talk(text: str) -> SmallTalk | None:
    """Recognise a message that is nothing but a greeting, thanks, a goodbye, a nod, anger, or "who are you"."""
    said = _said(text)
    return next((_PHRASES[one] for one in said if one in _PHRASES), None) or _several(said[0])


def remark(text: str) -> Remark | None:
    """Recognise a message that is nothing but a remark on the answer given last."""
    bare = "".join(text.translate(_SHADES).split())
    if bare and all(character in _GOOD for character in bare):
        return Remark.GOOD
    if bare and all(character in _BAD for character in bare):
        return Remark.WRONG
    return next((_REMARKS[one] for one in _said(text) if one in _REMARKS), None)


def _said(text: str) -> tuple[str, str, str]:
    """The words of a message, without those of politeness, and without those of asking for a favour too."""
    words = " ".join(_SHORT.get(word, word) for word in re.findall(r"[^\W_]+", fold(text))).split()
    core = [word for word in words if not _FILLER.fullmatch(word)]
    bare = [word for word in core if word not in _FAVOURS]
    return " ".join(words), " ".join(core), " ".join(bare)


def _several(words: str) -> SmallTalk | None:
    """The most telling of what a message says that is such phrases and nothing else ("ok, cảm ơn em nhé")."""
    rest, told = words.split(), set()
    while rest:
        beginnings = [" ".join(rest[:size]) for size in range(min(_LONGEST, len(rest)), 0, -1)]
        phrase = next((one for one in beginnings if one in _TOGETHER or one in _PRAISE), rest[0])
        if phrase in _TOGETHER:
            told.add(_TOGETHER[phrase])
        elif phrase not in _PRAISE and not _FILLER.fullmatch(phrase):
            return None
        rest = rest[len(phrase.split()) :]
    return next((kind for kind in _MOST_TELLING if kind in told), None)


_SHORT = {
    "e": "em", "c": "chi", "r": "roi", "rui": "roi", "j": "gi", "k": "khong", "ko": "khong", "hok": "khong",
    "kg": "khong", "dc": "duoc", "okie": "ok", "okla": "ok", "okela": "ok", "oke": "ok", "tks": "cam on",
    "thks": "cam on", "thanks": "cam on", "thank": "cam on", "ths": "cam on", "tl": "tra loi", "wa": "qua",
    "lun": "luon", "z": "vay", "zay": "vay", "mik": "minh", "camon": "cam on", "tt": "tom tat", "ns": "noi",
    "nhiu": "nhieu", "bit": "biet",
}  # fmt: skip
"""Folded words as they are typed for speed -> as the phrases below have them."""

_FILLER = re.compile(
    r"""a|ah|vang|da|ban|bot|anh|chi|em|ong|ba|bac|co|chu|dong|tro|ly|nhe|nha|nhieu|rat|lam|qua|moi|nguoi|ca|toi|minh|xin
    |thua|kinh|roi|the|(?:ha|he|hi|ho|hu){2,}|k{2,}|oi|ui|cho|voi|mot|chut|ti|ne|nghe|ak|nhen|hen|luon""",
    re.VERBOSE,
)
_FAVOURS = frozenset(("gium", "giup", "di", "hay", "them"))
_SHADES = {0xFE0F: None, 0x200D: None, **dict.fromkeys(range(127995, 128000))}
_GOOD = frozenset("👍👌❤♥🙏👏💯✅🥰😍🤝")
_BAD = frozenset("👎😡😠🤬💩❌")

_PHRASES = {
    phrase: kind
    for kind, phrases in {
        SmallTalk.GREETING: "chao|xin chao|hello|hi|hey|alo|chao buoi sang|chao buoi trua|chao buoi chieu|"
        "chao buoi toi|good morning|kinh chao|chao ban|chao bot|hello em|chao em|"
        "em oi|bot oi|ban oi|tro ly oi|alo em oi|alo alo|"
        "co ai khong|co ai o do khong|em co do khong|co do khong|con do khong",
        SmallTalk.THANKS: "cam on|xin cam on|cam on ban|cam on rat nhieu|cam on nhieu|thanks|thank you|thank|tks|"
        "cam ta|tran trong cam on|chan thanh cam on",
        SmallTalk.FAREWELL: "tam biet|bye|bye bye|goodbye|hen gap lai|chao tam biet|tam biet ban",
        SmallTalk.IDENTITY: "ban la ai|bot la ai|em la ai|ban ten gi|ban ten la gi|ten ban la gi|em ten gi|ban la gi|"
        "who are you|day la ai|ai day|day la gi|nguoi hay may|em la nguoi hay may|"
        "ban la nguoi hay may|may hay nguoi",
        SmallTalk.HELP: "ban lam duoc gi|ban co the lam gi|ban giup duoc gi|em giup duoc gi|em lam duoc gi|"
        "giup duoc gi|lam duoc gi|em co the giup gi|ban co the giup gi|bot lam duoc gi|bot giup duoc gi|"
        "anh chi giup duoc gi|huong dan|huong dan su dung|cach dung|dung the nao|dung nhu the nao|su dung the nao|"
        "hoi the nao|hoi nhu the nao|hoi gi duoc|hoi duoc gi|hoi duoc nhung gi|help|tro giup|can giup|"
        "giup toi voi|giup minh voi|giup em voi|"
        "lam gi duoc|em lam gi duoc|biet lam gi|chuc nang|menu|co the hoi gi|hd su dung",
        SmallTalk.ANGER: "ngu|ngu the|ngu qua|ngu vay|bot ngu|do ngu|ngu nguc|dot|dot the|dot qua|do dot|vo dung|"
        "do vo dung|te|te qua|te that|qua te|chan|chan qua|chan the|chan that|buc minh|buc qua|buc minh qua|"
        "hoi cung nhu khong|nhu hach|vo van|linh tinh|stupid|dien|dien a|do dien|im di|cut|cut di|bien di|tao lao|"
        "ngu nhu bo|bot gi ma ngu|bot gi ma ngu the|chang biet gi|chang duoc tich su gi|"
        "khong biet gi|khong lam duoc gi|khong dung duoc|cham qua|cham the|sao cham the|lau qua|lau the|sao lau the",
        SmallTalk.ACKNOWLEDGEMENT: "ok|oke|okay|oki|vang|da|u|uh|duoc|duoc roi|hieu roi|toi hieu roi|ro roi|da ro|"
        "da hieu|vang a|da vang|um|uhm|ukm|biet roi|toi biet roi|em biet roi|nho roi",
    }.items()
    for phrase in phrases.split("|")
}

_ASKABLE = frozenset((Remark.MORE, Remark.SUMMARY, Remark.OTHER))
"""Remarks that may also be put as a question."""

_REMARKS = {
    said: kind
    for kind, phrases in {
        Remark.MORE: "noi ro hon|noi ro|giai thich|giai thich ro hon|giai thich them|chi tiet hon|noi chi tiet|"
        "noi chi tiet hon|cu the hon|noi cu the|noi cu the hon|ro hon|noi them|noi day du hon|day du hon|xem ca doan|"
        "trich day du|trich ca doan|doc ca doan|chua ro|chua hieu|khong hieu|toi chua hieu|em chua hieu|toi khong hieu",
        Remark.SUMMARY: "tom tat|tom tat bai nay|tom tat bai do|tom tat van ban nay|tom tat tai lieu nay|"
        "tom tat bai viet nay|tom tat noi dung|tom tat noi dung bai nay|bai nay noi gi|bai nay noi ve gi|"
        "noi dung chinh cua bai nay|noi dung chinh la gi|noi dung bai nay|van ban nay noi gi|van ban nay noi ve gi|"
        "tai lieu nay noi gi|tai lieu nay noi ve gi|noi dung bai nay la gi|doc bai nay|doc ca bai|xem ca bai|"
        "xem toan van|toan van|cho xem toan van",
        Remark.OTHER: "doan khac|xem doan khac|nguon khac|xem nguon khac|cau tra loi khac|tra loi khac|"
        "con doan nao khac|con doan nao nua|con nguon nao khac|con nguon nao nua|con cho nao khac|"
        "tai lieu khac|con tai lieu nao khac|con tai lieu nao nua|tim lai|tim lai xem|tim ky lai",
        Remark.WRONG: "tra loi sai|sai|sai bet|sai be bet|khong dung|chua dung|nham|nham nhot|tra loi nham|"
        "tra loi khong dung|tra loi chua dung|khong phai|khong phai the|khong phai vay|khong phai cai nay|"
        "cau tra loi sai|cau tra loi khong dung|khong dung y toi|khong phai y toi|hoi mot dang tra loi mot neo|"
        "tra loi lac de|lac de|khong lien quan|chua dung y|sai y|tra loi sai y|cau nay sai|sai cau nay|dap an sai|"
        "cau tra loi nay sai|noi sai|tra loi linh tinh|tra loi vo van|toi khong hoi cai do|toi khong hoi cai nay|"
        "toi hoi cai khac|sai tim lai|sai roi tim lai|xem lai|xem lai cau tra loi|kiem tra lai",
        Remark.GOOD: "dung|chinh xac|chuan|chuan luon|qua chuan|hay qua|tot qua|tuyet voi|tuyet|hay lam|tot lam|"
        "tot|gioi|xuat sac|hoan hao|chuan day|gioi qua|gioi lam|"
        "huu ich|rat huu ich|tra loi dung|tra loi tot|tra loi hay",
    }.items()
    for phrase in phrases.split("|")
    for said in ((phrase, f"{phrase} duoc khong", f"{phrase} khong") if kind in _ASKABLE else (phrase,))
}

_MOST_TELLING = (
    SmallTalk.HELP,
    SmallTalk.IDENTITY,
    SmallTalk.THANKS,
    SmallTalk.FAREWELL,
    SmallTalk.GREETING,
    SmallTalk.ACKNOWLEDGEMENT,
)
"""Of several things said in one message the first is answered."""
_TOGETHER = {phrase: kind for phrase, kind in _PHRASES.items() if kind in _MOST_TELLING}
_PRAISE = frozenset(said for said, kind in _REMARKS.items() if kind is Remark.GOOD)
_LONGEST = max(len(phrase.split()) for phrase in (*_TOGETHER, *_PRAISE))
