"""Novalanalove: without teasers of other posts."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("novalanalove.com",),
    drop=(".post_teaser",),
)
