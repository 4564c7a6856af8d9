"""Options from configuration files and the environment, `newsclean config`, `newsclean doctor` and `--watch`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from importlib import metadata
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from newsclean.cli import main
from newsclean.cli.config import CONFIGURABLE
from newsclean.cli.convert import convert
from tests.saved import command, environment, save_pages

if TYPE_CHECKING:
    from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

WATCHED_SECONDS = 30


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of its own with a page, and a user without configuration."""
    for name in [name for name in os.environ if name.startswith("NEWSCLEAN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "user"))
    folder = save_pages(tmp_path / "work", "a.html")
    monkeypatch.chdir(folder)
    return folder


def call(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def front_matter_of(*arguments: str) -> bool:
    result = call(*arguments, "a.html")
    assert result.exit_code == 0, result.output
    return result.stdout.startswith("---")


def test_project_file_sets_options(here: Path) -> None:
    assert front_matter_of()
    (here / "newsclean.toml").write_text('front-matter = "none"\n')
    assert not front_matter_of()
    assert not front_matter_of("convert")


def test_command_line_beats_environment_beats_file(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "newsclean.toml").write_text('front-matter = "none"\n')
    monkeypatch.setenv("NEWSCLEAN_FRONT_MATTER", "obsidian")
    assert front_matter_of()
    assert not front_matter_of("--no-front-matter")


def test_project_beats_user_and_both_count(here: Path, tmp_path: Path) -> None:
    user = tmp_path / "user" / "newsclean" / "config.toml"
    user.parent.mkdir(parents=True)
    user.write_text('front-matter = "none"\nkeep = "recall"\n')
    assert not front_matter_of()
    (here / "newsclean.toml").write_text('front_matter = "obsidian"\n')
    assert front_matter_of()
    assert 'keep = "recall"' in call("config").stdout


def test_pyproject_counts_where_it_has_a_table(here: Path) -> None:
    (here / "pyproject.toml").write_text("this is no TOML")
    assert front_matter_of()
    (here / "pyproject.toml").write_text('[tool.newsclean]\nfront-matter = "none"\n')
    assert not front_matter_of()


def test_config_names_a_file_and_no_config_none(here: Path) -> None:
    (here / "newsclean.toml").write_text('front-matter = "none"\n')
    (here / "other.toml").write_text('keep = "recall"\n')
    assert front_matter_of("--config", "other.toml")
    assert front_matter_of("--no-config")
    assert front_matter_of("--no-config", "--config", "newsclean.toml")
    assert front_matter_of("--config", "newsclean.toml", "--no-config")


def test_fields_of_the_front_matter_come_from_the_file(here: Path) -> None:
    (here / "newsclean.toml").write_text('fields = ["type=clipping", "language="]\nfront-matter = "zettlr"\n')
    result = call("a.html")
    assert 'type: "clipping"\n---' in result.stdout.replace("type: clipping", 'type: "clipping"')
    assert "lang:" in result.stdout
    assert call("config").stdout.count("# newsclean.toml") == 2


def test_folders_of_rules_lie_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "shared" / "rules").mkdir(parents=True)
    (tmp_path / "shared" / "own.toml").write_text('rules = "rules"\n')
    shown = call("config", "--config", str(tmp_path / "shared" / "own.toml")).stdout
    assert str(tmp_path / "shared" / "rules") in shown


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('keep = "recal"', "newsclean.toml: keep: 'recal' is not one of"),
        ('colour = "red"', "newsclean.toml: colour cannot be set in a configuration file"),
        ('output = "../elsewhere"', "newsclean.toml: output cannot be set in a configuration file"),
        ("force = true", "force cannot be set in a configuration file"),
        ("keep = ", "newsclean.toml: cannot be read as TOML"),
        ("jobs = 0", "newsclean.toml: jobs: 0 is not in the range"),
    ],
)
def test_faults_of_a_file_are_wrong_usage(here: Path, text: str, message: str) -> None:
    (here / "newsclean.toml").write_text(text)
    result = call("a.html")
    assert result.exit_code == 2
    assert message in result.stderr


