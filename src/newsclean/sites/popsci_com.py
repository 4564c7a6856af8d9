"""Popular Science: without the notice on shopping links."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("popsci.com",),
    drop=(".Article-disclosure",),
)
