"""iFixit's tools and parts: their plain name, reviews apart, and without what the shop says of itself."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("ifixit.com",),
    drop=("[id^=ComponentSectionServiceV]",),
    comments=("#reviews",),
    title=("[data-testid=product-title]",),
)
