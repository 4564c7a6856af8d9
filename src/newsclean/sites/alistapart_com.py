"""A List Apart: without the articles related to it."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("alistapart.com",),
    drop=(".ala-single-sidebar-wrapper",),
)
