"""The forum of Canadian Hobby Metal Workers."""

from dataclasses import replace

from newsclean.sites._layouts import XENFORO

RULE = replace(XENFORO, hosts=("canadianhobbymetalworkers.com",))
