"""GameFAQs' boards: posts without signatures, and without the notice to guests."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("gamefaqs.gamespot.com",),
    drop=(".signature", ".forum_anon"),
)
