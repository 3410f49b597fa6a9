"""What a spreadsheet program shows of a number: its format codes (ECMA-376 part 1, 18.8.31) read and applied."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<blank>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/표준)|(?P<half>AM/PM|A/P|오전/오후)|(?P<time>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|[aA]{3,4}|[eE](?![+-]))"
    r"|(?P<exponent>[eE][+-])|(?P<digit>[0#?])|(?P<other>.)",
    re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_TESTS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lambda value, limit: value < limit,
    ">": lambda value, limit: value > limit,
    "<=": lambda value, limit: value <= limit,
    ">=": lambda value, limit: value >= limit,
    "<>": lambda value, limit: value != limit,
    "=": lambda value, limit: value == limit,
}
_DAYS = "월화수목금토일"
_ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
BUILT_IN = {
    14: "yyyy-mm-dd", 15: "dd-mmm-yy", 16: "dd-mmm", 17: "mmm-yy", 22: "yyyy-mm-dd h:mm",
    27: 'yyyy"年" mm"月" dd"日"', 28: "mm-dd", 29: "mm-dd", 30: "mm-dd-yy", 31: 'yyyy"년" mm"월" dd"일"',
    32: 'h"시" mm"분"', 33: 'h"시" mm"분" ss"초"', 34: "yyyy-mm-dd", 35: "yyyy-mm-dd", 36: 'yyyy"年" mm"月" dd"日"',
    50: 'yyyy"年" mm"月" dd"日"', 51: "mm-dd", 52: "yyyy-mm-dd", 53: "yyyy-mm-dd", 54: "mm-dd",
    55: "yyyy-mm-dd", 56: "yyyy-mm-dd", 57: 'yyyy"年" mm"月" dd"日"', 58: "mm-dd",
}  # fmt: skip
"""Formats by number that a Korean Excel shows in its own way (ECMA-376 part 1, 18.8.30, ko-kr)."""
_SYSTEM = {"$-F800": 'yyyy"년" m"월" d"일" aaaa', "$-F400": "오전/오후 h:mm:ss"}
_GENERAL_DIGITS = 10
"""Digits of a General number with a decimal point; whole ones may have one more."""


@dataclass(frozen=True, slots=True)
class _Token:
    """`kind` is the name of the token's group, `text` what it holds."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class _Section:
    tokens: tuple[_Token, ...]
    test: tuple[str, Decimal] | None = None

    @property
    def is_date(self) -> bool:
        """Whether it shows parts of a date or of a time."""
        return any(token.kind in ("time", "half", "elapsed") for token in self.tokens)


def show(value: Decimal, code: str, *, epoch_1904: bool = False) -> str:
    """A number under a format code, as the cell shows it where it is wide enough; without the blanks of its fills."""
    sections = _sections(code)
    section = _choose(sections, value)
    if section is None:
        return ""
    if len(sections) > 1 and value < 0:
        value = -value
    if section.is_date:
        return _date(value, section, epoch_1904=epoch_1904)
    return _number(value, section).strip()


def show_text(text: str, code: str) -> str:
    """A text under a format code: the fourth section, or one that has an @, says what stands around it."""
    sections = _sections(code)
    last = sections[-1]
    if len(sections) < 4 and not any(token.text == "@" for token in last.tokens if token.kind == "other"):
        return text
    return "".join(text if t.kind == "other" and t.text == "@" else _literal(t) for t in last.tokens).strip()


def is_date(code: str) -> bool:
    """Whether a format shows numbers as dates or times."""
    return _sections(code)[0].is_date


# ---------------------------------------------------------------- reading the code


@cache
def _sections(code: str) -> tuple[_Section, ...]:
    made: list[_Section] = []
    tokens: list[_Token] = []
    test: tuple[str, Decimal] | None = None
    for found in _TOKEN.finditer(code or "General"):
        kind = found.lastgroup or "other"
        text = found[kind] if found.lastgroup else ""
        if kind == "other" and text == ";":
            made.append(_Section(tuple(tokens), test))
            tokens, test = [], None
        elif kind == "bracket":
            condition = _CONDITION.fullmatch(text)
            if condition:
                test = condition[1], Decimal(condition[2])
            elif re.fullmatch(r"h+|m+|s+", text, re.IGNORECASE):
                tokens.append(_Token("elapsed", text.lower()))
            elif text.upper() in _SYSTEM:
                return _sections(_SYSTEM[text.upper()])
            elif text.startswith("$") and text[1:].split("-")[0]:
                tokens.append(_Token("quoted", text[1:].split("-")[0]))
        else:
            tokens.append(_Token(kind, text))
    made.append(_Section(tuple(tokens), test))
    return tuple(made)


