"""Us Weekly: without the linked story in the middle and the notice on shopping links."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("usmagazine.com",),
    drop=(".link-related", ".shop-with-us__disclaimer"),
)
