"""Nation News of Barbados: without the pitches of its app and edition."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("nationnews.com",),
    drop=("article > p:-soup-contains('breaking news updates download', 'Subscribe now to our')",),
)
