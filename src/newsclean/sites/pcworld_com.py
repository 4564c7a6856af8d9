"""PCWorld's buying guides: without the links to full reviews."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("pcworld.com",),
    drop=(".product-chart-review-link",),
)
