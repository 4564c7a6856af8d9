"""Backen macht glücklich: without the author's box."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("backenmachtgluecklich.de",),
    drop=(".bmg-author-box",),
)
