"""Articles as rows of an SQLite database with a full-text index, and the search in it."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from newsclean.errors import InputError, OutputError
from newsclean.runs.journal import Entry
from newsclean.runs.report import hash_of_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from newsclean.runs.read import Source
    from newsclean.runs.report import Outcome

APPLICATION_ID = 0x6E657773
"""What tells a database of newsclean from others, in its head: "news"."""
BATCH = 200
"""Articles written at once: a killed run loses no more, and is no slower for it."""
SNIPPET_WORDS = 24
"""Words of a hit that are shown."""

_TEXTS = (
    *("title", "published", "modified", "source", "canonical_url", "site", "description", "standfirst", "language"),
    *("section", "license", "paywalled", "word_count", "content_markdown", "content_text", "content_html"),
)
_OF_EXTRACTOR = ("engine", "rule", "kind", "version")
_OF_INPUT = ("path", "member", "encoding", "sha256", "saved_at")
_KNOWN = "input, key, sha256, title, word_count, confidence, language, kind"
_COLUMNS = ("input", "key", *_TEXTS, "image", "confidence", "problem", *_OF_EXTRACTOR, *_OF_INPUT, "warnings")
_TABLES = f"""
CREATE TABLE articles (id INTEGER PRIMARY KEY, {", ".join(_COLUMNS)});
CREATE UNIQUE INDEX articles_by_input ON articles (input);
CREATE TABLE authors (article INTEGER REFERENCES articles, place INTEGER, name TEXT, PRIMARY KEY (article, place));
CREATE TABLE tags (article INTEGER REFERENCES articles, place INTEGER, tag TEXT, PRIMARY KEY (article, place));
CREATE TABLE blocks (article INTEGER REFERENCES articles, place INTEGER, type TEXT, block TEXT,
  PRIMARY KEY (article, place));
CREATE TABLE failures (input TEXT PRIMARY KEY, key TEXT, status TEXT, error TEXT);
CREATE VIRTUAL TABLE articles_text USING fts5 (title, content_text, content=articles, content_rowid=id);
CREATE TRIGGER articles_added AFTER INSERT ON articles BEGIN
  INSERT INTO articles_text (rowid, title, content_text) VALUES (new.id, new.title, new.content_text);
END;
CREATE TRIGGER articles_removed AFTER DELETE ON articles BEGIN
  INSERT INTO articles_text (articles_text, rowid, title, content_text)
    VALUES ('delete', old.id, old.title, old.content_text);
  DELETE FROM authors WHERE article = old.id;
  DELETE FROM tags WHERE article = old.id;
  DELETE FROM blocks WHERE article = old.id;
