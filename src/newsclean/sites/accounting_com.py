"""Accounting.com: without the contributors' box and cards of other guides."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("accounting.com",),
    drop=(".ss-contributorbyline", ".ss-bc-cards-grid"),
)
