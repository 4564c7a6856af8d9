"""Cicero: without the author's box."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("cicero.de",),
    drop=(".author-box",),
)
