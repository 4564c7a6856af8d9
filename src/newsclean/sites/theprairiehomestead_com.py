"""The Prairie Homestead: comments apart."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("theprairiehomestead.com",),
    comments=("#comments",),
)
