"""How Excel shows a number: dates, percents and decimals by their number format."""

import datetime as dt
import re

_BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "dd.mm.yyyy",
    15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "dd.mm.yyyy h:mm", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 49: "@",
    # In Russian Excel 27–36 and 50–58 are dates too.
    **dict.fromkeys((*range(27, 37), *range(50, 59)), "dd.mm.yyyy"),
}  # fmt: skip
_MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
_MONTHS_OF = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
    "декабря",
)  # fmt: skip
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
_TOKEN = re.compile(
    r'"(?P<text>[^"]*)"|\\(?P<char>.)|_.|\*.|\[(?P<span>h+|m+|s+)\]|\[[^\]]*\]'
    r"|(?P<ampm>AM/PM|A/P)|(?P<part>y+|m+|d+|h+|s+|г+|м+|д+|ч+)|(?P<frac>\.0+)|(?P<rest>.)",
    re.IGNORECASE,
)
_RUSSIAN_PARTS = {"г": "y", "м": "m", "д": "d", "ч": "h"}


def built_in(code: int) -> str:
    return _BUILT_IN.get(code, "General")


def is_date_format(form: str) -> bool:
    """Does a number format show a date or a time?"""
    bare = re.sub(r'"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]|_.|\*.', "", form.split(";")[0], flags=re.IGNORECASE)
    return (
        bool(re.search(r"[ymdhsгдч]", bare, re.IGNORECASE))
        and "general" not in bare.lower()
        and "основной" not in bare.lower()
    )


def shown_number(value: float, form: str, *, epoch_1904: bool = False) -> str:
    """Give the text that Excel shows for a number in a format."""
    if is_date_format(form):
        moment = as_moment(value, epoch_1904=epoch_1904)
        if moment is not None:
            return shown_date(moment, form)
    section = form.split(";")[0]
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", section)
    if "%" in bare:
        places = len(bare.partition(".")[2].rstrip("%")) if "." in bare else 0
        return f"{value * 100:.{places}f}".replace(".", ",") + "%"
    if re.fullmatch(r"[#0, ]*(\.0+)?", bare) and bare.strip():
        return _decimal(value, section, bare)
    return general(value)


def _decimal(value: float, section: str, bare: str) -> str:
    places = len(bare.partition(".")[2])
    digits = f"{abs(value):.{places}f}"
    whole, _, rest = digits.partition(".")
    whole = whole.zfill(len(re.findall("0", bare.partition(".")[0])))
    affix = re.split(r"[#0][#0, .]*", re.sub(r"\[[^\]]*\]|_.|\*.", "", section).replace("\\", "").replace('"', ""))
    before, after = affix[0], affix[-1] if len(affix) > 1 else ""
    return ("-" if value < 0 else "") + before + whole + ("," + rest if rest else "") + after


def general(value: float) -> str:
    """Write a number as Excel's General does in Russian: no needless figures, a decimal comma."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}".replace(".", ",")


def as_moment(value: float, *, epoch_1904: bool = False) -> dt.datetime | None:
    """Turn Excel's day count into a moment; None outside its calendar."""
    if not 0 <= value < 2_958_466:
        return None
    if not epoch_1904 and value < 60:
        value += 1  # Excel counts a 29 February 1900 that never was.
    start = dt.datetime(1904, 1, 1) if epoch_1904 else dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a cell has no zone
    try:
        return start + dt.timedelta(seconds=round(value * 86400))
    except OverflowError:
        return None


def shown_date(moment: dt.datetime, form: str) -> str:
    """Write a moment in a number format; month names in Russian unless the format asks for English."""
    section = form.split(";")[0]
    if section.strip("[]$-0123456789ABCDEFabcdef").startswith(("F800", "F400")) or section.startswith("[$-F800]"):
        return f"{moment.day} {_MONTHS_OF[moment.month - 1]} {moment.year} г."
    english = bool(re.search(r"\[\$[^\]]*-(?:0*409|0*809|en)", section, re.IGNORECASE))
    tokens = list(_TOKEN.finditer(section))
    half_day = any(token["ampm"] for token in tokens)
    pieces: list[str] = []
    for at, token in enumerate(tokens):
        if token["text"] is not None or token["char"] is not None:
            pieces.append(token["text"] if token["text"] is not None else token["char"])
        elif token["part"]:
            pieces.append(_part(moment, tokens, at, english=english, half_day=half_day))
        elif token["ampm"]:
            pieces.append("AM" if moment.hour < 12 else "PM")
        elif token["rest"]:
            pieces.append("" if token["rest"] == "@" else token["rest"])
    return "".join(pieces).strip()


def _part(moment: dt.datetime, tokens: list[re.Match[str]], at: int, *, english: bool, half_day: bool) -> str:
    text = tokens[at]["part"].lower()
    text = _RUSSIAN_PARTS.get(text[0], text[0]) * len(text)
    kind, size = text[0], len(text)
    if kind == "y":
        return str(moment.year) if size > 2 else f"{moment.year % 100:02d}"
    if kind == "d":
        if size > 2:
            return _DAYS[moment.weekday()] if size > 3 else ("пн", "вт", "ср", "чт", "пт", "сб", "вс")[moment.weekday()]
        return f"{moment.day:0{size}d}"
    if kind == "h":
        return f"{moment.hour % 12 or 12 if half_day else moment.hour:0{min(size, 2)}d}"
    if kind == "s":
        return f"{moment.second:0{min(size, 2)}d}"
    if _is_minute(tokens, at):
        return f"{moment.minute:0{min(size, 2)}d}"
    if size <= 2:
        return f"{moment.month:0{size}d}"
    if english:
        name = _MONTHS_EN[moment.month - 1]
        return name[:3] if size == 3 else name
    after_day = any(token["part"] and token["part"][0].lower() in "dд" for token in tokens[:at])
    name = (_MONTHS_OF if after_day and size == 4 else _MONTHS)[moment.month - 1]
    return name[:3] if size == 3 else name


def _is_minute(tokens: list[re.Match[str]], at: int) -> bool:
    """An «m» is minutes beside hours before it or seconds after it, else months."""
    before = [token["part"] or token["span"] for token in tokens[:at] if token["part"] or token["span"]]
    after = [token["part"] for token in tokens[at + 1 :] if token["part"]]
    return bool((before and before[-1][0].lower() in "hч") or (after and after[0][0].lower() == "s"))
