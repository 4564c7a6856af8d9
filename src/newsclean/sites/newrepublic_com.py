"""The New Republic: the post that was asked for, without those stacked below it."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("newrepublic.com",),
    drop=("article.post ~ article.post",),
)
