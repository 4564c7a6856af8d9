"""Portal Spożywczy: without the pitch between paragraphs."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("portalspozywczy.pl",),
    drop=(".article > p:-soup-contains('PropertyStock')",),
)
