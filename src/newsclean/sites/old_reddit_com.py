"""Reddit's old pages: the post and every comment, without the community's rules beside them and pinned notices."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("old.reddit.com",),
    keep=(".comment:not(.stickied) > .entry .md",),
    drop=(".side", ".stickied.comment", ".read-next", ".thing.link .tagline"),
    title=(".thing.link a.title",),
    authors=(".thing.link .tagline .author",),
    published=(".thing.link .tagline time",),
)
