"""Finanztip: without the notice on how it earns its money."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("finanztip.de",),
    drop=("#affiliateText",),
)
