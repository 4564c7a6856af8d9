"""The forum of AVForums."""

from dataclasses import replace

from newsclean.sites._layouts import XENFORO

RULE = replace(XENFORO, hosts=("avforums.com",))
