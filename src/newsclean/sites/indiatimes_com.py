"""The Times of India and its sisters: without the synopsis of the Economic Times and the rules for commenters."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("indiatimes.com", "*.indiatimes.com"),
    drop=("[id^=wrapper].wrapper", ".artSyn"),
)
