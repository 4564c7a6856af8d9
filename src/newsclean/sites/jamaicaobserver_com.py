"""Jamaica Observer: without the rules for commenters."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("jamaicaobserver.com",),
    drop=("#comment_rules",),
)
