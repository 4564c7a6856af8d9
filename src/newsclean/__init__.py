"""The public door: `convert` a saved page into an `Article`. No logic here, and nothing heavy until a name is used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsclean.api import convert, convert_all
    from newsclean.article import Article
    from newsclean.errors import NewscleanError
    from newsclean.model import Metadata, Options

__all__ = ["Article", "Metadata", "NewscleanError", "Options", "__version__", "convert", "convert_all"]

__version__ = "0.1.0"

_HOMES = {
    "Article": "newsclean.article",
    "Metadata": "newsclean.model",
    "NewscleanError": "newsclean.errors",
    "Options": "newsclean.model",
    "convert": "newsclean.api",
    "convert_all": "newsclean.api",
}


def __getattr__(name: str) -> object:
    """Import a public name on first use, so that `import newsclean` and the command's `--help` stay quick."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
