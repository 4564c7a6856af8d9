"""How likely title, authors and day of publication are right, by where they were found and what other sources say.

`python -m training.fields` measures it on pages with gold and writes trained/trust.py; nothing is chosen here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from newsclean.facts.datelines import COUNTED_BACK
from newsclean.facts.rivals import agreeing
from newsclean.facts.trained.trust import TRUST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsclean.facts.rivals import Claim
    from newsclean.model import Metadata

FIELDS = ("title", "authors", "published")
_DECLARED = ("JSON-LD", "meta ", "itemprop")
_UNMEASURED = ("site rule", "container", "front matter")
_NAMED = {
    "h1": "h1",
    "headline": "line",
    "title element": "title element",
    "URL": "address",
    "name beside the headline": "bare name",
    "name of the site": "bare name",
}
ONLY_DATE = "(the only date)"


def group_of(field: str, metadata: Metadata, claims: Mapping[str, list[Claim]]) -> str | None:
    """Return the group of pages that a field is like, "h1, contested"; None where it is not known or not measured."""
    value, where = getattr(metadata, field), dict(metadata.found_in).get(field, "")
    if not value or not where or where.startswith(_UNMEASURED) or where.endswith(COUNTED_BACK):
        return None
    if where.endswith(ONLY_DATE):
        source = "only date"
    elif where.startswith(_DECLARED):
        source = "declared"
    else:
        source = _NAMED.get(where, "shown")
    return f"{source}, {_standing(field, value, metadata, claims)}"


def _standing(field: str, value: str | tuple[str, ...], metadata: Metadata, claims: Mapping[str, list[Claim]]) -> str:
    """Return "contested" where a source says something else, "agreed" where several say the same, else "alone"."""
    if any(rival.field == field for rival in metadata.rivals):
        return "contested"
    text = value if isinstance(value, str) else ", ".join(value)
    return "agreed" if len(agreeing(field, text, claims.get(field, ()))) > 1 else "alone"


def with_trust(metadata: Metadata, claims: Mapping[str, list[Claim]]) -> Metadata:
    """Return the metadata with how far each of FIELDS can be trusted; None where that was never measured."""
    groups = {field: group_of(field, metadata, claims) for field in FIELDS}
    found: dict[str, Any] = {f"{field}_confidence": TRUST[field].get(group or "") for field, group in groups.items()}
    return replace(metadata, **found)
