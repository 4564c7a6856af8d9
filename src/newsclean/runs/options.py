"""What may be asked of a run over many inputs, and what it tells on the way. Plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from newsclean.runs.filters import Filters
from newsclean.runs.find import Choice
from newsclean.runs.names import check_pattern
from newsclean.runs.process import Limits

if TYPE_CHECKING:
    from newsclean.runs.output import Format
    from newsclean.runs.report import Outcome
    from newsclean.runs.sketch import Dedupe


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How to convert many inputs; Options say how to convert each page. Plain data."""

    to: Format = "markdown"
    """Format of the outputs."""
    url: str | None = None
    """Address the pages were saved from, if they do not say."""
    join_pages: bool = False
    """Whether to merge the pages of one article, saved in one folder, into one."""
    split: bool = False
    """Whether to split a text that holds several articles, such as a newsletter."""
    learn: bool = False
    """Whether to learn first what repeats on the pages of each site, and remove it."""
    force: bool = False
    """Whether to convert again what is up to date, and overwrite files that newsclean did not write as they are."""
    report: str | None = None
    """File for the report: one line of JSON per input."""
    removed: str | None = None
    """File or folder for lists of what was removed."""
    media: str | None = None
    """Folder for the pictures saved with the pages; the articles link to them there."""
    explain: bool = False
    """Whether outcomes say why each block was kept or dropped."""
    dedupe: Dedupe | None = None
    """Of inputs with the same text ("exact"), or nearly the same ("near"), keep only the one saved first."""
    choice: Choice = Choice()
    """Which inputs to convert; all by default."""
    filters: Filters = Filters()
    """Which pages to keep; others are left out."""
    dry_run: bool = False
    """Whether to only say what would be done."""
    retry_failed: bool = False
    """Whether to retry inputs that gave no article in an earlier run with the same options into the same folder."""
    limits: Limits = Limits()
    """Limits on time and memory per input."""
    name: str | None = None
    """Pattern for the names of outputs in a folder, such as "{date}-{slug}"; None keeps those of the inputs."""

    def __post_init__(self) -> None:
        """Raise OptionsError for a pattern that names something unknown."""
        if self.name is not None:
            check_pattern(self.name)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is."""

    stage: Literal["learn", "compare", "convert"]
    """In "compare", inputs are converted and wait until all can be compared; only then are they reported."""
    done: int
    total: int
    """Inputs of this stage that are done, and all inputs found so far."""
    outcome: Outcome | None = None
    """The outcome of the input that was done last."""
    by_name: bool = True
    """Whether the caller named it, rather than a folder that holds it."""
    note: str | None = None
    """What the stage as a whole came to, at its end."""
