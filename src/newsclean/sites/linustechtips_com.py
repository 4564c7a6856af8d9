"""Linus Tech Tips, an Invision forum: posts without signatures."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("linustechtips.com",),
    drop=("[data-role=memberSignature]",),
)
