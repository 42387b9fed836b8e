"""From a phrase to tokens: look-alike letters, odd spaces and dashes, digits misread as letters. One pass, linear."""

import re
import unicodedata
from dataclasses import dataclass

from deadlines.grammar import lexicon
from deadlines.grammar.lexicon import Lexeme

_LATIN = str.maketrans("aceopxykmtbhё", "асеорхукмтвне")
_LOOKALIKE = frozenset("aceopxykmtbh")
_DASHES = frozenset("-‐‑‒–—―−﹘﹣－~")
_NUMBERING = re.compile(r"^(?:\d{1,2}\)|[1-9]\.)\s*(?=(?:до|с|в|к|по|не|на)\b)", re.IGNORECASE)
_NESTED = re.compile(r"^[1-9](?:\.[1-9])+\.\s+(?=(?:до|с|в|к|по|не|на)\b)", re.IGNORECASE)  # «1.1. до …»
_FOOTNOTE = re.compile(r"[¹²³⁰-⁹]+|\[\d{1,2}\]")
_SHORTENED = (
    (re.compile(r"\bкв-л\w*", re.IGNORECASE), "квартал"),
    (re.compile(r"\bм-ц\w*", re.IGNORECASE), "месяц"),
    (re.compile(r"\bп/г\b", re.IGNORECASE), "полугодие"),
)
_DROPPED = frozenset("*_`'\"«»“”„’‘|#")
_PIECE = re.compile(r"\d+|[^\W\d_]+|\S")
_SUFFIXES = frozenset(
    [
        "го",
        "ого",
        "его",
        "му",
        "ому",
        "ему",
        "й",
        "ый",
        "ой",
        "ий",
        "я",
        "ая",
        "ья",
        "е",
        "ое",
        "ье",
        "ую",
        "ю",
        "м",
        "ом",
        "ем",
        "х",
        "ти",
        "и",
        "ми",
        "ух",
        "ех",
        "мя",
        "ым",
        "ых",
    ]
)
_MISREAD_DIGITS = {"о": 0, "o": 0, "з": 3, "l": 1, "i": 1}


@dataclass(slots=True)
class Token:
    """A number, a word, or a sign; `glued` when nothing stands between it and the token before."""

    kind: str  # num, word, sign
    form: str
    begin: int
    end: int
    glued: bool
    lexeme: Lexeme | None = None
    value: int = -1
    ordinal: bool = False

    def is_sign(self, *signs: str) -> bool:
        return self.kind == "sign" and self.form in signs

    def key(self) -> str:
        return str(self.lexeme.value) if self.lexeme is not None and self.lexeme.kind == "key" else ""

    def unit(self) -> str:
        return str(self.lexeme.value) if self.lexeme is not None and self.lexeme.kind == "unit" else ""


@dataclass(slots=True)
class Text:
    """The cleaned phrase, its tokens, and whether a misspelling had to be repaired on the way."""

    clean: str
    tokens: list[Token]
    repaired: bool = False
    foreign: bool = False


def clean(phrase: str) -> str:
    """Compose, drop invisible characters, stress and footnote marks, spell out «кв-л», collapse white space."""
    parts = _FOOTNOTE.sub(" ", phrase).split("№")  # its compatible form is Latin
    composed = "№".join(unicodedata.normalize("NFKC", part) for part in parts)
    composed = _NESTED.sub("№ ", _NUMBERING.sub("", composed))
    for short, whole in _SHORTENED:
        composed = short.sub(whole, composed)
    kept = "".join(
        " " if c.isspace() else c for c in composed if unicodedata.category(c) not in ("Cf", "Mn", "Cc") or c.isspace()
    )
    return " ".join(kept.split())


def tokenize(phrase: str) -> Text:
    """Cut a phrase into tokens with their lexemes."""
    text = Text(clean(phrase), [])
    tokens = text.tokens
    end = 0
    for match in _PIECE.finditer(text.clean):
        piece = match[0]
        glued = match.start() == end and bool(tokens)
        end = match.end()
        if piece[0] in _DROPPED:
            continue
        if piece.isdecimal() and piece.isascii():
            if not _continue_number(text, piece, glued, match.end()):
                tokens.append(
                    Token("num", piece, match.start(), end, glued, value=int(piece) if len(piece) < 10 else -1)
                )
        elif piece[0].isalpha():
            _word(text, piece, match.start(), end, glued)
        elif piece in _DASHES:
            tokens.append(Token("sign", "-", match.start(), end, glued))
        elif piece == "." and tokens and tokens[-1].kind == "word":
            continue  # the dot of an abbreviation
        elif piece == "…":
            continue
        else:
            tokens.append(Token("sign", piece, match.start(), end, glued))
    _join_suffixes(text)
    _join_torn(text)
    return text


