"""Attac France: without the appeal for donations and articles on the same topic."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("france.attac.org",),
    drop=("#aside", ".soutenez", ".articles_connexes", ".span4 > .thumbnail"),
)
