"""YAML files opened strictly: limited in size and depth, without aliases, every value still text."""

from pathlib import Path

import yaml

from implement.engine.checklist.sheet.entry import Entry, fill_entry
from implement.engine.checklist.sheet.faults import SheetFault, UnusableSheet

LARGEST_SHEET_BYTES = 2_000_000
DEEPEST_SHEET = 40


def open_sheet(source: bytes, file: str) -> Entry:
    """The outermost mapping of a YAML file; raises UnusableSheet where it cannot be read at all."""
    if len(source) > LARGEST_SHEET_BYTES:
        raise _unusable(file, 1, "too_large", str(LARGEST_SHEET_BYTES))
    try:
        written = source.decode("utf-8")
        _refuse_traps(written, file)
        root = yaml.compose(written, yaml.CSafeLoader)
    except UnicodeDecodeError as error:
        raise _unusable(file, 1, "not_utf8") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _unusable(file, line, "not_yaml", str(error.problem)) from error
    except yaml.YAMLError as error:
        raise _unusable(file, 1, "not_yaml", str(error)) from error
    if not isinstance(root, yaml.MappingNode):
        raise _unusable(file, 1, "not_a_mapping")
    entry = Entry(file, 1, "", "", [])
    fill_entry(entry, root)
    return entry


def read_sheet_file(path: Path) -> Entry:
    """The outermost mapping of a YAML file on disk."""
    return open_sheet(path.read_bytes(), path.name)


def raise_faults(entry: Entry) -> None:
    """Raise UnusableSheet when anything was noted, in order of lines."""
    if entry.faults:
        raise UnusableSheet(sorted(dict.fromkeys(entry.faults), key=lambda fault: fault.line))


def _unusable(file: str, line: int, code: str, *values: str) -> UnusableSheet:
    return UnusableSheet([SheetFault(file, line, "", "", code, values)])


def _line_of(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _refuse_traps(written: str, file: str) -> None:
    """Look at the stream of events before a tree is built: composing a tree of extreme depth would end the process."""
    depth = 0
    for event in yaml.parse(written, yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST_SHEET:
            raise _unusable(file, _line_of(event), "sheet_too_deep", str(DEEPEST_SHEET))
        if isinstance(event, yaml.AliasEvent):
            raise _unusable(file, _line_of(event), "alias")
