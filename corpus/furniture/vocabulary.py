"""The words portals print around an article, as patterns over folded lines (no marks, lower case).

Every pattern must match a whole line, so that a sentence of an article which merely mentions ratings, visits or a hotline is
never taken for one of them.
"""

import re
from enum import Enum

from corpus.vietnamese import fold


class Role(Enum):
    """What part of a page a line is."""

    CONTENT = "content"
    MENU = "menu"  # navigation, breadcrumbs, login, search, language, social links
    TOOL = "tool"  # print, share, font size, players, view counters: anywhere, even between paragraphs
    RELATED = "related"  # announces links to other articles
    LINK = "link"  # one of those links
    FEEDBACK = "feedback"  # ratings and comments
    STATISTICS = "statistics"  # visitors, weather, exchange rates
    FOOTER = "footer"  # copyright, address, session messages
    TAGS = "tags"
    SOURCE = "source"  # where the article comes from
    AUTHOR = "author"  # who signed it
    DATE = "date"
    TITLE = "title"  # the headline and its repetitions
    COUNTER = "counter"  # numbers of images


_NUMBER = r"[\d.,]*"
_MENU_ITEMS = frozenset(
    """
    trang chu|home|trang nhat|gioi thieu|gioi thieu chung|gioi thieu ve tinh|tin tuc|tin tuc su kien|tin tuc - su kien|su kien|tin tuc chung
    |lien he|lien he gop y|lien he quang cao|lien he toa soan|so do site|so do trang|so do cong|so do website|site map|sitemap|dang nhap|dang ky
    |dang xuat|dang nhap he thong|quen mat khau|quen mat khau?|tieng viet|english|vietnamese|viet nam|vi|en|vn|tieng anh|tim kiem|tim kiem nang cao
    |tim|tim kiem...|tim kiem thong tin|nhap tu khoa tim kiem|nhap tu khoa|tim kiem ...|thu vien|thu vien anh|thu vien hinh anh|thu vien video|thu vien media
    |thu vien so|thu vien tai lieu|video|videos|video clip|clip|anh|hinh anh|phong su anh|phong su|media|multimedia|da phuong tien|infographic|infographics
    |emagazine|podcast|longform|audio|truyen hinh|phat thanh|truyen hinh truc tuyen|bao in|bao giay|doc bao in|van ban|he thong van ban|van ban phap luat
    |van ban quy pham phap luat|van ban chi dao dieu hanh|van ban moi|van ban phap quy|van ban dieu hanh|van kien|van kien dang|tu lieu|tai lieu|du thao van ban
    |thu tuc hanh chinh|bo thu tuc hanh chinh|dich vu cong|dich vu cong truc tuyen|cong dich vu cong|cong dich vu cong quoc gia|mot cua dien tu|cong khai ngan sach
    |hoi dap|hoi - dap|hoi dap phap luat|giao luu truc tuyen|gop y|y kien gop y|hop thu|hop thu cong vu|hop thu gop y|thu dien tu|thu dien tu cong vu
    |email|mail|e-mail|webmail|email cong vu|rss|youtube|facebook|zalo|twitter|tiktok|instagram|google|google plus|google+|linkedin|pinterest|fanpage|menu|search
    |danh muc|chuyen muc|chuyen de|chuyen trang|co cau to chuc|to chuc bo may|bo may to chuc|chuc nang nhiem vu|chuc nang, nhiem vu|ban lanh dao|lanh dao
    |lich cong tac|lich lam viec|lich cong tac tuan|lich tiep cong dan|thong bao|danh ba|danh ba dien thoai|so do to chuc|truy cap noi dung luon|bo qua noi dung
    |chuyen den noi dung|skip to content|skip to main content|skip navigation|skip ribbon commands|di den noi dung chinh|nhay den noi dung|toggle navigation
    |toggle search|main menu|dong|dong lai|close|thoi su|chinh tri|kinh te|xa hoi|van hoa|van hoa - xa hoi|van hoa xa hoi|giao duc|y te|the thao
    |phap luat|quoc phong - an ninh|quoc phong an ninh|an ninh - quoc phong|quoc te|the gioi|khoa hoc|khoa hoc - cong nghe|khoa hoc cong nghe|du lich
    |doi song|suc khoe|moi truong|ban doc|toa soan|giai tri|nong nghiep|cong nghe|doi ngoai|dau tu|xay dung dang|dang - doan the|doan the|mat tran - doan the|kinh doanh
    |dat nuoc - con nguoi|nguoi tot viec tot|dien dan|binh luan - phe phan|nghien cuu - trao doi|nghien cuu trao doi|tin noi bat|tin hoat dong|tin trong tinh
    |tin trong nuoc|tin quoc te|tin dia phuong|tin cac huyen|tin tong hop|tin moi|tin chi dao dieu hanh|thong tin chi dao dieu hanh|thong tin tuyen truyen
    |doanh nghiep|cong dan|chinh quyen|du khach|nguoi dan|quy hoach|quy hoach phat trien|thong ke|bao cao thong ke|bao cao|du an|cong trinh|dau thau|tuyen dung
    |dau gia|dau thau mua sam cong|thi dua khen thuong|thi dua - khen thuong|cai cach hanh chinh|phap luat va doi song|tiep can thong tin|chuyen doi so|lich su|dia ly
    |ban do|ban do hanh chinh|du lieu mo|trang thong tin|cong thong tin|cong thanh vien|rss feed|dien dan phap luat|quang cao|dat bao|thong tin toa soan
    |tin tuc & su kien|tin tuc va su kien|tin van|tin nhanh|e-paper|epaper|bao dien tu|cong tac dan van|dan van|cong tac dang|hoat dong cua ban|doan ket toan dan
    """.replace("\n", " ")
    .replace("| ", "|")
    .split("|")
)
_MENU_ITEMS = frozenset(" ".join(item.split()) for item in _MENU_ITEMS if item.strip())
_SEPARATORS = re.compile(r"\s*(?:[|•·»›>→◦▪■▼▶\t]|\s[-–/]\s|::|(?<=\w)\s?/\s?(?=\w)|\s{2,})\s*")
_SOCIAL = frozenset(
    "rss youtube facebook zalo twitter tiktok instagram google google+ linkedin email print hotline app fanpage | - • x".split()
)

