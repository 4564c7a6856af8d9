"""100% Noticias of Nicaragua: without the links to other stories between paragraphs."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("100noticias.com.ni",),
    drop=(".story-body > p:-soup-contains('Lea:', 'Lea más:', 'Lea también:')",),
)
