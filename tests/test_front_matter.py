"""Front matter in the names of each reader, with the user's own fields: YAML that says what it is to say."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from newsclean.errors import OptionsError
from newsclean.model import FrontMatter, LeadImage, Metadata, Options
from newsclean.render.front_matter import render_front_matter
from newsclean.render.safe import one_line
from tests.saved import save_pages
from tests.test_cli import invoke

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

METADATA = Metadata(
    title="The quay: a plan",
    authors=("Jo Doe", "Ann Other"),
    published="2025-07-04",
    modified="2025-07-05T10:00:00+02:00",
    source="https://quay.example/plan",
    site="The Quay",
    description="What the council wants.",
    language="no",
    tags=("harbour works", "C#", "2024"),
    section="Town",
    image=LeadImage("https://quay.example/a.jpg"),
)

STYLES = get_args(FrontMatter)
TEXTS = st.text(max_size=40) | st.sampled_from(
    ("---", "no", "~", "0x1F", "1_000", "12:30:45", "2025-13-01", "- a", "#b")
)


def read(text: str) -> dict[str, Any]:
    """Return what a YAML parser makes of front matter."""
    lines = text.split("\n")
    assert (lines[0], lines[-1]) == ("---", "---")
    found: dict[str, Any] = yaml.safe_load("\n".join(lines[1:-1]))
    return found


@pytest.mark.parametrize(
    ("style", "names"),
    [
        ("obsidian", "title author published modified source site description language tags word_count"),
        ("hugo", "title authors date lastmod source site description language tags categories images"),
        ("jekyll", "title author date last_modified_at source site description lang tags categories image"),
        ("zettlr", "title author date modified source site description lang keywords"),
    ],
)
def test_each_style_has_the_names_of_its_reader(style: FrontMatter, names: str) -> None:
    found = read(render_front_matter(METADATA, 12, style))
    assert list(found) == names.split()
    assert found["title"] == "The quay: a plan"
    assert date(2025, 7, 4) in found.values()


def test_tags_of_obsidian_have_no_spaces_and_are_not_digits_alone() -> None:
    assert read(render_front_matter(METADATA, 0))["tags"] == ["harbour-works", "C"]
    assert read(render_front_matter(METADATA, 0, "hugo"))["tags"] == ["harbour works", "C#", "2024"]
    other = Metadata(tags=("Bürgermeister Wahl", "नगर पालिका", "港 湾", "a/b", "A/B", "…"))
    assert read(render_front_matter(other, 0))["tags"] == ["Bürgermeister-Wahl", "नगर-पालिका", "港-湾", "a/b"]


def test_own_fields_stand_behind_replace_and_leave_out() -> None:
    own = (
        ("type", "clipping"),
        ("tags", "a b"),
        ("site", ""),
        ("see", "x"),
        ("see", "y"),
        ("draft", "true"),
        ("on", "7"),
    )
    found = read(render_front_matter(METADATA, 0, "obsidian", own))
    assert found["tags"] == ["a b"]
    assert "site" not in found
    assert list(found)[-4:] == ["type", "see", "draft", "on"]
    assert (found["type"], found["see"], found["draft"], found["on"]) == ("clipping", ["x", "y"], True, 7)


def test_no_style_has_no_front_matter() -> None:
    assert render_front_matter(METADATA, 12, "none", (("type", "clipping"),)) == ""


@pytest.mark.parametrize("style", [style for style in STYLES if style != "none"])
@given(texts=st.lists(TEXTS, min_size=1, max_size=3), own=st.lists(st.tuples(TEXTS, TEXTS), max_size=2))
def test_yaml_says_every_value_back(style: FrontMatter, texts: list[str], own: Sequence[tuple[str, str]]) -> None:
    text = texts[0]
    metadata = Metadata(title=text, authors=tuple(texts), published=text, site=text, language=text, section=text)
    own = [*((f"own {name}", value) for name, value in own), ("kind", "clipping")]
    front = render_front_matter(metadata, 1, style, own)
    found = read(front)
    assert len(front.split("\n")) == len(found) + 2
    line = one_line(text)
    assert found.get("title", "") == found.get("site", "") == line
    authors = found.get("authors" if style == "hugo" else "author", [])
    assert authors == [author for one in texts if (author := one_line(one))]
    for name, value in own:
        if value.strip() and [one_line(other) for other, _ in own].count(one_line(name)) == 1:
            said = found.get(one_line(name))
            assert said == (one_line(value) or None) or not isinstance(said, str)


@pytest.mark.parametrize("fields", [(("", "x"),), (("a", 1),)])
def test_fields_are_names_and_texts(fields: Any) -> None:
    with pytest.raises(OptionsError, match="fields="):
        Options(fields=fields)


def test_command_takes_style_and_fields(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(save_pages(tmp_path, "a.html"))
    result = invoke("--front-matter", "hugo", "--field", "draft=true", "--field", "url=/a=b", "a.html")
    assert (result.exit_code, result.stderr) == (0, "")
    shown = result.stdout
    found = read(shown[: shown.index("\n---\n", 4) + 4])
    assert found["draft"] is True
    assert found["url"] == "/a=b"
    assert invoke("--field", "draft", "a.html").exit_code == 2
    assert not invoke("--front-matter", "none", "a.html").stdout.startswith("---")