def _continue_number(text: Text, piece: str, glued: bool, end: int) -> bool:
    """Read «О5» and «З0» as 05 and 30: a single misread letter right before a digit is a digit."""
    last = text.tokens[-1] if text.tokens else None
    if last is not None and glued and last.kind == "num" and text.repaired:  # «2О24»: the letter is a digit already
        last.form += piece
        last.value, last.end = int(last.form[:9]), end
        return True
    if last is None or not glued or last.kind != "word" or last.form not in _MISREAD_DIGITS:
        return False
    digits = f"{_MISREAD_DIGITS[last.form]}{piece}"
    if len(digits) not in (2, 4) or (
        last.form == "о" and len(text.tokens) > 1 and last.glued and text.tokens[-2].kind == "word"
    ):
        return False
    text.tokens[-1] = Token("num", digits, last.begin, end, last.glued, value=int(digits))
    text.repaired = True
    return True


def _word(text: Text, piece: str, begin: int, end: int, glued: bool) -> None:
    lower = "".join(low if len(low := c.lower()) == 1 else c for c in piece)
    form = lower.replace("ё", "е").replace("і", "i")
    last = text.tokens[-1] if text.tokens else None
    if glued and last is not None and last.kind == "num" and form in ("о", "o", "з", "l") and len(last.form) in (1, 3):
        last.form += str(_MISREAD_DIGITS[form])  # «3О.09» is 30.09
        last.value, last.end, text.repaired = int(last.form), end, True
        return
    if not form.isascii() and any("a" <= c <= "z" for c in form) and lexicon.roman(form, misread=True) is None:
        form = form.translate(_LATIN).replace("i", "и") if set(form) & _LOOKALIKE else form
    elif form.isascii() and lexicon.roman(form) is None and set(form) <= _LOOKALIKE:
        changed = form.translate(_LATIN)
        form = changed if changed in lexicon.WORDS else form
    lexeme = lexicon.WORDS.get(form)
    if lexeme is None and (fixed := _repaired(form)) is not None:
        form, lexeme, text.repaired = fixed, lexicon.WORDS.get(fixed), True
    if lexeme is None and any(not ("а" <= c <= "я" or "a" <= c <= "z") for c in form):
        text.foreign = True
    text.tokens.append(Token("word", form, begin, end, glued, lexeme))


def _repaired(form: str) -> str | None:
    if form in lexicon.SCHEDULE or form in lexicon.REQUEST or form in lexicon.TO_BE_SET or form in lexicon.URGENT:
        return None
    fixed = lexicon.repair(form)
    return None if fixed == form else fixed


def _join_torn(text: Text) -> None:
    """Join «сентя брь» into the month that it is."""
    joined: list[Token] = []
    for token in text.tokens:
        last = joined[-1] if joined else None
        if last is not None and last.kind == token.kind == "word" and (last.lexeme is None or token.lexeme is None):
            lexeme = lexicon.WORDS.get(last.form + token.form)
            if lexeme is not None and lexeme.kind == "month" and len(last.form + token.form) >= 5:
                last.form, last.end, last.lexeme = last.form + token.form, token.end, lexeme
                text.repaired = True
                continue
        joined.append(token)
    text.tokens = joined


def _join_suffixes(text: Text) -> None:
    """Join «5-го», «5го», «10-ти» into one number; mark ordinals."""
    joined: list[Token] = []
    tokens = text.tokens
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if token.kind == "num":
            dash = i + 1 < len(tokens) and tokens[i + 1].is_sign("-")
            at = i + 2 if dash else i + 1
            if at < len(tokens) and tokens[at].kind == "word" and tokens[at].glued and tokens[at].form in _SUFFIXES:
                token.ordinal, token.end = True, tokens[at].end
                i = at
        joined.append(token)
        i += 1
    text.tokens = joined
