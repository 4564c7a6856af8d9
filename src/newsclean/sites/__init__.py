"""Site rules: one small file a host, found by its name: `<host>.py` here, the user's `<host>.toml` or `<host>.txt`.

`example.com` is `example_com.py` here ("-" becomes "__", a leading digit gets "site_" in front), and holds `RULE`, a
SiteRule, or `RULES`, several of them by date.
"""

from newsclean.sites._apply import Rule, apply_rule, rewrite
from newsclean.sites._folders import RuleFile, fingerprint, rule_files
from newsclean.sites._lookup import archived_day, find_rules, load, page_hosts, shipped
from newsclean.sites._rule import ANY, SiteRule, text_key
from newsclean.sites._ruling import Ruling, rule_on

__all__ = [
    "ANY",
    "Rule",
    "RuleFile",
    "Ruling",
    "SiteRule",
    "apply_rule",
    "archived_day",
    "find_rules",
    "fingerprint",
    "load",
    "page_hosts",
    "rewrite",
    "rule_files",
    "rule_on",
    "shipped",
    "text_key",
]
