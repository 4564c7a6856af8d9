"""Le Figaro and its magazines: without the links to other stories between paragraphs."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("lefigaro.fr", "*.lefigaro.fr"),
    drop=("p:-soup-contains('À lire aussi')",),
)