def test_explain_takes_what_it_has(here: Path) -> None:
    (here / "newsclean.toml").write_text('keep = "recall"\njobs = 2\n')
    result = call("explain", "a.html")
    assert result.exit_code == 0, result.output


def test_configurable_options_are_options_that_write_nothing() -> None:
    names = {param.name for param in convert.params}
    assert set(CONFIGURABLE) <= names
    assert not set(CONFIGURABLE) & {"output", "report", "removed", "media", "force", "inputs"}


def test_config_says_what_holds_and_whence(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "newsclean.toml").write_text("links = false\n")
    monkeypatch.setenv("NEWSCLEAN_KEEP", "recall")
    lines = call("config", "--timeout", "5").stdout.splitlines()
    assert "links = false  # newsclean.toml" in lines
    assert 'keep = "recall"  # NEWSCLEAN_KEEP' in lines
    assert "timeout = 5.0  # command line" in lines
    assert "# images = true" in lines


def test_output_of_config_is_a_configuration(here: Path) -> None:
    shown = call("config", "--keep", "recall", "--no-links").stdout
    assert tomllib.loads(shown) == {"keep": "recall", "links": False}
    (here / "newsclean.toml").write_text(shown)
    assert call("config").stdout.count("# newsclean.toml") == 2


def test_doctor_tells_what_is_there() -> None:
    result = call("doctor")
    assert result.exit_code == 0, result.output
    for word in ("newsclean ", "python ", "lxml ", "configuration  none", "site rules"):
        assert word in result.stdout


def test_doctor_names_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    requirements = [
        "lxml>=5",
        "no-such-library>=1",
        'tomli>=2; python_version < "3.11"',
        'not-here>=1; extra == "warc"',
    ]
    monkeypatch.setattr(metadata, "requires", lambda _: [*requirements, 'unseen>=1; extra == "dev"'])
    result = call("doctor")
    assert result.exit_code == 1
    assert "problem        no-such-library is missing" in result.stdout
    assert 'not-here missing: pip install "newsclean[warc]"' in result.stdout
    assert "unseen" not in result.stdout


def test_doctor_works_in_a_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    def requires(_: str) -> list[str]:
        raise metadata.PackageNotFoundError

    monkeypatch.setattr(metadata, "requires", requires)
    result = call("doctor")
    assert result.exit_code == 0
    assert "extra " not in result.stdout


@pytest.mark.parametrize("arguments", [("a.html", "-o", "out"), (".", "-t", "jsonl"), ("a.html",)])
def test_watch_wants_folders(arguments: tuple[str, ...]) -> None:
    result = call(*arguments, "--watch")
    assert result.exit_code == 2
    assert "--watch takes folders" in result.stderr


def test_watch_says_what_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    result = call(".", "-o", "out", "--watch")
    assert result.exit_code == 2
    assert 'pip install "newsclean[watch]"' in result.stderr


@pytest.mark.process
def test_watch_converts_what_appears_and_not_what_it_writes(here: Path) -> None:
    pytest.importorskip("watchfiles")
    process = subprocess.Popen(
        command(".", "-o", "out", "--watch", "-j", "1"), cwd=here, env=environment(), stderr=subprocess.PIPE
    )
    try:
        wait_for(here / "out" / "a.md")
        time.sleep(1)  # the watch begins after the first run
        save_pages(here, "b.html")
        wait_for(here / "out" / "b.md")
        time.sleep(2)  # time enough to run once more for what it wrote
    finally:
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=WATCHED_SECONDS)
    assert process.returncode == 130
    assert said.decode().count(" converted") == 2


def wait_for(path: Path) -> None:
    for _ in range(WATCHED_SECONDS * 10):
        if path.exists():
            return
        time.sleep(0.1)
    pytest.fail(f"{path.name} did not appear")
