"""The forum of UsingEnglish."""

from dataclasses import replace

from newsclean.sites._layouts import XENFORO

RULE = replace(XENFORO, hosts=("usingenglish.com",))
