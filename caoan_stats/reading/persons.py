"""Words of a report without what tells of private persons: names, years of birth, addresses."""

import re

_UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_SYLLABLE = rf"[{_UPPER}][^\W\d_]*"
_TITLES = (
    "ông bà|ông|bà|anh|chị|em|cháu|cụ|đồng chí|đ/c|đc|cô giáo|cô|chú|bác sĩ|bác|thầy giáo|thầy|"
    "y sĩ|công dân|bị can|đối tượng|liệt sĩ|chủ hộ|hộ"
)
_PLACES = (  # a capitalised word after one of these names no person
    "thôn|xóm|ấp|xã|phường|huyện|quận|tỉnh|thành phố|thị trấn|thị xã|trường|chợ|đình|chùa|đền|khu|"
    "đường|cầu|sông|công ty|ngân hàng|hợp tác xã|nghĩa trang"
)
_OFFICES = (
    "UBND|HĐND|MTTQ|HTX|BCH|CLB|Ban|Hội|Đảng|Đoàn|Ủy|Trường|Thôn|Xã|Huyện|Tỉnh|Công|Bí|Chủ|Phó|Mẹ|"
    "Việt"
)
_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trịnh|Đoàn|Mai|"
    "Đào|Lương|Cao|Trương|Hà|Lưu|Tạ|Vương|Chu|Tô|Quách|Nghiêm|Phùng|Thái|Tăng"
)
_NAME = re.compile(
    rf"(?<![\w/])(?P<title>(?i:{_TITLES}))(?P<gap>[:,]? +)"
    rf"(?!(?:{_OFFICES})\b)(?P<name>{_SYLLABLE}(?: +{_SYLLABLE}){{1,4}})"
)
_BARE_NAME = re.compile(
    rf"(?<!\w)(?:{_SURNAMES}) +(?:Văn|Thị)(?: +{_SYLLABLE}){{1,2}}"  # also without a title
)
_SCHOOLS = (
    "tiểu học|trung học cơ sở|trung học phổ thông|mầm non|mẫu giáo|TH|THCS|THPT|MN|liên cấp|"
    "chuyên|và"
)
_PLACE_BEFORE = re.compile(rf"(?<!\w)(?i:(?:{_PLACES})(?: +(?:{_SCHOOLS}))*) +$")
_BORN = re.compile(
    r"(?i)\b(sinh(?: ngày)?(?: năm)?|s\.?n\.?)[: ]+"
    r"(?:[0-9]{1,2}[/.-][0-9]{1,2}[/.-])?(?:19|20)[0-9]{2}\b"
)
_ADDRESS = re.compile(
    r"(?i)\b(HKTT|hộ khẩu thường trú|thường trú tại|trú tại|địa chỉ|chỗ ở(?: hiện nay)?|quê quán)"
    r"(?P<gap>:? *)(?P<rest>[^;.)\n]+)"
)
_NUMBERED = re.compile(
    r"(?i)\b(CCCD|CMND|CMTND|căn cước(?: công dân)?|chứng minh nhân dân)(?P<gap>(?: số)?:? *)"
    r"(?:[0-9]{12}|[0-9]{9})(?![0-9])"
)
_TELEPHONE = re.compile(
    r"(?i)(?P<word>\b(?:SĐT|ĐT|điện thoại|số máy|Zalo)(?: số)?:? *)[0-9][0-9 .-]{7,13}[0-9]"
    r"|(?<![0-9.,])0[3-9][0-9]{8}(?![0-9.,]?[0-9])"
)
_LONG_NUMBER = re.compile(r"(?<![0-9.,])0[0-9]{11}(?![0-9]|[.,][0-9])")  # of an identity card
_BREAK = re.compile(r"[;]|[.](?= |$)|,(?= )")  # ends of clauses; no decimal mark
CUT = "…"


def masked(text: str) -> str:
    """Return a text with the names, years of birth, addresses and numbers of persons masked.

    Names of places, offices and enterprises stay.

    >>> masked("tặng ông Trần Văn Mẫu, sinh năm 1950, trú tại thôn Bến; UBND xã Bình An")
    'tặng ông [tên], sinh năm [năm], trú tại [địa chỉ]; UBND xã Bình An'
    """
    text = _ADDRESS.sub(lambda found: f"{found[1]}{found['gap']}[địa chỉ]", text)
    text = _NUMBERED.sub(lambda found: f"{found[1]}{found['gap']}[số]", text)
    text = _TELEPHONE.sub(lambda found: f"{found['word'] or ''}[số]", text)
    text = _LONG_NUMBER.sub("[số]", text)
    text = _BORN.sub(lambda found: f"{found[1]} [năm]", text)
    text = _NAME.sub(lambda found: f"{found['title']}{found['gap']}[tên]", text)
    return _BARE_NAME.sub(_without_name, text)


def _without_name(found: re.Match[str]) -> str:
    """Return the mask of a name; the name itself after a word for a place or a school."""
    is_place = _PLACE_BEFORE.search(found.string[: found.start()])
    return found[0] if is_place else "[tên]"


def quoted(sentence: str, start: int, end: int) -> str:
    """Return the clause of a sentence that has the characters from `start` to `end`, masked.

    What stands before and after it is cut.

    >>> text = "Đàn lợn có 310 con, đàn bò có 80 con; ông Trần Văn Mẫu nuôi nhiều nhất."
    >>> quoted(text, 31, 33)
    '… đàn bò có 80 con …'
    """
    ends = [0, *(each.end() for each in _BREAK.finditer(sentence)), len(sentence)]
    first = max(each for each in ends if each <= start)
    last = min(each for each in ends if each >= end)
    clause = sentence[first:last].strip(" ;,")
    before = f"{CUT} " if sentence[:first].strip() else ""
    after = f" {CUT}" if sentence[last:].strip() else ""
    return masked(f"{before}{clause}{after}")
