"""Fine Woodworking's forum: who asked, and the answers as comments on the question."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("finewoodworking.com",),
    comments=(".comments__list",),
    authors=(".question__info a.author",),
    published=(".question__info time",),
)
