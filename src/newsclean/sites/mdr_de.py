"""MDR: the headline on the page, without the line above it, rather than that for search engines."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("mdr.de",),
    title=("h1 .headline", "h1"),
)
