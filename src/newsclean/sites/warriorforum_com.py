"""Warrior Forum: posts without signatures and the templates of its notices."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("warriorforum.com",),
    drop=(".DiscussionBoard-signature", ".DiscussionBoard-contentAlert"),
)