_PATTERNS: tuple[tuple[Role, str], ...] = (
    (
        Role.TOOL,
        r"(?:(?:\[|\()?\s*(?:in|ban in|in bai|in bai viet|in trang|in trang nay|in tin|in ra|xem ban in|phien ban in|print|printer friendly|gui|gui email|gui mail|email"
        r"|gui bai viet|gui bai|gui tin nay|gui cho ban be|gui bai viet qua (?:e-?mail|mail)|gui qua email|gui tin qua e-?mail|chia se|chia se bai viet|chia se tin|share|share this|chia se facebook"
        r"|chia se (?:qua|tren|len) (?:facebook|zalo|twitter|mang xa hoi|email)|luu|luu bai|luu bai viet|luu tin|luu trang nay|quay lai|quay ve|tro lai|tro ve|ve trang truoc|quay lai trang truoc|tro ve trang truoc|back"
        r"|trang truoc|trang sau|trang tiep|trang cuoi|trang dau|truoc|sau|tiep|ve dau trang|len dau trang|dau trang|top|back to top|go to top|len tren|xem them|xem tiep|xem tat ca|xem chi tiet|chi tiet|doc them|doc tiep|xem toan bo|xem nhanh"
        r"|thu gon|mo rong|read more|more|tai ve|tai file|download|tai xuong|thich|like|tweet|follow|theo doi|bao loi|sao chep lien ket|copy link|copy|nghe|nghe bai|nghe bai viet|nghe doc bai|nghe noi dung|doc bai viet|doc bai|nghe audio"
        r"|nghe tin|dung|tam dung|phat|play|pause|mute|xem anh|phong to|thu nho|co chu|font size|co chu doc bai viet|tang co chu|giam co chu|tang giam co chu|mac dinh|chu to|chu nho|xem co chu|xem voi co chu|kich thuoc chu|kich co chu"
        r"|tuong phan|do tuong phan|doc bang giong noi|giong nam|giong nu|giong doc|toc do doc|ghim|a|a-|a\+|aa|xem video|xem hinh anh|anh lon|slide|next|prev|previous|zalo|facebook|twitter|messenger|link goc|theo doi (?:chung toi |bao .{0,40} )?tren (?:google news|zalo|facebook|youtube))\s*(?:\]|\))?[\s:|•.,>»<«…-]*)+",
    ),
    (
        Role.TOOL,
        r"[\s|:]*(?:xem )?(?:voi )?(?:co chu|kich thuoc chu|kich co chu|font size|font)\s*:?[\s|a+\-–=(),:/]*(?:mac dinh|to|nho|lon|in|print)?[\s|a+\-–]*",
    ),
    (Role.TOOL, r"(?:a[+\-–=]*[\s|,/]*){2,}"),
    (
        Role.TOOL,
        rf"(?:so |tong )?(?:luot|lan|da)\s?(?:xem|doc|truy cap bai viet|view|chia se|thich|binh luan)(?: tin| bai| bai viet| trang)?\s?[:(=]?\s?{_NUMBER}\)?\s?(?:lan|luot)?",
    ),
    (
        Role.TOOL,
        r"[\d.,]+\s?(?:k )?(?:luot|lan)?\s?(?:xem|doc|view|views|nguoi xem|nguoi doc|likes?|chia se|shares?|luot thich|luot xem tin)\.?",
    ),
    (Role.TOOL, rf"(?:views?|hits|luot xem|da xem|xem)\s?[:(]\s?{_NUMBER}\)?"),
    (
        Role.TOOL,
        r"(?:\d{1,2}:\d{2}(?::\d{2})?\s?/\s?\d{1,2}:\d{2}(?::\d{2})?|0:00|00:00|(?:current time|duration|remaining time|loaded|stream type|live|progress)\b[\s\d:%.]*|(?:play|pause|mute|unmute|fullscreen|captions|chapters|settings|video player is loading\.?|this is a modal window\.?|trinh duyet (?:cua ban )?khong ho tro .{0,60}|your browser does not support .{0,60})[\s,.]*)+",
    ),
    (
        Role.TOOL,
        r"(?:tap tin dinh kem|file dinh kem|tep dinh kem|tai lieu dinh kem|download file|tai file dinh kem)\s*:?",
    ),
    (
        Role.MENU,
        r"(?:xin chao|chao mung|kinh chao|welcome)\b.{0,80}(?:khach|quy khach|ban|cong thong tin|website|trang thong tin|portal)\b.{0,80}"
        r"|(?:nhap )?(?:tu khoa|noi dung|thong tin)(?: can)? tim(?: kiem)?\.{0,3}:?|tim(?: kiem)? theo (?:ngay|tu khoa|chuyen muc|thang)\s?:?.{0,30}|ten dang nhap:?|mat khau:?|ghi nho(?: mat khau| dang nhap)?"
        r"|(?:ban )?dang o:?.{0,120}|ban dang xem.{0,100}|vi tri:? .{0,100}|ngon ngu:?.{0,30}|chon ngon ngu.{0,20}|(?:toggle|open|close|show|hide) \w+(?: \w+)?|menu \w+|(?:cac )?chuyen muc(?: khac| chinh)?"
        r"|-+\s?(?:chon|lua chon|lien ket).{0,60}-+|lien ket (?:web|website|site|nhanh|trang).{0,20}|website lien ket|(?:duong day nong|hotline|dt nong)(?: toa soan| quang cao)?\s?:?[\s\d.()+|-]*",
    ),
    (
        Role.RELATED,
        r"[\W_]*(?:(?:cac |nhung |mot so )?(?:tin|bai|bai viet|tin bai|tin tuc|thong tin|van ban|noi dung|chu de|su kien|video|hinh anh|anh|thong bao|bai bao|tai lieu|tin, bai)"
        r"(?: tuc)?(?: da)? (?:lien quan|khac|cung chuyen muc|cung chu de|cung loai|cung danh muc|cung nhom|cung tac gia|moi hon|cu hon|moi nhat|moi|cu|truoc|truoc do|sau|tiep theo|tiep|ke tiep|da dua|da dang|da dua tin|doc nhieu|doc nhieu nhat|xem nhieu|xem nhieu nhat|duoc quan tam|quan tam|noi bat|tieu diem|cung su kien|tham khao|de xuat|goi y|hot|nong|trong ngay|trong tuan|cung luong|nen doc|dang chu y|mo rong|duoc xem nhieu|duoc doc nhieu|dang doc|chinh)(?: nhat| hon| khac)?(?: trong .{0,30}| cua .{0,30}| ve .{0,30})?"
        r"|cung chuyen muc|cung chu de|cung danh muc|cung tac gia|tin lien quan|lien quan|cung su kien|co the ban quan tam|ban co the quan tam|ban co the thich|co the ban (?:se )?(?:thich|quan tam|muon doc)|doc nhieu|doc nhieu nhat|xem nhieu|xem nhieu nhat|tin moi nhan|moi nhat|duoc quan tam|doc them|xem them(?: cac)?(?: tin| bai| tin tuc| bai viet)?(?: khac| lien quan)?|tieu diem|noi bat|nhieu nguoi doc|binh luan nhieu|tin cu|tin moi|tin khac|bai khac|tin da dua|tin doc nhieu|tin noi bat|tin tieu diem|nen doc|dong su kien|chu de hot|su kien noi bat"
        r"|related (?:posts|articles|news|news items)|other news|newer news|older news|most read|latest news|thong bao - moi hop|thong bao moi|van ban moi|van ban moi ban hanh|video clip|thu vien (?:anh|video|hinh anh)|chuyen muc khac|tin cung muc|tin cung muc khac|cac tin da dua ngay.{0,40}|xem tin theo ngay.{0,60}|lien ket website|lien ket web|lien ket)\s?(?:\(\d+\))?[\s:.»>…-]*",
    ),
    (
        Role.FEEDBACK,
        r"[\W_]*(?:danh gia|danh gia bai viet|danh gia bai|danh gia tin|danh gia:? ?[\d.,/\s]*(?:sao|diem)?|(?:click|bam|nhan|hay|bam vao day) (?:de )?danh gia(?: bai viet| tin| bai)?.{0,30}|\(?di chuot vao ngoi sao.{0,40}|tong so diem (?:cua )?bai viet.{0,60}|xep hang:?\s?[\d.,/]*.{0,60}|diem danh gia.{0,30}|binh chon.{0,40}|\d+ sao|rating.{0,30}"
        r"|(?:y kien|binh luan|nhan xet|phan hoi|gop y|comment|comments|leave a comment)(?: cua)?(?: ban doc| doc gia| ban| nguoi doc| bai viet| ve bai viet| khach)?\s?(?:\(\s?\d+\s?\))?[\s:.-]*|\d+ (?:binh luan|y kien|nhan xet|phan hoi|comments?)|(?:gui|viet|them|dang) (?:binh luan|y kien|nhan xet|phan hoi|cam nghi)(?: cua ban| moi| nhan xet)?(?: .{0,30})?"
        r"|(?:vui long|hay|ban can|ban phai|moi ban|xin vui long|ban hay)? ?(?:dang nhap|login|dang ky).{0,20} de (?:gui |viet |co the |duoc )?(?:binh luan|nhan xet|danh gia|y kien|gui).{0,40}|chua co (?:binh luan|y kien|nhan xet|danh gia|phan hoi).{0,40}|hay la nguoi dau tien.{0,50}|ma (?:an toan|bao mat|xac nhan|kiem tra|captcha)\s?[:*()]{0,4}|captcha.{0,20}|ho (?:va )?ten\s?[:*()]{1,4}|noi dung\s?[:*()]{2,4}|dia chi email\s?[:*()]{1,4}|email\s?[:*()]{2,4}|tieu de\s?[:*()]{2,4}|nhap ma.{0,40}|gui di|huy bo|nhap lai|lam lai|bat buoc nhap.{0,20}|quan tam nhat|moi nhat truoc|sap xep theo.{0,30}|y kien cua ban.{0,80}se duoc.{0,80}|vui long (?:nhap|go) .{0,20}(?:tieng viet|co dau).{0,40}|ban thay bai viet.{0,60}|bai viet (?:nay )?(?:co )?huu ich.{0,40}|\*+)",
    ),
    (
        Role.STATISTICS,
        rf"[\W_]*(?:(?:thong ke|so luot|tong so luot|tong so|tong|tong cong|so|luot)? ?(?:luot )?(?:truy cap|truy nhap|khach|vieng tham|nguoi truy cap|khach vieng tham|luot truy cap|khach truy cap|luong truy cap|khach online|nguoi online|thanh vien online|thanh vien)(?: website| trang| trang web| cong)?(?: hom nay| trong ngay| hom qua| tuan nay| thang nay| trong thang| trong tuan| trong nam| tat ca)?\s?[:=-]*\s?{_NUMBER}"
        rf"|(?:dang (?:truy cap|online|truc tuyen|xem)|may chu tim kiem|khach vieng tham|hom nay|hom qua|tuan nay|tuan truoc|thang nay|thang truoc|thang hien tai|nam nay|nam truoc|tong luot truy cap|tong truy cap|tat ca|truc tuyen|online|trong ngay|trong tuan|trong thang|trong nam|tong cong|hien tai|thanh vien online|khach online|dang truc tuyen|so nguoi (?:dang )?(?:online|truy cap|truc tuyen)|luot trong (?:ngay|tuan|thang)|visitors?|users? online|counter)\s?[:=-]*\s?[\d.,]+\s?(?:nguoi|khach|luot)?"
        r"|thong ke (?:truy cap|luot truy cap|website|trang web)|luot truy cap|bo dem|tong so nguoi truy cap|so nguoi truy cap|thoi tiet(?: .{0,30})?|gia vang.{0,30}|ty gia.{0,30}|ti gia.{0,30}|chung khoan|ty gia ngoai te|(?:usd|eur|gbp|jpy|aud|sjc)[\s:]+[\d.,\s]+|nhiet do:?.{0,40}|do am:?.{0,40}|\d{1,2}\s?°\s?c?.{0,30}|ngay am lich.{0,40}|quang cao|banner.{0,20})",
    ),
    (
        Role.FOOTER,
        r"[\W_]*(?:(?:copyright|©|\(c\)|ban quyen|giu ban quyen|ghi ro nguon|de nghi ghi ro nguon|vui long ghi ro nguon|khi phat (?:hanh )?lai.{0,20}(?:thong tin|tin)|yeu cau ghi ro nguon|moi sao chep|nghiem cam sao chep)\b.{0,250}|.{0,60}(?:all rights reserved|giu ban quyen|ban quyen thuoc ve?)\b.{0,160}|(?:giay phep|gp|so giay phep)\b(?: so| xuat ban| hoat dong| thiet lap)?\s?:?.{0,20}(?:so|gp|ttdt|bc|bttt|btttt|/).{0,160}|(?:chiu trach nhiem (?:chinh|noi dung|quan ly|xuat ban)|truong ban bien tap|tong bien tap|pho tong bien tap|nguoi chiu trach nhiem)\s?:.{0,160}|co quan (?:chu quan|quan ly|chu tri)\s?:.{0,120}|(?:powered|designed|developed|thiet ke|phat trien|xay dung)(?: va phat trien)? (?:by|boi)\b.{0,80}|don vi (?:thiet ke|phat trien|xay dung).{0,80}|(?:ban da khong su dung|phien (?:lam viec|dang nhap)|bam vao day de duy tri).{0,160}|thoi gian cho:.{0,40}|(?:website|trang web|trang|chung toi|site) .{0,30}(?:su dung|dung) cookies?.{0,200}|cookies?\b.{0,120}|(?:chap nhan|dong y|toi dong y)(?: tat ca)?(?: cookies?)?|(?:xem )?tot nhat (?:voi|tren|o) (?:trinh duyet|do phan giai).{0,80}|dang ky nhan (?:tin|ban tin|email).{0,80}|chinh sach (?:bao mat|rieng tu|cookie).{0,60}|dieu khoan (?:su dung|dich vu).{0,60}|tin nhiem mang|ung dung di dong|app store|google play|chung nhan tin nhiem.{0,40}|phien ban (?:cu|mobile|di dong|tieng anh).{0,20}|toan van trang nay.{0,60}|xem phien ban.{0,30})",
    ),
    (
        Role.TAGS,
        r"[\W_]*(?:tu khoa(?: tim kiem)?|tags?|the|chu de|tu khoa lien quan|hashtag|nhan|the tu khoa)\s?:.{0,300}|[\W_]*(?:tags?|tu khoa|the tag)",
    ),
)
_COMPILED = tuple((role, re.compile(pattern)) for role, pattern in _PATTERNS)


