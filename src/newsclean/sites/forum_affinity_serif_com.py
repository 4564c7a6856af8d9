"""Affinity's forum, an Invision one: posts without signatures and the box of most popular posts."""

from newsclean.sites._rule import SiteRule

RULE = SiteRule(
    hosts=("forum.affinity.serif.com",),
    drop=("[data-role=memberSignature]", ".ipsEntry__signature", ".cTopicOverviewContainer"),
)
