"""TopSpeed: without the notes on sources and cards of other stories."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("topspeed.com",),
    drop=(".emaki-custom-note", ".display-card"),
)
