"""Panamá América: without the links to other stories between paragraphs."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("panamaamerica.com.pa",),
    drop=(".notas p:-soup-contains('VEA TAMBIÉN:')",),
)
