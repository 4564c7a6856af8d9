"""The Hechinger Report: without the appeal for donations and the letter's sign-up."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("hechingerreport.org",),
    drop=(".below-content", ".entry-content > aside"),
)
