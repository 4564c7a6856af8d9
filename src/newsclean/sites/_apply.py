"""A rule of any kind + a source or tree → the source it wants parsed, its Application. Loads what the kind needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from newsclean.sites._ftr import FtrRule
from newsclean.sites._rule import SiteRule

if TYPE_CHECKING:
    from lxml import etree

    from newsclean.sites._rule import Application

Rule: TypeAlias = SiteRule | FtrRule


def rewrite(rule: Rule, source: str) -> str:
    """Return the source to parse, with the replacements that a rule asks for."""
    if isinstance(rule, SiteRule):
        return source
    from newsclean.sites._ftr_run import replace_strings

    return replace_strings(rule, source)


def apply_rule(rule: Rule, root: etree._Element) -> Application:
    """Return what a rule says of a tree, which it may edit."""
    if isinstance(rule, SiteRule):
        from newsclean.sites._css import apply_selectors  # BeautifulSoup only where such a rule speaks

        return apply_selectors(rule, root)
    from newsclean.sites._ftr_run import run_directives

    return run_directives(rule, root)
