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
    """How inputs are converted together; what is done with each page is said by Options. Plain data."""

    to: Format = "markdown"
    """Format of the outputs."""
    url: str | None = None
    """Where the pages were saved from, where they do not say it."""
    join_pages: bool = False
    """Whether the pages of one article, saved in one folder, become one article."""
    split: bool = False
    """Whether each article of a text that holds several becomes one of its own."""
    learn: bool = False
    """Whether what repeats on the pages of a site is taken out of them, after a first look at all."""
    force: bool = False
    """Whether to convert again what is up to date, and to write over what was edited or is somebody else's."""
    report: str | None = None
    """File for a line of JSON an input."""
    removed: str | None = None
    """File or folder for the lists of what was taken out."""
    media: str | None = None
    """Folder for the pictures saved with the pages, which the articles then link to."""
    explain: bool = False
    """Whether outcomes say for each block of the page why it was kept or dropped."""
    dedupe: Dedupe | None = None
    """Whether only the first of several inputs with one text is kept, by the time it was saved, then in their order."""
    choice: Choice = Choice()
    """Which of the inputs are meant; all unless said."""
    filters: Filters = Filters()
    """Which of their pages are wanted; others are left out."""
    dry_run: bool = False
    """Whether to say what would be done, and do nothing."""
    retry_failed: bool = False
    """Whether to convert again what gave no article in an earlier run with the same options into the same folder."""
    limits: Limits = Limits()
    """What one input may take."""
    name: str | None = None
    """Pattern of the outputs' names in a folder, such as "{date}-{slug}"; None: those of the inputs."""

    def __post_init__(self) -> None:
        """Raise OptionsError for a pattern that names something unknown."""
        if self.name is not None:
            check_pattern(self.name)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is."""

    stage: Literal["learn", "compare", "convert"]
    """"compare": inputs are converted, and wait until all can be compared; they are told of after that."""
    done: int
    total: int
    """Inputs of this stage that are done, and all of them: as counted so far while they are still being found."""
    outcome: Outcome | None = None
    """What became of the input that was done last."""
    by_name: bool = True
    """Whether it was named by the caller, and not found in a folder."""
    note: str | None = None
    """What the stage as a whole came to, at its end."""
