"""Conductor's academy: without the boxes that point to its own reports."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("conductor.com",),
    drop=("section[class*=HighlightBox_]",),
)
