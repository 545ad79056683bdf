"""The tables as Parquet, with types: numbers as numbers, lists as lists."""

from __future__ import annotations

import typing
from collections.abc import Sequence
from decimal import Decimal
from importlib.util import find_spec
from types import UnionType
from typing import IO, Any, Literal, get_args, get_origin

from pipeline.read.inputs import needs
from pipeline.schema import Record
from pipeline.write.tables import Table

#: Rows that are written together. It is part of the files' bytes, so it doesn't depend on anything.
_GROUP = 20_000


def require() -> None:
    """Raise `Unreadable` where what Parquet needs isn't installed: asked before the work, not after."""
    if find_spec("pyarrow") is None:
        raise needs("parquet", "and writing Parquet")


class ParquetTables:
    """Writes one Parquet file a table, a group of rows at a time."""

    def __init__(self, tables: Sequence[Table], streams: Sequence[IO[bytes]]) -> None:
        from pyarrow import parquet

        self._tables = tables
        self._schemas = [_schema(table) for table in tables]
        self._writers = [
            parquet.ParquetWriter(stream, schema, compression="zstd")
            for stream, schema in zip(streams, self._schemas, strict=True)
        ]
        self._rows: list[list[dict[str, Any]]] = [[] for _ in tables]
        self._counts = [0 for _ in tables]

    def add(self, article: dict[str, Any], records: dict[str, Any]) -> None:
        """Add a document, as JSON has it."""
        doc_id = {"doc_id": article["doc_id"]}
        for number, table in enumerate(self._tables):
            found = [article] if table.name == "articles" else records[table.name]
            self._rows[number].extend(doc_id | row for row in found)
            if len(self._rows[number]) >= _GROUP:
                self._flush(number)

    def close(self) -> list[int]:
        """Write what is left; gives the number of rows of each table."""
        for number, writer in enumerate(self._writers):
            self._flush(number)
            writer.close()
        return self._counts

    def _flush(self, number: int) -> None:
        import pyarrow as pa

        rows = self._rows[number]
        if rows:
            for name in [field.name for field in self._schemas[number] if pa.types.is_map(field.type)]:
                for row in rows:
                    row[name] = sorted(row[name].items())
            self._writers[number].write_table(pa.Table.from_pylist(rows, schema=self._schemas[number]))
        self._counts[number] += len(rows)
        self._rows[number] = []


def _schema(table: Table) -> Any:
    import pyarrow as pa

    hints = typing.get_type_hints(table.model)
    return pa.schema([("doc_id", pa.string()), *((name, _type(hints[name])) for name in table.fields)])


def _type(hint: Any) -> Any:
    """The Arrow type of a field: ``tuple[str, ...]`` → list of string, ``float | None`` → double."""
    import pyarrow as pa

    origin, args = get_origin(hint), get_args(hint)
    if origin in (typing.Union, UnionType):
        return _type(next(arg for arg in args if arg is not type(None)))
    if origin is tuple:
        return pa.list_(_type(args[0]))
    if origin is dict:
        return pa.map_(pa.string(), _type(args[1]))
    if origin is Literal:
        return pa.string()
    if isinstance(hint, type) and issubclass(hint, Record):
        return pa.struct(
            [(name, _type(inner)) for name, inner in typing.get_type_hints(hint).items() if name in hint.model_fields]
        )
    return {str: pa.string(), bool: pa.bool_(), int: pa.int64(), float: pa.float64(), Decimal: pa.float64()}[hint]
