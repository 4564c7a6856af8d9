"""arXiv's abstract pages: the abstract alone, without its label, subjects, history and tools."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("arxiv.org",),
    body=("blockquote.abstract",),
    drop=("blockquote.abstract > .descriptor",),
    title=("meta[name=citation_title]@content",),
    authors=("#abs .authors a",),
    published=("meta[name=citation_date]@content",),
)
