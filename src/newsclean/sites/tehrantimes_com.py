"""Tehran Times: without the summary, which repeats the first paragraph."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("tehrantimes.com",),
    drop=("p.summary",),
)
