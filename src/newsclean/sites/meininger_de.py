"""Meininger: without the issue's contents beside the text, teasers, and the choices of data protection."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("meininger.de",),
    drop=(".right-column", ".views-row", "[class*=sp-dsgvo]"),
)
