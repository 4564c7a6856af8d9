"""Cicero: the headline without the line above it, and no author's box."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("cicero.de",),
    drop=(".author-box",),
    title=("h1[itemprop=headline] .h1",),
)
