"""Qt's forum."""

from dataclasses import replace

from newsclean.sites._layouts import NODEBB

RULE = replace(NODEBB, hosts=("forum.qt.io",))
