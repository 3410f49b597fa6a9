"""Rows written and read as dicts by column name."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from govtracker.db.codecs import Row


def insert(conn: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    """Insert rows that all have the columns of the first one."""
    if not rows:
        return
    names = ", ".join(f'"{column}"' for column in rows[0])
    marks = ", ".join("?" for _ in rows[0])
    conn.executemany(f"insert into {table} ({names}) values ({marks})", [tuple(row.values()) for row in rows])


def select(conn: sqlite3.Connection, sql: str, values: Sequence[Any]) -> Iterator[Row]:
    """The rows of a query, one by one."""
    cursor = conn.cursor()
    cursor.row_factory = None  # plain tuples: the dicts are made here
    cursor.execute(sql, values)
    columns = [column[0] for column in cursor.description]
    return (dict(zip(columns, row, strict=True)) for row in cursor)
