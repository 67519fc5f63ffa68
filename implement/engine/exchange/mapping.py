"""What a person says about tables and columns, which beats what names and values propose."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from implement.engine.exchange.faults import ExchangeFault
from implement.engine.exchange.vocabulary import COLUMN_WORDS

MAPPING_FILE = "mapping"


@dataclass(frozen=True)
class TableMapping:
    """What was said about one table: its file, columns ours → theirs, values column → theirs → ours."""

    file: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class ExchangeMapping:
    """Everything said, by kind of table."""

    tables: Mapping[str, TableMapping] = field(default_factory=dict)


def read_mapping(tree: object) -> tuple[ExchangeMapping, list[ExchangeFault]]:
    """Read `{table: {file: …, columns: {ours: theirs}, values: {column: {theirs: ours}}}}` and list faults."""
    if tree is None:
        return ExchangeMapping(), []
    if not isinstance(tree, Mapping):
        return ExchangeMapping(), [_fault("mapping_unreadable", str(tree)[:80])]
    faults: list[ExchangeFault] = []
    tables: dict[str, TableMapping] = {}
    for kind, said in tree.items():
        if kind not in COLUMN_WORDS or not isinstance(said, Mapping):
            faults.append(_fault("unknown_kind", str(kind)))
            continue
        columns = _texts(said.get("columns"))
        faults.extend(_fault("unknown_column", name, kind) for name in columns if name not in COLUMN_WORDS[kind])
        values = said.get("values")
        by_column = {str(name): _texts(pairs) for name, pairs in values.items()} if isinstance(values, Mapping) else {}
        file = said.get("file")
        tables[str(kind)] = TableMapping(None if file is None else str(file), columns, by_column)
    return ExchangeMapping(tables), faults


def _texts(tree: object) -> dict[str, str]:
    return {str(key): str(value) for key, value in tree.items()} if isinstance(tree, Mapping) else {}


def _fault(code: str, *values: str) -> ExchangeFault:
    return ExchangeFault(MAPPING_FILE, None, None, code, values)
