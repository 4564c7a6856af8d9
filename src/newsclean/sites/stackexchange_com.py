"""The sites of Stack Exchange."""

from dataclasses import replace

from newsclean.sites._layouts import STACK_EXCHANGE

RULE = replace(STACK_EXCHANGE, hosts=("*.stackexchange.com",))
