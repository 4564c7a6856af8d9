"""Regular expressions that are compiled when they are first used: newsclean has over 500, and most pages need few."""

from __future__ import annotations

import re
from typing import AnyStr, cast

_METHODS = ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")


class Later:
    """Stands for a compiled pattern, whose methods become its own with the first of them that is asked for."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def compiled(self) -> re.Pattern[str]:
        """Return the pattern; of bytes too, which the type does not say."""
        return re.compile(cast("str", self.pattern), self._flags)

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)  # what copies and pickles objects asks for more than patterns have
        compiled = self.compiled()
        vars(self).update((method, getattr(compiled, method)) for method in _METHODS)
        return getattr(compiled, name)


def later(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what `re.compile` does, without compiling yet: tests tell a broken pattern, not the import."""
    return cast("re.Pattern[AnyStr]", Later(pattern, flags))
