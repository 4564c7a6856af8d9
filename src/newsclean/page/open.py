"""Record → Opened: its bytes unpacked, told from what is no page, decoded, and asked where they were saved from.

The one way from bytes to text. Parsing comes after: of HTML in html.py, of flattened text in a room above.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsclean.errors import InputError
from newsclean.page.archived import original_address
from newsclean.page.decode import decode, unpack
from newsclean.page.foreign import signed_kind
from newsclean.page.provenance import read_provenance
from newsclean.page.sniff import foreign_kind, input_kind

if TYPE_CHECKING:
    from newsclean.model import InputKind, Options, Record

MAX_UNPACKED = 200_000_000
"""Bytes that a compressed input may unpack to; real pages stay under 20 MB."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A page as text, before it is parsed."""

    text: str = field(repr=False)
    kind: InputKind
    encoding: str
    """As in Decoded."""
    url: str | None
    """Where it was saved from: as the record knows it, else as the page's own marks tell."""
    saved_at: str | None
    """When, likewise."""
    warnings: tuple[str, ...] = ()


def open_record(record: Record, options: Options) -> Opened:
    """Return the text of a record and what is known of it.

    Raises InputError for what is no page, DecodeError for an unknown encoding.
    """
    data = record.data if isinstance(record.data, str) else _page_bytes(record, record.data, options)
    decoded = decode(data, options.encoding, charset=record.charset)
    kind = input_kind(decoded.text) if options.input_kind == "auto" else options.input_kind
    marks = read_provenance(decoded.text)
    given, archived = original_address(record.url)
    url, saved_at = given or marks.url, record.saved_at or archived or marks.saved_at
    warnings = (f"repaired text that was encoded twice ({decoded.repaired} places)",) if decoded.repaired else ()
    return Opened(decoded.text, kind, decoded.encoding, url, saved_at, warnings)


def _page_bytes(record: Record, packed: bytes, options: Options) -> bytes:
    """Return what is inside the bytes of a record; raises InputError where that is no page."""
    try:
        data = unpack(packed, MAX_UNPACKED)
    except InputError as error:
        raise InputError(error.message, source=record.name, remedy=error.remedy) from error
    if not data.strip():
        raise InputError("is empty", source=record.name, remedy="save the page again")
    foreign = foreign_kind(data) if options.input_kind == "auto" and options.encoding is None else signed_kind(data)
    if foreign:
        raise InputError(f"is {foreign.name}, not a saved page", source=record.name, remedy=foreign.remedy)
    return data
