"""What can go wrong with an input, each with a message that names the source and a remedy."""

from __future__ import annotations


class NewscleanError(Exception):
    """Base of all errors that newsclean raises on purpose.

    `source` is the input concerned (a path, "<stdin>"), or None; `remedy` is what the user can do, or None.
    """

    def __init__(self, message: str, *, source: str | None = None, remedy: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.source = source
        self.remedy = remedy

    def __str__(self) -> str:
        """Return `source: message (remedy)` with the absent parts left out."""
        head = f"{self.source}: {self.message}" if self.source else self.message
        return f"{head} ({self.remedy})" if self.remedy else head

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle with the keyword fields, so that a worker process can hand the error to its parent."""
        return _rebuild, (type(self), self.message, self.source, self.remedy)


def _rebuild(kind: type[NewscleanError], message: str, source: str | None, remedy: str | None) -> NewscleanError:
    return kind(message, source=source, remedy=remedy)


class InputError(NewscleanError):
    """The input cannot be read: it is missing, too large, not a page, or without permission."""


class OptionsError(NewscleanError, ValueError):
    """An option has an invalid value, or two options contradict each other."""


class DecodeError(NewscleanError):
    """The bytes are not text in the given encoding."""


class NoArticleError(NewscleanError):
    """No article was found on the page."""

    @classmethod
    def on(cls, source: str, reason: str | None = None, remedy: str | None = None) -> NoArticleError:
        """Return the error of an input without an article, with the reason where it is known."""
        return cls(f"no article found: {reason}" if reason else "no article found", source=source, remedy=remedy)


class ConversionTimeoutError(NewscleanError):
    """The input exceeded the time limit."""

    @classmethod
    def after(cls, seconds: float) -> ConversionTimeoutError:
        """Return the error of an input that was given up after this many seconds."""
        return cls(f"took longer than {seconds:g} s", remedy=None)


class WorkerError(NewscleanError):
    """The worker process died on this input (a crash, or out of memory)."""


class OutputError(NewscleanError):
    """The output cannot be written: a file where a folder is needed, no permission, a missing extra."""
