"""The mapping as a YAML file for a person to edit."""

from dataclasses import replace
from pathlib import Path

import yaml

from implement.engine.intake import Fault
from implement.engine.mapping.plain import MappingFault, mapping_fault, mapping_from_plain, mapping_to_plain
from implement.engine.mapping.plan import Mapping

_EXPLAINED = """\
# How the source became the target, as proposed from names and values. Edit it and hand it to `reconcile --mapping`.
# target: null means no counterpart; add `left_behind: why` where that is on purpose, and it is no loss.
# key pairs the columns that join both sides; empty means records are matched by content.
# kind is text, number, date or loose (letters and digits only); sure is from 0 to 1.
# Several tables may have one target: target_rows names the column and the word that mark the rows of a table; without
# it each row counts for the table it fits best. also names further targets that hold some of a table's records, and
# under columns what they call otherwise than the first one; the column (table) says in which of them a record is.
# A column that is listed several times under references names a record of any one of these parents.
# values pairs replaced values; a blank on one side says by which word the other says that there is nothing.
"""


def mapping_to_yaml(mapping: Mapping) -> str:
    """Write a mapping as YAML text."""
    plain = mapping_to_plain(mapping)
    return _EXPLAINED + str(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=120))


def mapping_from_bytes(content: bytes) -> Mapping:
    """Read a mapping from the bytes of a YAML file, which names at least one table; raises MappingFault."""
    try:
        mapping = mapping_from_yaml(content.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise MappingFault([mapping_fault("mapping", "mapping_not_utf8")]) from fault
    if not mapping.tables:
        raise MappingFault([mapping_fault("tables", "mapping_no_tables")])
    return mapping


def mapping_from_yaml(text: str) -> Mapping:
    """Read a mapping from YAML text; raises MappingFault."""
    try:
        plain = yaml.load(text, Loader=_PlainText)  # noqa: S506 - a safe loader that only leaves words as they stand
    except yaml.YAMLError as fault:
        raise MappingFault([_not_yaml(fault)]) from fault
    return mapping_from_plain(plain)


def _not_yaml(fault: yaml.YAMLError) -> Fault:
    mark = fault.problem_mark if isinstance(fault, yaml.MarkedYAMLError) else None
    line, place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return mapping_fault("mapping", "mapping_not_yaml", line, place)


class _PlainText(yaml.SafeLoader):
    """Leaves dates as text."""


_PlainText.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def write_mapping(mapping: Mapping, path: Path) -> None:
    """Write a mapping for a person to edit."""
    path.write_text(mapping_to_yaml(mapping), encoding="utf-8")


def read_mapping(path: Path) -> Mapping:
    """Read an edited mapping back; raises MappingFault with every fault, each naming the file."""
    try:
        return mapping_from_bytes(path.read_bytes())
    except MappingFault as told:
        raise MappingFault([replace(fault, file=path.name) for fault in told.faults]) from told
