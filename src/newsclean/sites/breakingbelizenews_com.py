"""Breaking Belize News: without the notice of copyright and the pitch to advertisers."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("breakingbelizenews.com",),
    drop=("p.desktoponly", "p:-soup-contains('most visited news site')"),
)
