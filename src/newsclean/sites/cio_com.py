"""CIO: without the author's box and the rail of related content."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("cio.com",),
    drop=(".author-bio", "#rightrail-wrapper"),
)
