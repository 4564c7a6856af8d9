"""Slashdot's stories: the poster's name is a link in the byline."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("slashdot.org", "*.slashdot.org"),
    authors=(".story-byline > a[rel=nofollow], .story-byline > a",),
)
