"""LogRocket's blog: without the pitch of its newsletter."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("*.logrocket.com",),
    drop=("#replay-signup",),
)
