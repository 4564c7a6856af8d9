"""The forum of Bogleheads."""

from dataclasses import replace

from newsclean.sites._layouts import PHPBB

RULE = replace(PHPBB, hosts=("bogleheads.org",))
