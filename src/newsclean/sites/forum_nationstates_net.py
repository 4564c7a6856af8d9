"""The forum of NationStates."""

from dataclasses import replace

from newsclean.sites._layouts import PHPBB

RULE = replace(PHPBB, hosts=("forum.nationstates.net",))