def role_of(line: str) -> Role:
    """The part of a page a line plays by its words alone; CONTENT if it could be anything."""
    folded = " ".join(fold(line).split())
    if _is_menu(line, folded):
        return Role.MENU
    for role, pattern in _COMPILED:
        if pattern.fullmatch(folded):
            return role
    return Role.CONTENT


def is_breadcrumb(line: str) -> bool:
    """Whether a line is a path through a site (`Trang chủ » Tin tức » ...`)."""
    folded = fold(line)
    return (
        re.match(r"\W*(?:trang chu|home|trang nhat)\s*(?:[>»›→/|:]|::|-\s)", folded) is not None
        or len(re.findall(r"[>»›→]", line)) >= 2
    )


def _is_menu(line: str, folded: str) -> bool:
    stripped = folded.strip(" \t•*·-–+»›>|:▪■▼▶.")
    if stripped in _MENU_ITEMS:
        return True
    if is_breadcrumb(line) and len(line) < 250 and line[-1] not in ".;":
        return True
    if all(word in _SOCIAL for word in folded.split()):
        return True
    parts = [part.strip(" •*·-–+|:") for part in _SEPARATORS.split(folded) if part.strip(" •*·-–+|:")]
    known = sum(part in _MENU_ITEMS for part in parts)
    return len(parts) > 1 and known >= 2 and known * 2 >= len(parts)
