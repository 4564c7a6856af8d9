"""GameStar: without the notes that stand for embedded videos and posts."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("gamestar.de",),
    drop=(".do-display-embed",),
)
