"""Web Hosting Talk, a vBulletin: posts without signatures."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("webhostingtalk.com",),
    drop=(".signature",),
)
