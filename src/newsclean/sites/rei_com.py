"""REI: the name on the page rather than that for search engines, and without the banner of the members' sale."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("rei.com",),
    drop=(".mbr-billboard", ".expertise-chat__container"),
    title=("h1",),
)
