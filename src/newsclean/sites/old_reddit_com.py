"""Reddit's old pages: the post and its comments, without the community's rules beside them and pinned notices."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("old.reddit.com",),
    drop=(".side", ".stickied.comment", ".read-next"),
    title=(".thing.link a.title",),
    authors=(".thing.link .tagline .author",),
    published=(".thing.link .tagline time",),
)
