"""Mashable: without the warning on prices."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("mashable.com",),
    drop=("[role=alert]",),
)
