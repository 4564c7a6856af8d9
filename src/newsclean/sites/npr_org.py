"""NPR's transcripts: without the note on their accuracy."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("npr.org",),
    drop=(".transcript .disclaimer",),
)
