"""TAG24: without the list of other stories."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("tag24.de",),
    drop=(".article-tile",),
)
