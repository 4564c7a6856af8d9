"""The forum of Australian Frequent Flyer."""

from dataclasses import replace

from newsclean.sites._layouts import XENFORO

RULE = replace(XENFORO, hosts=("australianfrequentflyer.com.au",))
