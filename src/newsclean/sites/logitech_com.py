"""Logitech's guides: without the cards of related pages."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("logitech.com",),
    drop=(".related-pages",),
)
