"""Microsoft Learn: the day of the page's own date field."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("learn.microsoft.com",),
    published=('meta[name="ms.date"]@content',),
)
