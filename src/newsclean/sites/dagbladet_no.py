"""Dagbladet: without fact boxes and summaries by machine. Since about 2025 a second article stands below the first."""

from newsclean.sites._rule import SiteRule

RULES = (
    SiteRule(hosts=("dagbladet.no",), drop=("#mainArticleSection ~ article", "#second-article", ".factbox")),
    SiteRule(hosts=("dagbladet.no",), drop=("aside.factbox", ".aiArticleSummary"), until="2025-06-30"),
)
