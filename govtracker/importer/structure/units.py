"""Units as sheets name them: captions over tables, brackets behind labels, words behind amounts."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from govtracker.model.figure import Figure, parse_figure, scaled

_OPEN, _SHUT = r"[(\[{<«《〈「『【〔]", r"[)\]}>»》〉」』】〕]"
_CAPTION = re.compile(
    rf"[※*＊·]?(?P<open>{_OPEN}*)[가-힣]{{0,4}}단위(?P<colon>[:;=]?)(?P<unit>[^)\]}}>»》〉」』】〕]+){_SHUT}*\.?"
)
_TAIL = re.compile(
    rf"(?P<before>.*?)(?P<caption>{_OPEN}\s*(?P<inside>[^()\[\]【】〔〕]*)\s*{_SHUT})\s*", re.DOTALL
)
_MONEY = re.compile(
    r"[₩\\]?(?P<number>\d[\d,]*)?(?P<small>[십백천十百千])?(?P<large>[만억조萬億兆])?(?P<won>원|won|krw)?",
    re.IGNORECASE,
)
_SMALL = {"": 1, "십": 10, "百": 100, "백": 100, "千": 1000, "천": 1000, "十": 10}
_LARGE = {"": 1, "만": 10**4, "萬": 10**4, "억": 10**8, "億": 10**8, "조": 10**12, "兆": 10**12}
_AMOUNT = re.compile(r"(?P<figure>[-△▲−]?\s*[\d,]+(?:\.\d+)?)\s*(?P<unit>[십백천]?[만억조]?원?)")


@dataclass(frozen=True, slots=True)
class Caption:
    """What a caption names: its words, and won per unit of amounts (None where none of the words is one of money)."""

    words: tuple[str, ...]
    won: int | None


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@cache
def won_of(word: str) -> int | None:
    """Won per unit of a word (`백만원`, `백만 원`, `천원`, `1,000원`, `억`); None where it is no unit of money."""
    found = _MONEY.fullmatch(_plain(word))
    if not found or not (found["small"] or found["large"] or found["won"]):
        return None
    number = int(found["number"].replace(",", "")) if found["number"] else 1
    return number * _SMALL[found["small"] or ""] * _LARGE[found["large"] or ""]


@cache
def caption(text: str) -> Caption | None:
    """A text that is nothing but a caption of a unit: `(단위 : 천원, %)`, `[금액단위: 백만 원]`, `단위：명`."""
    plain = _plain(text)
    found = _CAPTION.fullmatch(plain) if len(plain) <= 40 else None
    if not found:
        return None
    words = tuple(word for word in re.split(r"(?<!\d),|,(?!\d)|[/·&]|및", found["unit"]) if word)
    won = next((won for word in words if (won := won_of(word)) is not None), None)
    return Caption(words, won) if found["colon"] or found["open"] or won is not None else None


@cache
def caption_behind(text: str) -> Caption | None:
    """The caption at the end of a heading or a label: `4. 투자계획 (단위: 천원)`, `총사업비 (백만 원)`."""
    found = _TAIL.fullmatch(text)
    if not found:
        return None
    own = caption(found["caption"])
    if own is not None:
        return own
    won = won_of(found["inside"])
    return None if won is None else Caption((_plain(found["inside"]),), won)


@cache
def without_caption(text: str) -> str:
    """A heading or a label without the unit at its end."""
    found = _TAIL.fullmatch(text)
    return found["before"] if found and caption_behind(text) is not None else text


def amount(text: str, won: int) -> Figure:
    """A figure in won: one that names its own unit (`1,185백만원`, `768억`) in that, else in units of so many won."""
    found = _AMOUNT.fullmatch(text.strip())
    own = won_of(found["unit"]) if found and found["unit"] else None
    if found and own is not None:
        return scaled(parse_figure(found["figure"]), own)
    return scaled(parse_figure(text), won)


def in_unit(text: str, won: int, unit: int) -> str:
    """A printed figure that stands in units of `won` as it reads in units of `unit`; what is no figure stays."""
    figure = parse_figure(text)
    if figure.value is None or won == unit:
        return text
    return scaled(figure, Decimal(won) / Decimal(unit)).printed()
