"""USA Today: without the key points, which the text says again."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("usatoday.com",),
    drop=("story-highlights",),
)
