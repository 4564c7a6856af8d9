"""NRK: without the links to other stories between paragraphs."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("nrk.no",),
    drop=(".reference.plug",),
)
