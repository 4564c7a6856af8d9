"""neunzehn72: without the author's box."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("neunzehn72.de",),
    drop=(".saboxplugin-wrap",),
)