def _choose(sections: tuple[_Section, ...], value: Decimal) -> _Section | None:
    """The section of a number: the first whose condition holds, else by its sign."""
    numbers = sections[:3]
    if any(section.test for section in numbers):
        for section in numbers:
            if section.test is None or _TESTS[section.test[0]](value, section.test[1]):
                return section
        return numbers[-1]
    if value < 0 and len(numbers) > 1:
        return numbers[1]
    if value == 0 and len(numbers) > 2:
        return numbers[2]
    return numbers[0]


def _literal(token: _Token) -> str:
    if token.kind == "blank":
        return " "
    if token.kind in ("fill", "digit", "general"):
        return ""
    return token.text


# ---------------------------------------------------------------- numbers


def _number(value: Decimal, section: _Section) -> str:
    tokens = section.tokens
    if not any(token.kind in ("digit", "general") for token in tokens):
        shown = general(value)
        return "".join(shown if token == _Token("other", "@") else _literal(token) for token in tokens)
    sign = "-" if value < 0 else ""
    value = abs(value)
    if any(token.kind == "general" for token in tokens):
        return sign + "".join(general(value) if t.kind == "general" else _literal(t) for t in tokens)
    value *= 100 ** sum(token == _Token("other", "%") for token in tokens)
    last = max(at for at, token in enumerate(tokens) if token.kind == "digit")
    slash = next((at for at, token in enumerate(tokens) if token == _Token("other", "/")), None)
    if slash is not None and any(token.kind == "digit" for token in tokens[:slash]):
        return sign + _fraction(value, tokens, slash)
    if any(token.kind == "exponent" for token in tokens):
        return sign + _exponent(value, tokens)
    at = last + 1
    while at < len(tokens) and tokens[at] == _Token("other", ","):
        value /= 1000
        at += 1
    point = next((n for n, token in enumerate(tokens[: last + 1]) if token == _Token("other", ".")), None)
    whole = tokens[: last + 1] if point is None else tokens[:point]
    part = () if point is None else tokens[point + 1 : last + 1]
    places = sum(token.kind == "digit" for token in part)
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    digits, _, decimals = f"{rounded:f}".partition(".")
    made = _whole(digits.lstrip("0"), whole)
    if point is not None:
        made += "." + _decimals(decimals, part)
    tail = "".join(_literal(token) for token in tokens[at:])
    return (sign if rounded else "") + made + tail


def _whole(digits: str, tokens: tuple[_Token, ...]) -> str:
    """The digits in their places from the right; what is left over stands at the first place."""
    first = next((at for at, token in enumerate(tokens) if token.kind == "digit"), None)
    grouped = any(
        token == _Token("other", ",") and first is not None and at > first for at, token in enumerate(tokens)
    )
    made: list[str] = []
    count, left = 0, digits
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at]
        if token == _Token("other", ","):
            continue
        if token.kind != "digit":
            made.append(_literal(token))
            continue
        own = left if at == first else left[-1:]
        left = "" if at == first else left[:-1]
        for digit in reversed(own) if own else [{"0": "0", "?": " "}.get(token.text, "")]:
            if grouped and count and count % 3 == 0 and digit.strip():
                made.append(",")
            made.append(digit)
            count += 1
    return "".join(reversed(made)) if first is not None else digits


def _decimals(decimals: str, tokens: tuple[_Token, ...]) -> str:
    needed = len(decimals.rstrip("0"))
    made, at = "", 0
    for token in tokens:
        if token.kind != "digit":
            made += _literal(token)
            continue
        if token.text == "0" or at < needed:
            made += decimals[at]
        elif token.text == "?":
            made += " "
        at += 1
    return made


def general(value: Decimal) -> str:
    """A number in the format General: as many digits as Excel shows (11 with the decimal point)."""
    if value < 0:
        return "-" + general(-value)
    if value == 0:
        return "0"
    if value >= Decimal(10) ** 11 or value < Decimal("0.0001"):
        exponent = value.adjusted()
        mantissa = value.scaleb(-exponent).quantize(Decimal("0.00001"), ROUND_HALF_UP).normalize()
        return f"{mantissa:f}E{'+' if exponent >= 0 else '-'}{abs(exponent):02d}"
    whole = len(str(int(value)))
    rounded = value.quantize(Decimal(1).scaleb(-max(0, _GENERAL_DIGITS - whole)), ROUND_HALF_UP)
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _exponent(value: Decimal, tokens: tuple[_Token, ...]) -> str:
    at = next(n for n, token in enumerate(tokens) if token.kind == "exponent")
    before = "".join(token.text for token in tokens[:at] if token.kind == "digit" or token.text == ".")
    places = len(before.partition(".")[2])
    power = value.adjusted() if value else 0
    mantissa = value.scaleb(-power).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    width = sum(token.kind == "digit" for token in tokens[at + 1 :])
    sign = "-" if power < 0 else "+" if tokens[at].text[1] == "+" else ""
    return f"{mantissa:f}E{sign}{abs(power):0{width}d}"


