"""Klub Jagielloński: without the box on what kind of text this is."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("klubjagiellonski.pl",),
    drop=(".block-content_breaker",),
)
