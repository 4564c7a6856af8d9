"""Articles as rows, from their lines of JSON: Parquet files, an SQLite database to search, compressed JSON lines."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from newsclean import __version__
from newsclean.article import schema
from newsclean.errors import OutputError
from newsclean.files import AtomicFile, remove_leftovers
from newsclean.runs.output import refuse_to_replace
from newsclean.runs.sqlite import SqliteFile

if TYPE_CHECKING:
    from newsclean.runs.output import Sink, Target

GROUP_ROWS = 10_000
GROUP_BYTES = 64 * 2**20
"""Rows, and bytes of their JSON, of a row group: what one wants to read at once, and what waits in memory."""
SHARD_ROWS = 100_000
"""Rows of one file in a folder of them: some gigabytes."""
_SHARDS = "part-*.parquet"
_TYPES = {"string": "string", "integer": "int64", "number": "float64", "boolean": "bool_"}


def open_table(target: Target, facts: dict[str, str], *, force: bool) -> Sink:
    """Return what takes the lines of JSON of a run; `facts` are noted in a Parquet file.

    Raises OutputError where a library is missing, or something is there that newsclean did not write.
    """
    path = Path(target.path)
    if target.to == "sqlite":
        return SqliteFile(path)
    if target.to == "parquet" and target.kind == "shards":
        return ParquetShards(path, facts, force=force)
    if not force:
        refuse_to_replace(path)
    return ParquetFile(path, facts) if target.to == "parquet" else CompressedFile(path)


def _pyarrow() -> Any:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise OutputError("Parquet needs pyarrow", remedy='pip install "newsclean[parquet]"') from error
    return pyarrow


def _zstandard() -> Any:
    try:
        import zstandard
    except ImportError as error:
        raise OutputError(".zst needs zstandard", remedy='pip install "newsclean[zstd]"') from error
    return zstandard


class _PackedFile:
    """A file that a library packs, there whole or not at all. A context manager; not made if nothing is written."""

    def __init__(self, path: Path) -> None:
        self._file = AtomicFile(path)

    def _end(self) -> None:
        """Have the library write what it holds back."""

    def __enter__(self) -> Sink:
        """Begin."""
        self._file.__enter__()
        return cast("Sink", self)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Put the file in its place, or take it away after an error."""
        try:
            if kind is None:
                self._end()
        except BaseException as error:
            kind = type(error)
            raise
        finally:
            self._file.__exit__(kind)


class CompressedFile(_PackedFile):
    """JSON lines in a .gz or .zst file."""

    def __init__(self, path: Path) -> None:
        """Find the library. Raises OutputError where it is missing."""
        super().__init__(path)
        self._stream: BinaryIO | None = None
        self._library = _zstandard() if path.suffix.lower() == ".zst" else None

    def write(self, content: bytes) -> None:
        """Append a line."""
        if self._stream is None:
            file = cast(BinaryIO, self._file)
            if self._library:
                self._stream = self._library.ZstdCompressor().stream_writer(file, closefd=False)
            else:
                self._stream = cast(BinaryIO, gzip.GzipFile("", "wb", fileobj=file, mtime=0))  # equal runs, equal bytes
        self._stream.write(content)

    def _end(self) -> None:
        if self._stream is not None:
            self._stream.close()


