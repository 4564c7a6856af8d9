"""Rules of software that many sites run: a host's rule is one of these with its hosts."""

from newsclean.sites._rule import SiteRule

XENFORO = SiteRule(
    hosts=(),
    drop=(".message-signature", ".bbCodeBlock--unfurl", ".message-cell--user", ".message-attribution"),
    authors=(".p-description a.username",),
)
"""Posts without signatures, cards of links and what stands around them; the author is who began the thread."""

STACK_EXCHANGE = SiteRule(
    hosts=(),
    drop=(".js-vote-count",),
    authors=("#question .post-signature.owner .user-details a",),
    comments=(".comments",),
)
"""Posts without votes and the remarks below them; the author is the asker, without the reputation."""

NODEBB = SiteRule(hosts=(), drop=(".alert", ".post-header"))
"""Posts without the notices above and below them, and without the lines that say who wrote them and when."""

PHPBB = SiteRule(
    hosts=(),
    drop=(".signature", ".postbody h3:not(.first)"),
    authors=("h3.first ~ .author strong a",),
    published=("h3.first ~ .author time", "h3.first ~ .author"),
)
"""Posts without signatures and repeated subjects; author and time are those of the first post."""
