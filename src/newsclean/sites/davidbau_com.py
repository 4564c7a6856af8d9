"""David Bau's blog: the post's title without the blog's, and comments apart."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("davidbau.com",),
    comments=(".comments-body",),
    title=("h3.title",),
)
