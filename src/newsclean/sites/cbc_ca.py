"""CBC: without the summary of its video or audio."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("cbc.ca",),
    drop=(".detailSummary",),
)
