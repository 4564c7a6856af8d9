"""Shawn Hymel's blog: comments apart."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("shawnhymel.com",),
    comments=("#comments",),
)
