"""Wikipedia in all languages, articles and lists: the body without contents, edit links, boxes of links and notices."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("*.wikipedia.org",),
    body=("#bodyContent",),
    drop=(
        "#siteSub",
        "#contentSub",
        "#toc, .toc",
        ".mw-editsection",
        ".navbox, .vertical-navbox, .sidebar",
        ".ambox",
        ".catlinks",
        ".printfooter",
        ".noprint",
        ".mw-jump-link",
        ".hatnote",
    ),
)
