"""Substack's newsletters: without the boxes that ask for a subscription."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("*.substack.com",),
    drop=(".subscription-widget-wrap", ".subscription-widget-wrap-editor"),
)
