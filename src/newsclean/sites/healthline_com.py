"""Healthline's articles: the body keeps its lists and tables, and loses asides and the notice on affiliate links."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("healthline.com",),
    body=("article.article-body",),
    drop=("aside", "button", ".affiliate-disclaimer"),
)
