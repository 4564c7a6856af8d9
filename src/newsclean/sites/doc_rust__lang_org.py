"""The Rust books: the chapter's title rather than the book's."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("doc.rust-lang.org",),
    title=(".content > main > h1:first-child, .content > main > h2:first-child",),
)
