"""Fuzzing led by coverage, with atheris (extra "fuzz").

    python -m tests.hostile.coverage TARGET [SEEDS…] [-max_total_time=60]

A target takes bytes to one stage; what it raises besides NewscleanError (and ValueError, for rules) is a finding, which
libFuzzer writes to a file of its own. Without SEEDS it begins with the small pages of fixtures/.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import atheris

SOURCE = Path(__file__).parents[2] / "src"
TREES = [".".join(path.relative_to(SOURCE).with_suffix("").parts) for path in SOURCE.rglob("trained/*.py")]
"""What training writes: thousands of branches that say nothing of hostile input."""

with atheris.instrument_imports(include=["newsclean"], exclude=TREES):
    from newsclean import NewscleanError, Options, convert, convert_all
    from newsclean.facts import read_metadata
    from newsclean.page.html import parse_html
    from newsclean.page.tree import parse_tree
    from newsclean.runs.journal import Journal, recorded_outputs
    from newsclean.sites._ftr import parse_ftr

from tests.cases import FIXTURES  # noqa: E402 - what is imported before is not instrumented

LARGEST_SEED = 4_096
"""Bytes of a seed; longer ones slow down what fuzzing lives from."""
MAX_LEN = 20_000


def page(data: bytes) -> None:
    """Bytes → Article → everything that shows it."""
    with suppress(NewscleanError):
        article = convert(data, options=Options(comments=True))
        article.to_json(verdicts=True).encode()
        assert article.html and article.markdown


def text(data: bytes) -> None:
    """Flattened text → articles."""
    with suppress(NewscleanError):
        for article in convert_all(data, options=Options(input_kind="text")):
            article.to_json().encode()


def tree(data: bytes) -> None:
    """Text → tree → blocks."""
    source = data.decode("utf-8", "surrogatepass" if data[:1] == b"\xed" else "replace")
    parse_tree(source)
    parse_html(source)


def metadata(data: bytes) -> None:
    """JSON-LD, meta elements and script data → metadata."""
    source = data.decode("utf-8", "replace")
    frames = ('<script type="application/ld+json">{}</script>', '<meta name="author" content="{}"><time>{}</time>')
    for frame in frames:
        read_metadata(parse_html(f"<head>{frame.replace('{}', source)}</head><p>text</p>", "https://example.org/"))


def container(data: bytes) -> None:
    """Bytes behind the head of every kind of container → articles."""
    heads = (b"WARC/1.0\r\n", b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n", b"bplist00")
    for head in (
        b"",
        *heads,
        b'<?xml version="1.0"?><rss><channel><item>',
        b'{"log":{"version":"1.2","entries":[',
        b"PK\3\4",
    ):
        with suppress(NewscleanError):
            convert_all(head + data)


def rule(data: bytes) -> None:
    """An ftr-site-config file → its directives."""
    with suppress(ValueError):
        parse_ftr(data.decode("utf-8", "replace"), "example.org")


def journal(data: bytes) -> None:
    """What another run, or nobody, wrote into an output folder → what is up to date."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, ".newsclean.jsonl").write_bytes(data)
        list(recorded_outputs(folder))
        with Journal(folder) as book:
            book.find("a.md")


TARGETS = {target.__name__: target for target in (page, text, tree, metadata, container, rule, journal)}


def main() -> None:
    """Fuzz the target that the first argument names."""
    name, arguments = sys.argv[1], sys.argv[2:]
    with tempfile.TemporaryDirectory() as seeds:
        if not any(not argument.startswith("-") for argument in arguments):
            for number, path in enumerate(sorted((*FIXTURES.rglob("page.html"), *FIXTURES.rglob("page.txt")))):
                if path.stat().st_size <= LARGEST_SEED:
                    Path(seeds, str(number)).write_bytes(path.read_bytes())
            arguments.append(seeds)
        atheris.Setup([sys.argv[0], f"-max_len={MAX_LEN}", *arguments], TARGETS[name])
        atheris.Fuzz()


if __name__ == "__main__":
    main()
