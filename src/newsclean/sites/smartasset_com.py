"""SmartAsset: without the form for advisors."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("smartasset.com",),
    drop=("[class*=FormDemo_]",),
)
