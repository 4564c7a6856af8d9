"""The Motley Fool: without the cards of related topics."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("fool.com",),
    drop=("[data-testid=hub-pages-block]",),
)
