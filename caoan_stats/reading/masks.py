"""Numbers of a text that count nothing: dates, numbers of documents, ordinals, hours.

To add a kind, add a row to `MASKS`.
"""

import re
from collections.abc import Iterator, Mapping

_YEAR = r"(?:19|20)[0-9]{2}"
_DAY = r"[0-3]?[0-9]"
_MONTH = r"[01]?[0-9]"
_DOCUMENT = (
    "nghị định|nđ|nghị quyết|nq|quyết định|qđ|chỉ thị|ct|đề án|thông tư|tt|luật|công văn|cv|"
    "chương trình|hướng dẫn|hd|thông báo|tb|kết luận|kl|dự án|kế hoạch số|kh số|văn bản|điều|khoản"
)
_NUMBERED = "|".join([  # ordinals: “lớp 9”, “bão số 3”
    "lớp", "khối", "(?<!trợ )(?<!cung )(?<!phụ )cấp", "cấp độ", "mức độ", "hạng(?! [0-9] sao)",
    "tốp", "top", "đối tượng", "mục", "phần", "tập", "vòng", "bước", "giai đoạn", "tầng", "khu",
    "đường", "quốc lộ", "ql", "tỉnh lộ", "tl", "huyện lộ", "km", "tổ", "ấp", "khóa", "khoá",
    "(?<!cùng )kỳ", "nhiệm kỳ", "lần thứ", "năm thứ", "con thứ",
    "(?<!xếp )(?<!đứng )(?<!vị trí )thứ", "trọng tâm",
    "trọng tâm số", "trạm bơm", "máy bơm", "tuyến", "ngõ", "kênh", "hội nghị lần", "đội", "nhóm",
    "thửa", "khối phố",
    "(?:bão|trạm|máy|ao|đường|nhà|lô|tổ|khu|cống|trường|thôn|cụm|tiêu chí|vùng|bản đồ) số",
])  # fmt: skip
_SOWN = "lúa|ngô|lạc|màu|mầu|cấy|gieo|trồng|lượng|suất|tích|quân|cộng|xuất|đất|canh"
_SEASON = "lúa|ngô|lạc|màu|mầu|cấy|gieo|chiêm|xuân|mùa|đông|hè"
_AREA = "ha|héc ta|hecta|sào|đơn vị"
MASKS: Mapping[str, str] = {
    "date": rf"(?:ngày )?\b{_DAY}\s?[/.-]\s?{_MONTH}\s?[/.-]\s?{_YEAR}\b",
    "day": rf"\bngày {_DAY}(?:\s?[/.-]\s?{_MONTH}\b(?!\s?%))?(?: tháng {_MONTH})?(?: năm {_YEAR})?",
    "month": rf"\btháng {_MONTH}(?:\s?[/.]\s?{_YEAR}|,? năm {_YEAR})?\b(?!\s?%)",
    "months": rf"\b{_MONTH}\s?[/]\s?{_YEAR}\b",
    "hours": r"\b(?:24\s?/\s?24\s?(?:h|giờ)?|24\s?/\s?7|[0-9]{1,2}\s?(?:h|giờ)\s?(?:[0-9]{2})?)\b",
    "span": r"\b[0-9]{1,2} (?:tháng|tuần|ngày|năm|đêm|giờ|phút)\b",
    "quarter": r"\bquý (?:[1-4]|I{1,3}|IV)\b(?:\s?[/-]\s?(?:19|20)[0-9]{2})?",
    "years": rf"\b{_YEAR}\s?[-–]\s?{_YEAR}\b",
    "year": rf"\b(?:năm|xuân|chiêm|mùa|đông|vụ|tết|từ|đến|và|với|so|kỳ|ck) {_YEAR}\b"
    r"(?!\s?(?:%|m[23]?\b|đồng))",
    "document": rf"\b(?:{_DOCUMENT})(?: số)? [0-9]+(?:[/-][0-9A-ZĐa-zđ-]+)*",
    "code": r"\b[0-9]+(?:/[0-9]+)*[/-][A-ZĐ][A-ZĐa-zđ0-9&/-]*[A-ZĐ][A-ZĐ0-9-]*",
    "standard": r"\b(?:ISO|TCVN|VNEN|QCVN)[ -]?[0-9:.-]+",
    "ordinal": rf"(?<![^\W_])(?:{_NUMBERED})\s?[1-9][0-9]{{0,2}}(?:[A-Z]\b)?"
    r"(?![\d.,]*\d)(?!\s?(?:%|/))",
    "in_one": r"\b[0-9] trong [0-9]\b",
    "a_day": r"\b(?:[0-9]|một|hai)\s?buổi\s?/\s?(?:ngày|tuần)",
    "each": r"\b1 (?:phòng(?: học)?|giáo viên|tivi|bộ|máy)\s?/\s?\w+",
    "per_one": rf"\b(?:một|mỗi) (?:{_AREA})\b"
    rf"|(?<!: )\b(?:trên|mỗi|một|cho|/)\s?0?1 ?(?:{_AREA}|người|hộ|lao động)\b",
    "once": r"\b(?:1|một) lần\b",
    "times": r"\b(?:gấp|bằng)(?: gần| hơn| trên| khoảng)? [0-9][0-9.,]* lần",
    "age": r"\b(?:(?:từ|đủ|trên|dưới) )*[0-9]{1,3}(?:\s?[-–]\s?[0-9]{1,3})? ?(?:tháng )?tuổi"
    r"(?: trở lên)?",
    "seasons": rf"\b(?:(?:cả|{_SOWN}) (?:hai|2) vụ\b|(?:hai|2) vụ (?:{_SEASON})\b)",
    "size": r"\b[0-9]+ ?x ?[0-9]+(?: ?x ?[0-9]+)?\b",
    "land": r"\bđất 0[1-9]\b(?! ha)|\bđất 5%",
    "telephone": r"(?<![\d.,])0[0-9]{2,3}[. ]?[0-9]{3}[. ]?[0-9]{3,4}\b",
    "name": r"\b[0-9]+[A-ZĐ]\b",
    "shot": r"\bmũi (?:thứ )?[1-5]\b",
    "dose": r"(?<![0-9]\s)\bM[1-9]\b",
    "anniversary": r"\b[0-9]{1,3} năm (?:ngày|thành lập)\b",
    "number_of_list": r"^\s?[0-9]{1,2}\s?[.)\-–](?:[0-9]{1,2}[.)]?)*(?=\s?[^\W\d])"
    r"|\([0-9]{1,2}\)(?=\s?[^\W\d])",
}
_EXACT = ("code", "name", "dose")  # kinds whose letters are capitals
_MASK = re.compile(
    "|".join(f"(?:{MASKS[kind]})" for kind in MASKS if kind not in (*_EXACT, "ordinal")),
    re.IGNORECASE,
)
_CAPITALS = re.compile("|".join(MASKS[kind] for kind in _EXACT))
_ORDINAL = re.compile(MASKS["ordinal"], re.IGNORECASE)


def masked(text: str) -> list[tuple[int, int]]:
    """Return the start and the end of each number that counts nothing, some of them twice.

    >>> text = "Nghị định số 45/2024/NĐ-CP ngày 15/4/2024: 12 hồ sơ, 5 trong 1"
    >>> [text[start:end] for start, end in masked(text)]
    ['Nghị định số 45/2024/NĐ-CP', 'ngày 15/4/2024', '5 trong 1', '45/2024/NĐ-CP']
    """
    return list(_spans(text))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_MASK, _CAPITALS, _ORDINAL):
        yield from ((found.start(), found.end()) for found in pattern.finditer(text))
