"""IKEA's products and ranges: reviews apart, and without the promotion above a range."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("ikea.com",),
    drop=(".plp-hero-content-slot-wrapper", ".pipf-more-ways-to-pay"),
    comments=(".pipf-seo-reviews",),
)
