"""The summary forms of a period's cards, as documents and to one file."""

from __future__ import annotations

from pathlib import Path

from govtracker.arithmetic import summary
from govtracker.db.book import Book
from govtracker.db.sections import each_card
from govtracker.export.document import Document
from govtracker.export.summary import documents
from govtracker.export.writers import Publication, writer_of
from govtracker.files import Progress, Written
from govtracker.forms import loader
from govtracker.forms.summary import summary_form
from govtracker.jobs.books import chosen, setting_of


def summaries(book: Book, period: str | None = None, progress: Progress | None = None) -> list[Document]:
    """The summary forms of a period's cards (of the last one if none is named); [] where `progress` said stop.

    Refused where there is no such period, or no card in it.
    """
    entries = chosen(book, (), period)
    setting, counted = setting_of(book, entries[0].period), []
    for done, card in enumerate(each_card(book, entries)):
        if progress and not progress(done, len(entries)):
            return []
        counted.append(summary.entry(loader.find(card.form), card, setting))
    return documents(summary_form(), summary.summarise(counted), setting, book.value("municipality"))


def export_summaries(
    book: Book, out: Path, period: str | None = None, progress: Progress | None = None
) -> Written | None:
    """Write the summary forms to a file, of the kind that its name ends with; None where `progress` said stop.

    FileTrouble where the file can't be written, Refused as for `summaries` and where nothing writes such files.
    """
    writer = writer_of(out)
    forms = summaries(book, period, progress)
    if not forms:
        return None
    title = f"{book.value('municipality')} {summary_form().title}"
    return writer.write(out, Publication(forms, title=title))
