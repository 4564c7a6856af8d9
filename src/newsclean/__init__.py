"""The public door: `convert` a saved page into an `Article`. No logic here, and nothing heavy until a name is used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsclean.api import convert, convert_all
    from newsclean.article import Article
    from newsclean.errors import (
        ConversionTimeoutError,
        DecodeError,
        InputError,
        NewscleanError,
        NoArticleError,
        OptionsError,
        OutputError,
        WorkerError,
    )
    from newsclean.model import Metadata, Options
    from newsclean.runs.cluster import convert_cluster
    from newsclean.runs.many import convert_folder, convert_many
    from newsclean.runs.options import Progress, RunOptions
    from newsclean.runs.process import Limits
    from newsclean.runs.report import Outcome, Report

__all__ = [
    "Article",
    "ConversionTimeoutError",
    "DecodeError",
    "InputError",
    "Limits",
    "Metadata",
    "NewscleanError",
    "NoArticleError",
    "Options",
    "OptionsError",
    "Outcome",
    "OutputError",
    "Progress",
    "Report",
    "RunOptions",
    "WorkerError",
    "__version__",
    "convert",
    "convert_all",
    "convert_cluster",
    "convert_folder",
    "convert_many",
]

__version__ = "0.1.0"

_HOMES = {
    "Article": "newsclean.article",
    "Metadata": "newsclean.model",
    "Options": "newsclean.model",
    "convert": "newsclean.api",
    "convert_all": "newsclean.api",
    "convert_cluster": "newsclean.runs.cluster",
    "convert_folder": "newsclean.runs.many",
    "convert_many": "newsclean.runs.many",
    "Limits": "newsclean.runs.process",
    "Outcome": "newsclean.runs.report",
    "Progress": "newsclean.runs.options",
    "Report": "newsclean.runs.report",
    "RunOptions": "newsclean.runs.options",
}
"""Public name → module; the errors come from one."""


def __getattr__(name: str) -> object:
    """Import a public name on first use, so that `import newsclean` and the command's `--help` stay quick."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(_HOMES.get(name, "newsclean.errors")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
