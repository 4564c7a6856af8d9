"""20 Minuten: without the poll."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("20min.ch",),
    drop=("[class*=Article_elementPoll]",),
)