END;
PRAGMA application_id = {APPLICATION_ID};
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that a search found."""

    title: str | None
    site: str | None
    published: str | None
    input: str
    snippet: str
    """What was found, between "[" and "]", with words around it."""


class SqliteFile:
    """A database that takes articles, in place of those of the same inputs. A context manager.

    Whole articles are written in one step each, so that a run that was killed leaves a sound database to go on with.
    """

    def __init__(self, path: Path) -> None:
        """Open the database, or make it. Raises OutputError where something else is there."""
        self._path = path
        self._waiting = 0
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, isolation_level=None)
            is_new = not self._one("SELECT count(*) FROM sqlite_master")
            if not is_new and self._one("PRAGMA application_id") != APPLICATION_ID:
                self._connection.close()
                raise OutputError("is not a newsclean database", source=str(path), remedy="give another name")
            self._connection.execute("BEGIN IMMEDIATE")
            if is_new:
                for statement in _statements(_TABLES):
                    self._connection.execute(statement)
        except (sqlite3.Error, OSError) as error:
            raise OutputError(f"cannot write: {error}", source=str(path)) from error

    def _one(self, statement: str, *values: object) -> Any:
        found = self._connection.execute(statement, values).fetchone()
        return found[0] if found else None

    def find(self, source: Source) -> Entry | None:
        """Return what is known of an input, or None."""
        statement = f"SELECT {_KNOWN}, content_text FROM articles WHERE input = ?"
        name = _input_name(source.name, source.lines)
        row = self._connection.execute(statement, (name,)).fetchone()
        if row is None:
            failed = self._connection.execute("SELECT key, status, error FROM failures WHERE input = ?", (name,))
            return next((Entry(name, key, "", status=status, error=error) for key, status, error in failed), None)
        name, key, sha256, title, words, confidence, *told, text = row
        told.append(hash_of_text(text))
        return Entry(name, key, sha256, title, words, confidence, language=told[0], kind=told[1], text_hash=told[2])

    def note_failure(self, source: Source, outcome: Outcome, key: str) -> None:
        """Take down that an input gives no article as it is, unless an earlier one of it is there."""
        name = _input_name(source.name, source.lines)
        if self._one("SELECT 1 FROM articles WHERE input = ?", name) is None:
            values = (name, key, outcome.status, _storable(outcome.error))
            self._connection.execute("INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?)", values)

    def remove(self, source: Source) -> None:
        """Take away the article of an input."""
        self._connection.execute("DELETE FROM articles WHERE input = ?", (_input_name(source.name, source.lines),))

    def write(self, content: bytes, key: str = "") -> None:
        """Take the article of a line of JSON. Raises OutputError."""
        article = json.loads(content)
        try:
            self._add(article, key)
            self._waiting += 1
            if self._waiting >= BATCH:
                self._connection.execute("COMMIT")
                self._connection.execute("BEGIN IMMEDIATE")
                self._waiting = 0
        except sqlite3.Error as error:
            raise OutputError(f"cannot write: {error}", source=str(self._path)) from error

    def _add(self, article: dict[str, Any], key: str) -> None:
        found, made = article["input"], article["extractor"]
        name = (
            found["name"] if found["member"] is None or "#" in found["name"] else f"{found['name']}#{found['member']}"
        )
        name = _input_name(name, found["lines"])
        for table in ("articles", "failures"):
            self._connection.execute(f"DELETE FROM {table} WHERE input = ?", (name,))
        values = (
            *(name, key, *(article[column] for column in _TEXTS), (article["image"] or {}).get("url")),
            *(article["confidence"]["score"], article["confidence"]["problem"]),
            *(made[column] for column in _OF_EXTRACTOR),
            *(found[column] for column in _OF_INPUT),
            json.dumps(article["warnings"], ensure_ascii=False),
        )
        marks = ", ".join("?" * len(values))
        cursor = self._connection.execute(
            f"INSERT INTO articles ({', '.join(_COLUMNS)}) VALUES ({marks})", [_storable(value) for value in values]
        )
        of_article = cursor.lastrowid
        for table, entries in (("authors", article["author"]), ("tags", article["tags"])):
            rows = [(of_article, place, entry) for place, entry in enumerate(entries)]
            self._connection.executemany(f"INSERT INTO {table} VALUES (?, ?, ?)", rows)
        blocks = enumerate(article["blocks"])
        self._connection.executemany(
            "INSERT INTO blocks VALUES (?, ?, ?, ?)",
            [(of_article, place, block["type"], json.dumps(block, ensure_ascii=False)) for place, block in blocks],
        )

    def __enter__(self) -> SqliteFile:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Keep what was written, also of a run that was broken off."""
        try:
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise OutputError(f"cannot write: {error}", source=str(self._path)) from error
        finally:
            self._connection.close()


def search(path: Path, query: str, limit: int = 20) -> Iterator[Hit]:
    """Yield the articles that match an FTS5 query ("harbour AND bridge", "title: ferry"), best first.

    Raises InputError where the database cannot be read, or the query is none.
    """
    if not path.is_file():
        raise InputError("no such file", source=str(path), remedy="newsclean INPUT -t sqlite makes one")
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    statement = f"""
        SELECT articles.title, site, published, input, snippet(articles_text, -1, '[', ']', ' … ', {SNIPPET_WORDS})
        FROM articles_text JOIN articles ON articles.id = articles_text.rowid
        WHERE articles_text MATCH ? ORDER BY rank, articles.id LIMIT ?"""
    try:
        for row in connection.execute(statement, (query, limit)):
            yield Hit(*row)
    except sqlite3.Error as error:
        remedy = "quote words with signs in them: '\"e-mail\"'" if "fts5" in str(error) else None
        raise InputError(f"cannot be searched: {error}", source=str(path), remedy=remedy) from error
    finally:
        connection.close()


def _input_name(name: str, lines: tuple[int, int] | list[int] | None) -> str:
    """Return what an article is known by: its input, and the lines of a text that holds several."""
    name = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return f"{name}:{lines[0]}-{lines[1]}" if lines else name


def _storable(value: object) -> object:
    """Return a value without the lone surrogates of file names, which SQLite does not take."""
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace") if isinstance(value, str) else value


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script, which sqlite3 would run outside of the transaction."""
    statement = ""
    for part in script.split(";"):
        statement += part + ";"
        if sqlite3.complete_statement(statement):
            if statement.strip(" \n;"):
                yield statement
            statement = ""
