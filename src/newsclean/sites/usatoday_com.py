"""USA Today: authors without the paper's name, and no key points, which the text says again."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("usatoday.com",),
    drop=("story-highlights",),
    authors=(".byline-section a.authors",),
)
