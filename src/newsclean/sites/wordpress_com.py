"""Blogs at WordPress.com: without posts of other blogs in the margin."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("*.wordpress.com",),
    drop=(".rssSummary", ".widget_rss"),
)
