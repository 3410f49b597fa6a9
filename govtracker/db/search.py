"""Search over everything that the cards of a period hold."""

from __future__ import annotations

from govtracker.db.book import Book

_TEXTS = {
    "fact": ("text",),
    "person": ("department", "role", "name", "phone"),
    "part": ("label", "remark"),
    "item": ("text",),
    "budget_item": ("name",),
    "indicator": ("name", "indicator", "note"),
    "task": ("name", "note"),
    "event": ("when_text", "title", "category"),
    "change": ("what", "before", "after", "reason", "procedure"),
}
"""Columns of text by table."""


def search_cards(book: Book, period: str, words: str) -> dict[str, str]:
    """By card of a period the first text that holds the words, upper and lower case alike, blanks aside."""
    found: dict[str, str] = {}
    wanted = f"%{_escaped(''.join(words.split()).lower())}%"
    for table, columns in _TEXTS.items():
        for column in columns:
            rows = book.conn.execute(
                f"select {table}.card, {table}.{column} text from {table} join card on card.id = {table}.card"
                f" where card.period = ? and card.deleted = ''"
                f" and replace(lower({table}.{column}), ' ', '') like ? escape '!' order by {table}.position",
                (period, wanted),
            )
            for row in rows:
                found.setdefault(row["card"], row["text"])
    return found


def _escaped(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
