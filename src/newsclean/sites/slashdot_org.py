"""Slashdot's stories: the discussion below is the readers', and the poster's name is a link in the byline."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("slashdot.org", "*.slashdot.org"),
    comments=("#commentlisting",),
    authors=(".story-byline > a[rel=nofollow], .story-byline > a",),
)
