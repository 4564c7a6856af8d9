"""Folders in which a tool keeps several saves of one page → the best of them: those of ArchiveBox and Zotero."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

ARCHIVEBOX = frozenset(
    """archive.org.txt archive_org dom headers headers.json htmltotext.txt mercury media output.html output.pdf pdf
    readability screenshot screenshot.png singlefile singlefile.html warc wget""".split()
)
"""What ArchiveBox keeps in the folder of a page, beside index.html and index.json about it."""

BEST = ("singlefile.html", "singlefile", "output.html", "dom", "wget", "warc", "readability")
"""Saves of the page, the fullest first: as a browser showed it, its tree, as the server sent it, what is left."""

MIN_SIGNS = 2
"""Names of ARCHIVEBOX in a folder of its own; a site may have one of them by chance."""

ZOTERO = (".zotero-ft-cache", ".zotero-ft-info", ".zotero-ft-unprocessed", ".zotero-pdf-state")
"""What Zotero keeps beside a snapshot, whose older ones lie flat among the frames and scripts of their page."""

PAGES = (".html", ".htm", ".xhtml")


def best_of_snapshot(entries: Sequence[os.DirEntry[str]]) -> str | None:
    """Return the name of the one save to read in the folder of these entries; None where it is no such folder."""
    names = {entry.name for entry in entries}
    if "index.json" in names and len(ARCHIVEBOX & names) >= MIN_SIGNS:
        return next((name for name in BEST if name in names), None)
    pages = [entry for entry in entries if entry.name.lower().endswith(PAGES) and entry.is_file()]
    if len(pages) > 1 and not names.isdisjoint(ZOTERO):
        return max(pages, key=lambda entry: (entry.stat().st_size, entry.name)).name
    return None
