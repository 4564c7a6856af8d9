"""A body → a whole HTML page that loads nothing: its own style and script are named to the browser by their hashes."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib.resources import files
from string import Template

from newsclean import __version__
from newsclean.render.safe import verbatim


def resource(package: str, name: str) -> str:
    """Return a file that lies beside the modules of a package."""
    return files(package).joinpath(name).read_text("utf-8")


def shown(text: str) -> str:
    """Return text as text of a page, with nothing in it that a reader does not see."""
    return escape(verbatim(text))


def framed(title: str, skip: tuple[str, str], body: str, style: str, script: str = "") -> str:
    """Return a body as a whole page. `skip` is the anchor and the name of the link that the Tab key meets first."""
    style = resource("newsclean.explain", "frame.css") + style
    of_script = f"; script-src {_hash_of(script)}" if script else ""
    anchor, name = skip
    return Template(resource("newsclean.explain", "frame.html")).substitute(
        policy=f"default-src 'none'; style-src {_hash_of(style)}{of_script}; base-uri 'none'; form-action 'none'",
        version=shown(__version__),
        title=shown(title),
        style=style,
        anchor=anchor,
        skip=shown(name),
        body=body + (f"\n<script>{script}</script>" if script else ""),
    )


def _hash_of(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
