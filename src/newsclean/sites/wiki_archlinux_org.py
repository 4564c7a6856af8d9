"""ArchWiki: without the box of related articles."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("wiki.archlinux.org",),
    drop=(".archwiki-template-meta-related-articles",),
)