class ParquetFile(_PackedFile):
    """One Parquet file, its columns named and typed as the keys of the JSON."""

    def __init__(self, path: Path, facts: dict[str, str]) -> None:
        """Find the library. Raises OutputError where it is missing."""
        super().__init__(path)
        self._arrow = _pyarrow()
        self._schema = arrow_schema(self._arrow, {"newsclean": __version__, **facts})
        self._writer: Any = None
        self._rows: list[dict[str, Any]] = []
        self._bytes = 0

    def write(self, content: bytes) -> None:
        """Append the row of a line of JSON."""
        row = json.loads(content)
        self._rows.append({name: _cell(self._schema.field(name).type, value) for name, value in row.items()})
        self._bytes += len(content)
        if len(self._rows) >= GROUP_ROWS or self._bytes >= GROUP_BYTES:
            self._write_group()

    def _write_group(self) -> None:
        if self._writer is None:
            self._writer = self._arrow.parquet.ParquetWriter(_Output(self._file), self._schema, compression="zstd")
        self._writer.write_table(self._arrow.Table.from_pylist(self._rows, self._schema))
        self._rows, self._bytes = [], 0

    def _end(self) -> None:
        if self._rows:
            self._write_group()
        if self._writer is not None:
            self._writer.close()


class _Output:
    """What pyarrow asks of a file: it knows how far it is."""

    closed = False

    def __init__(self, file: AtomicFile) -> None:
        self._file = file
        self._place = 0

    def write(self, content: bytes) -> int:
        """Append to the file."""
        self._file.write(content)
        self._place += len(content)
        return len(content)

    def tell(self) -> int:
        """Return how much was written."""
        return self._place

    def flush(self) -> None:
        """Do nothing: the file is closed by its owner."""

    close = flush


class ParquetShards:
    """A folder of Parquet files that reads as one table. A context manager; each file is there whole or not at all."""

    def __init__(self, folder: Path, facts: dict[str, str], *, force: bool) -> None:
        """Look at what is there. Raises OutputError for files that newsclean did not write, unless `force`."""
        self._folder = folder
        self._facts = facts
        self._old = set(folder.glob(_SHARDS))
        if not force:
            for path in sorted(self._old):
                refuse_to_replace(path)
        _pyarrow()
        self._shard: ParquetFile | None = None
        self._rows = 0

    def write(self, content: bytes) -> None:
        """Append the row of a line of JSON."""
        if self._rows % SHARD_ROWS == 0:
            self._end_shard(None)
            path = self._folder / f"part-{self._rows // SHARD_ROWS:05}.parquet"
            self._old.discard(path)
            self._shard = ParquetFile(path, self._facts)
        if self._shard is not None:
            self._shard.write(content)
        self._rows += 1

    def _end_shard(self, kind: type[BaseException] | None) -> None:
        if self._shard is not None:
            self._shard.__exit__(kind)
            self._shard = None

    def __enter__(self) -> ParquetShards:
        """Begin."""
        remove_leftovers(self._folder)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """End the last file, and after a whole run take away what an earlier one wrote beyond it."""
        self._end_shard(kind)
        if kind is None:
            for path in self._old:
                path.unlink(missing_ok=True)


def arrow_schema(arrow: Any, facts: dict[str, str]) -> Any:
    """Return the columns of an article as the JSON Schema types them; what varies in shape is JSON in a string."""
    columns = [(name, _arrow_type(arrow, node)) for name, node in schema()["properties"].items()]
    return arrow.schema(columns, metadata=facts)


def _arrow_type(arrow: Any, node: dict[str, Any]) -> Any:
    node = next((one for one in node.get("anyOf", ()) if one.get("type") != "null"), node)
    kinds = node.get("type", "string")
    kind = next(one for one in kinds if one != "null") if isinstance(kinds, list) else kinds
    if kind == "array" and "$ref" not in node["items"]:
        return arrow.list_(_arrow_type(arrow, node["items"]))
    if kind == "object" and "properties" in node:
        return arrow.struct([(name, _arrow_type(arrow, inner)) for name, inner in node["properties"].items()])
    if kind == "object":
        return arrow.map_(arrow.string(), _arrow_type(arrow, node["additionalProperties"]))
    return getattr(arrow, _TYPES.get(kind, "string"))()


def _cell(kind: Any, value: Any) -> Any:
    """Return a value as its column takes it."""
    name = str(kind)
    if name == "string" and isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    if name.startswith("map"):
        return list(value.items())
    return value
