"""LACRUX: without the appeal for donations and the note on translation."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("lacrux.com",),
    drop=("p.has-dark-gray-color.has-background", "#gt-disclaimer"),
)
