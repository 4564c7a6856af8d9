"""The Points Guy: without the notice on advertisers."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("thepointsguy.com",),
    drop=(".editorial-disclosure",),
)
