"""TurboTax' blog: without the author's box and related articles."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("*.turbotax.intuit.com",),
    drop=(".rkv-related-content", ".entry__meta"),
)
