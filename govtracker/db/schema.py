"""The book's tables, as named migrations that are applied once, each in a transaction with its record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x47545231
"""`GTR1` in the file's header: tells a book from any other SQLite file."""
VERSION = 8
"""`user_version` of a book with every migration applied; a greater one is from a newer program."""

_ROW: dict[str, Any] = {"card": str, "section": str, "position": int}
_FIGURE: dict[str, Any] = {"state": str, "value": str, "text": str}
SECTION_TABLES: dict[str, Mapping[str, Any]] = {
    "fact": {**_ROW, "key": str, "text": str, "chosen": str},
    "person": {**_ROW, "id": str, "role": str, "department": str, "rank": str, "name": str, "phone": str},
    "part": {**_ROW, "id": str, "slot": str, "label": str, "remark": str},
    "item": {**_ROW, "owner": str, "field": str, "id": str, "kind": str, "level": int, "mark": str, "text": str, "body": str},
    "budget_item": {**_ROW, "id": str, "name": str},
    "amount": {**_ROW, "item": int, "source": str, "first": str, "last": str, "measure": str, **_FIGURE},
    "indicator": {
        **_ROW, "id": str, "name": str, "indicator": str, "unit": str, "row_group": str,
        "weight_state": str, "weight_value": str, "weight_text": str,
        "actual_state": str, "actual_value": str, "actual_text": str, "note": str,
    },
    "target": {**_ROW, "indicator": str, "first": str, "last": str, **_FIGURE},
    "task": {**_ROW, "id": str, "name": str, "quarters": str, "note": str},
    "event": {**_ROW, "id": str, "when_text": str, "category": str, "title": str, "heading": int, "counts_for": str},
    "tally": {**_ROW, "key": str, **_FIGURE},
    "change": {
        **_ROW, "id": str, "when_text": str, "what": str, "before": str, "after": str, "reason": str, "procedure": str,
    },
    "response": {**_ROW, "id": str},
}  # fmt: skip
"""Tables that hold the rows of sections; each row belongs to (card, section) at a position."""


def migrate(db: Database) -> None:
    """Bring a book to the newest form; nothing happens where it is."""
    from sqlite_utils.migrations import Migrations

    migrations = Migrations("govtracker")

    @migrations()
    def m001_book(db: Database) -> None:
        db.table("book").create({"key": str, "value": str}, pk="key")
        db.table("pledge").create(
            {"id": str, "number": str, "title": str, "field": str, "position": int}, pk="id"
        )
        db.table("period").create({"id": str, "label": str, "as_of": str, "frozen": int}, pk="id")
        db.table("card").create(
            {"id": str, "pledge": str, "period": str, "form": str},
            pk="id",
            foreign_keys=[("pledge", "pledge", "id"), ("period", "period", "id")],
        )
        db.table("card").create_index(["pledge", "period"], unique=True)
        db.table("picture").create({"sha": str, "data": bytes}, pk="sha")
        db.table("import_run").create({"id": str, "file": str, "at": str, "ledger": str}, pk="id")

    @migrations()
    def m002_sections(db: Database) -> None:
        db.table("section").create(
            {"card": str, "key": str, "kind": str, "version": int, "saved_at": str, "extra": str},
            pk=("card", "key"),
        )
        for name, columns in SECTION_TABLES.items():
            db.table(name).create(dict(columns))
            db.table(name).create_index(["card", "section", "position"])

    @migrations()
    def m003_history(db: Database) -> None:
        db.table("version").create(
            {"card": str, "section": str, "version": int, "saved_at": str, "body": bytes},
            pk=("card", "section", "version"),
        )

    @migrations()
    def m004_originals(db: Database) -> None:
        db.table("picture").add_column("original", bytes)

    @migrations()
    def m005_imports(db: Database) -> None:
        db.table("import_run").add_column("undone", str, not_null_default="")
        db.table("import_section").create(
            {"run": str, "card": str, "section": str, "before": int, "after": int, "body": bytes},
            pk=("run", "card", "section"),
        )
        db.table("import_section").create_index(["card", "section"])
        db.table("import_made").create({"run": str, "what": str, "id": str, "text": str})

    @migrations()
    def m006_mappings(db: Database) -> None:
        db.table("mapping").create(
            {"fingerprint": str, "name": str, "at": str, "body": str}, pk="fingerprint"
        )

    @migrations()
    def m007_origins(db: Database) -> None:
        db.table("import_section").add_column("origins", bytes)

    @migrations()
    def m008_carried(db: Database) -> None:
        db.table("carried").create(
            {"card": str, "section": str, "kind": str, "source": str, "body": bytes},
            pk=("card", "section", "kind"),
        )
        db.table("submission").create(
            {"period": str, "at": str, "sha": str, "pages": int, "unfrozen": str, "reason": str}
        )

    @migrations()
    def m009_bin(db: Database) -> None:
        db.table("card").add_column("deleted", str, not_null_default="")
        db.execute("drop index idx_card_pledge_period")
        db.execute("create unique index idx_card_pledge_period on card (pledge, period) where deleted = ''")

    @migrations()
    def m010_submitted(db: Database) -> None:
        db.table("submitted_pledge").create(
            {"period": str, "pledge": str, "number": str, "title": str, "field": str, "position": int},
            pk=("period", "pledge"),
            if_not_exists=True,
        )

    migrations.apply(db)
