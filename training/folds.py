"""Sites → folds. A site's pages are all in one fold; the split is a fixed hash, so it never changes."""

from __future__ import annotations

import hashlib

FOLDS = 5


def fold_of(site: str, folds: int = FOLDS, salt: str = "") -> int:
    """Return the fold (0 to folds - 1) of a site."""
    return int.from_bytes(hashlib.sha256((salt + site).encode()).digest()[:4], "big") % folds