def _fraction(value: Decimal, tokens: tuple[_Token, ...], slash: int) -> str:
    """`# ?/?`: a whole part where the code has one, and the nearest fraction with so many digits below."""
    start = slash
    while start and tokens[start - 1].kind == "digit":
        start -= 1
    has_whole = any(token.kind == "digit" for token in tokens[:start])
    below = "".join(t.text for t in tokens[slash + 1 :] if t.kind == "digit" or t.text.isdigit())
    whole = int(value) if has_whole else 0
    rest = Fraction(value) - whole
    fixed = int(below) if below.isdigit() and int(below) else 0
    near = (
        Fraction(round(rest * fixed), fixed)
        if fixed
        else rest.limit_denominator(10 ** max(1, len(below)) - 1)
    )
    if near == 1 and has_whole:
        whole, near = whole + 1, Fraction(0)
    over, under = (near * fixed, fixed) if fixed else (near.numerator, near.denominator)
    parts = [str(whole)] if has_whole and (whole or not near) else []
    if near or not has_whole:
        parts.append(f"{over}/{under}")
    return " ".join(parts)


# ---------------------------------------------------------------- dates and times


def _date(value: Decimal, section: _Section, *, epoch_1904: bool) -> str:
    tokens = section.tokens
    seconds = value * 86_400
    places = _second_places(tokens)
    seconds = seconds.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if value < 0 or value >= 2_958_466:
        return general(value)
    days, inside = divmod(seconds, 86_400)
    start = datetime(1904, 1, 1) if epoch_1904 else datetime(1899, 12, 30)
    day = start + timedelta(days=int(days))
    if not epoch_1904 and days < 60:  # the 29 February 1900 that Excel knows and no calendar does
        day = datetime(1899, 12, 31) + timedelta(days=int(days))
    moment = day + timedelta(seconds=int(inside))
    half = any(token.kind == "half" for token in tokens)
    made = ""
    for at, token in enumerate(tokens):
        if token.kind == "elapsed":
            made += _elapsed(seconds, token.text)
        elif token.kind == "half":
            made += _half(token.text, moment)
        elif token.kind == "time":
            made += _part(token.text, moment, minutes=_is_minutes(tokens, at), half=half)
        elif token.kind == "digit" and _after_point(tokens, at):
            fraction = f"{inside % 1:f}".partition(".")[2]
            made += fraction[:1] if _first_place(tokens, at) else ""
        else:
            made += token.text if token.kind == "digit" else _literal(token)
    return made.strip()


def _second_places(tokens: tuple[_Token, ...]) -> int:
    return sum(token.kind == "digit" and _after_point(tokens, at) for at, token in enumerate(tokens))


def _after_point(tokens: tuple[_Token, ...], at: int) -> bool:
    while at and tokens[at].kind == "digit":
        at -= 1
    return at > 0 and tokens[at] == _Token("other", ".") and tokens[at - 1].text.lower().startswith("s")


def _first_place(tokens: tuple[_Token, ...], at: int) -> bool:
    return tokens[at - 1] == _Token("other", ".")


def _elapsed(seconds: Decimal, unit: str) -> str:
    whole = int(seconds) // {"h": 3600, "m": 60, "s": 1}[unit[0]]
    return f"{whole:0{len(unit)}d}"


def _half(text: str, moment: datetime) -> str:
    first, second = text.split("/")
    return second if moment.hour >= 12 else first


def _is_minutes(tokens: tuple[_Token, ...], at: int) -> bool:
    """Whether an `m` is minutes: behind hours, or before seconds."""
    if tokens[at].text[0] not in "mM" or len(tokens[at].text) > 2:
        return False
    parts = [n for n, token in enumerate(tokens) if token.kind in ("time", "elapsed")]
    here = parts.index(at)
    before = tokens[parts[here - 1]].text[0].lower() if here else ""
    after = tokens[parts[here + 1]].text[0].lower() if here + 1 < len(parts) else ""
    return before == "h" or after == "s"


def _part(text: str, moment: datetime, *, minutes: bool, half: bool) -> str:
    letter, count = text[0].lower(), len(text)
    hour = (moment.hour % 12 or 12) if half else moment.hour
    weekday = moment.weekday()
    if letter == "y":
        return f"{moment.year % 100:02d}" if count <= 2 else f"{moment.year:04d}"
    if letter == "e":
        return str(moment.year)
    if letter == "a":
        return _DAYS[weekday] + ("요일" if count == 4 else "")
    if letter == "d" and count > 2:
        return _ENGLISH_DAYS[weekday][: None if count > 3 else 3]
    if letter == "m" and count > 2:
        name = _MONTHS[moment.month - 1]
        return {3: name[:3], 5: name[:1]}.get(count, name)
    number = {"m": moment.minute if minutes else moment.month, "d": moment.day, "h": hour, "s": moment.second}
    return f"{number[letter]:0{min(count, 2)}d}"
