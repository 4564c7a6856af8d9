"""Notes after the user's own template: what it may name, and that it can do no harm."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

import newsclean
from newsclean.errors import OptionsError
from newsclean.model import Options
from newsclean.render import template as under_test
from newsclean.render.template import compile_template, render_template
from newsclean.words import slug
from tests.saved import page, save_pages
from tests.test_cli import invoke

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def afresh() -> None:
    compile_template.cache_clear()


def note(template: str, **options: str) -> str:
    return newsclean.convert(page("Ferry: still out"), options=Options(template=template, **options)).markdown  # type: ignore[arg-type]


def test_names_the_keys_of_the_json_object() -> None:
    made = note("{{ title }} / {{ language }} / {{ author | join(', ') }} / {{ word_count }} / {{ published }}!")
    assert made.startswith("Ferry: still out / en /  / ")
    assert made.endswith(" / !\n")


def test_has_front_matter_and_body() -> None:
    article = newsclean.convert(page(), options=Options(fields=(("kind", "clipping"),)))
    template = "{{ front_matter }}\n\n# {{ title }}\n\n{{ body }}"
    assert newsclean.convert(page(), options=Options(template=template, fields=(("kind", "clipping"),))).markdown == (
        article.markdown
    )


def test_writes_any_value_as_yaml_and_titles_as_slugs() -> None:
    assert note("---\nname: {{ title | yaml }}\nlist: {{ tags | yaml }}\n---\n{{ title | slug }}") == (
        '---\nname: "Ferry: still out"\nlist: []\n---\nferry-still-out\n'
    )


def test_goes_over_blocks() -> None:
    made = note(
        "{% for block in blocks if block.type == 'paragraph' %}\n{{ loop.index }} {{ block.text[:9] }}\n{% endfor %}"
    )
    assert made.split("\n")[0] == "1 The ferry"
    assert len(made.split("\n")) == 4


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{{ titel }}", "'titel' is undefined"),
        ("\n{% for %}", "line 2"),
        ("{% include '/etc/passwd' %}", "no loader"),
        ("{{ title.__class__.__mro__ }}", "unsafe"),
        ("{{ ''.format.__globals__ }}", "unsafe"),
        ("{{ self._TemplateReference__context }}", "unsafe|has no"),
        ("{{ author.append('x') }}", "unsafe"),
        ("{{ 1 / 0 }}", "division"),
    ],
)
def test_fault_of_a_template_is_named(template: str, message: str) -> None:
    with pytest.raises(OptionsError, match=message):
        render_template(template, {"title": "a", "author": ["b"]})


@pytest.mark.parametrize(
    "template",
    [
        "{% set a = range(9999) | list %}{% for b in a %}{% for c in a %}{% endfor %}{% endfor %}",
        "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}",
        "{% macro f(n) %}{{ f(n) }}{% endmacro %}{{ f(1) }}",
        "{% for a in range(99999) %}{{ text }}{% endfor %}",
    ],
)
def test_work_and_output_have_an_end(template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(under_test, "MAX_STEPS", 100_000)
    monkeypatch.setattr(under_test, "MAX_CHARS", 1_000_000)
    with pytest.raises(OptionsError, match=r"more than|recursion"):
        render_template(template, {"text": "x" * 1_000})


def test_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(OptionsError, match=r"newsclean\[template\]"):
        compile_template("{{ title }}")


def test_command_reads_a_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(save_pages(tmp_path, "a.html"))
    (tmp_path / "note.md").write_text("> {{ title }}", encoding="utf-8")
    (tmp_path / "newsclean.toml").write_text('template = "note.md"\n')
    assert invoke("a.html").stdout == "> Report a\n"
    (tmp_path / "note.md").write_text("{{ title", encoding="utf-8")
    result = invoke("a.html")
    assert result.exit_code == 2
    assert "note.md" in result.stderr
    (tmp_path / "note.md").write_text("{{ titel }}", encoding="utf-8")
    result = invoke("a.html")
    assert result.exit_code != 0
    assert "'titel' is undefined" in result.stderr


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("The Quay’s “plan”: £3 (part 2)", "the-quays-plan-3-part-2"),
        ("नगर पालिका की बैठक", "नगर-पालिका-की-बैठक"),
        ("港の新計画、発表", "港の新計画-発表"),
        ("СТРОЙКА — ДОРОГА", "стройка-дорога"),
        ("word " * 40, "-".join(["word"] * 16)),
        ("x" * 200, "x" * 80),
        ("../..\\", ""),
    ],
)
def test_slugs_keep_their_script(title: str, expected: str) -> None:
    assert slug(title) == expected
