"""David Bau's blog: comments apart."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("davidbau.com",),
    comments=(".comments-body",),
)
