"""Boing Boing: without the teasers of the next posts."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("boingboing.net",),
    drop=("#next-post-thumbnails",),
)
