"""Word's styles and automatic numbering: which number a paragraph shows."""

import re
from dataclasses import dataclass, field

from roadmaps.reading.package import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
DEPTH = 9


def val(parent: Element | None, tag: str, default: str = "") -> str:
    """Read `w:val` of a child."""
    child = None if parent is None else parent.find(W + tag)
    return default if child is None else (child.get(W + "val") or default)


def switched(parent: Element | None, tag: str) -> bool | None:
    """Read an on/off property; None when it is not stated."""
    child = None if parent is None else parent.find(W + tag)
    if child is None:
        return None
    return (child.get(W + "val") or "true").lower() not in ("0", "false", "off", "none")


def number(text: str | None, default: int = 0) -> int:
    """Read a small whole number from an attribute that may be forged."""
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text) else default


@dataclass(slots=True)
class Style:
    """What a paragraph inherits from its style."""

    parent: str = ""
    align: str = ""
    bold: bool | None = None
    hidden: bool | None = None
    indent: int = 0
    num_id: str = ""
    level: int | None = None


def read_styles(root: Element | None) -> tuple[dict[str, Style], str]:
    """Read paragraph and character styles; the second value is the default paragraph style's id."""
    styles: dict[str, Style] = {}
    default = ""
    for element in [] if root is None else root.findall(W + "style"):
        name = element.get(W + "styleId") or ""
        properties, runs = element.find(W + "pPr"), element.find(W + "rPr")
        numbering = None if properties is None else properties.find(W + "numPr")
        indent = None if properties is None else properties.find(W + "ind")
        styles[name] = Style(
            parent=val(element, "basedOn"),
            align=val(properties, "jc"),
            bold=switched(runs, "b"),
            hidden=switched(runs, "vanish"),
            indent=0 if indent is None else number(indent.get(W + "left") or indent.get(W + "start")),
            num_id=val(numbering, "numId"),
            level=number(val(numbering, "ilvl")) if val(numbering, "ilvl") else None,
        )
        if element.get(W + "type") == "paragraph" and element.get(W + "default") in ("1", "true"):
            default = name
    resolved = {name: _resolve(name, styles) for name in styles}
    return resolved, default


def _resolve(name: str, styles: dict[str, Style]) -> Style:
    """Fill a style's gaps from the styles it is based on; a circle ends after ten steps."""
    result = Style()
    for _ in range(10):
        style = styles.get(name)
        if style is None:
            break
        result.align = result.align or style.align
        result.bold = style.bold if result.bold is None else result.bold
        result.hidden = style.hidden if result.hidden is None else result.hidden
        result.indent = result.indent or style.indent
        if not result.num_id and style.num_id:
            result.num_id, result.level = style.num_id, style.level
        name = style.parent
    return result


@dataclass(slots=True)
class Level:
    """One level of a list."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None
    style: str = ""


@dataclass(slots=True)
class _Instance:
    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)


class Numbering:
    """The lists of a document, counted in reading order."""

    def __init__(self, root: Element | None, styles: dict[str, Style]) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._instances: dict[str, _Instance] = {}
        self._counts: dict[str, list[int | None]] = {}
        if root is None:
            return
        links: dict[str, str] = {}
        for element in root.findall(W + "abstractNum"):
            name = element.get(W + "abstractNumId") or ""
            self._abstract[name] = {number(x.get(W + "ilvl")): _level(x) for x in element.findall(W + "lvl")}
            links[name] = val(element, "numStyleLink")
        for element in root.findall(W + "num"):
            instance = _Instance(val(element, "abstractNumId"))
            for override in element.findall(W + "lvlOverride"):
                at = number(override.get(W + "ilvl"))
                if override.find(W + "startOverride") is not None:
                    instance.starts[at] = number(val(override, "startOverride"))
                if override.find(W + "lvl") is not None:
                    instance.levels[at] = _level(override.find(W + "lvl"))
            self._instances[element.get(W + "numId") or ""] = instance
        for name, link in links.items():
            target = self._instances.get(styles[link].num_id) if link in styles else None
            if target is not None and not self._abstract[name]:
                self._abstract[name] = self._abstract.get(target.abstract, {})

    def level_of_style(self, num_id: str, style: str) -> int:
        """Tell which level of a list a style stands for."""
        instance = self._instances.get(num_id)
        for at, level in self._abstract.get(instance.abstract, {}).items() if instance else ():
            if level.style == style:
                return at
        return 0

    def next_label(self, num_id: str, at: int) -> str:
        """Count one paragraph of a list and give the number it shows; «-» for a bullet."""
        instance = self._instances.get(num_id)
        if instance is None or not 0 <= at < DEPTH:
            return ""
        levels = {**self._abstract.get(instance.abstract, {}), **instance.levels}
        level = levels.get(at)
        if level is None:
            return ""
        counts = self._counts.setdefault(instance.abstract, [None] * DEPTH)
        self._count(counts, instance, levels, at)
        if level.form == "bullet":
            return "-"
        if level.form == "none":
            return re.sub(r"%\d", "", level.text).strip()

        def shown(match: re.Match[str]) -> str:
            which = int(match[1]) - 1
            other = levels.get(which, level)
            count = counts[which] if 0 <= which < DEPTH else None
            count = other.start if count is None else count
            return format_number(count, "decimal" if level.legal else other.form)

        return re.sub(r"%(\d)", shown, level.text).strip()

    @staticmethod
    def _count(counts: list[int | None], instance: _Instance, levels: dict[int, Level], at: int) -> None:
        if at in instance.starts and at not in instance.used:
            counts[at] = instance.starts[at]
        elif counts[at] is None:
            counts[at] = instance.starts.get(at, levels[at].start)
        else:
            counts[at] = (counts[at] or 0) + 1
        instance.used.add(at)
        for upper in range(at):
            if counts[upper] is None:
                counts[upper] = instance.starts.get(upper, levels[upper].start if upper in levels else 1)
        for lower in range(at + 1, DEPTH):
            restart = levels[lower].restart if lower in levels else None
            if restart is None or (restart > 0 and at < restart):
                counts[lower] = None


def _level(element: Element) -> Level:
    restart = val(element, "lvlRestart")
    return Level(
        start=number(val(element, "start"), 1),
        form=val(element, "numFmt", "decimal"),
        text=val(element, "lvlText"),
        legal=bool(switched(element, "isLgl")),
        restart=number(restart) if restart else None,
        style=val(element, "pStyle"),
    )


def format_number(count: int, form: str) -> str:
    """Write a count the way Word's number format does."""
    if form == "decimalZero":
        return f"{count:02d}"
    if form in ("upperRoman", "lowerRoman"):
        text = roman(count)
        return text if form == "upperRoman" else text.lower()
    letters = {"upperLetter": _LATIN, "lowerLetter": _LATIN, "russianUpper": _RUSSIAN, "russianLower": _RUSSIAN}.get(
        form
    )
    if letters and count > 0:
        text = letters[(count - 1) % len(letters)] * min((count - 1) // len(letters) + 1, 5)
        return text.upper() if form in ("upperLetter", "russianUpper") else text
    return "" if form in ("none", "bullet") else str(count)


def roman(count: int) -> str:
    """Write a count in Roman figures; plain figures beyond what is ever numbered so."""
    if not 0 < count < 4000:
        return str(count)
    text = ""
    for value, sign in _ROMAN:
        while count >= value:
            text, count = text + sign, count - value
    return text
