"""Fine Woodworking's forum: the answers are comments on the question."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("finewoodworking.com",),
    comments=(".comments__list",),
)
