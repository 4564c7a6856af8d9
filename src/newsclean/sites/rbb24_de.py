"""rbb24: without teasers of other stories."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("rbb24.de",),
    drop=(".articlescontlist",),
)
