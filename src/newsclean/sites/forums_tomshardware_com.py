"""The forum of Tom's Hardware."""

from dataclasses import replace

from newsclean.sites._layouts import XENFORO

RULE = replace(XENFORO, hosts=("forums.tomshardware.com",))
