"""Arch Linux' forum, a FluxBB: title, author and day of the first post; posts without signatures."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("bbs.archlinux.org",),
    drop=(".postsignature",),
    title=(".firstpost .postright > h3",),
    authors=(".firstpost .postleft dt strong",),
    published=(".firstpost h2 a",),
)
