"""XDA: without cards of other stories."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("xda-developers.com",),
    drop=(".display-card",),
)
