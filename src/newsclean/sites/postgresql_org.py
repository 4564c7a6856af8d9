"""PostgreSQL's manual: without the invitation to correct it."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("postgresql.org",),
    drop=("#docComments",),
)
