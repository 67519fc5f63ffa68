"""Cells that hold an array of entries, as the interfaces of CRMs write phones: `[{"value": "…", "primary": true}]`."""

import json
from collections.abc import Collection, Sequence
from itertools import islice

from implement.engine.mapping.names import looks_like_id, words_of

WHOLE = "*"
"""Stands for the name of what is read of an entry where all of it counts."""
GLIMPSE = 20
NEARLY_ALL = 0.95
FEW_WORDS = 12
"""What tells entries apart, such as `work` and `home`, is of so few words."""
BETWEEN = "; "
FIRST_WORDS = frozenset({"primary", "main", "default", "preferred"})
Entry = dict[str, object]
Pairs = Sequence[tuple[str, str]]


def find_entry_name(cells: Collection[str]) -> str:
    """What each entry keeps its value as, if nearly all of some different cells hold arrays; `*` where it is several.

    An array of prices and numbers of pieces says more than one value does: it is read whole, or not at all.
    """
    if 2 * sum(map(_may_be_array, islice(cells, GLIMPSE))) < min(GLIMPSE, len(cells)):
        return ""
    arrays = [entries for cell in cells if (entries := _read_array(cell)) is not None]
    if len(arrays) < NEARLY_ALL * len(cells) or not any(arrays):
        return ""
    return _value_name([entry for entries in arrays for entry in entries])


def read_entries(cells: Sequence[str], name: str) -> Sequence[str]:
    """The values in the cells' arrays, the cells themselves where no array is read."""
    return [read_entry(cell, name) for cell in cells] if name else cells


def read_entry(cell: str, name: str) -> str:
    """The values of an array, the primary one first and the others behind it; another cell as it stands."""
    return BETWEEN.join(_values(cell, name))


def turn_entries(cell: str, name: str, name_there: str) -> str:
    """A cell with arrays, or without, as the other side writes it that names the value in an entry so, or has none."""
    if name == name_there:
        return cell
    values = _values(cell, name)
    return _dump([{name_there: value} for value in values]) if name_there else BETWEEN.join(values)


def _values(cell: str, name: str) -> list[str]:
    entries = _read_array(cell) if name else None
    if entries is None:
        return [cell]
    if name == WHOLE:
        return [_dump(entries)] if entries else []
    ordered = sorted(entries, key=lambda entry: not _is_first(entry))
    return list(dict.fromkeys(filter(None, (_text(entry.get(name)) for entry in ordered))))


def agreed_names(names: tuple[str, str], pairs: Pairs) -> tuple[str, str]:
    """What each side's entries are read as: whole where most arrays of both sides are the same so, or tell several.

    Beside texts only arrays that tell a single value are read.
    """
    if not all(names):
        return ("", "") if WHOLE in names else names
    same = sum(read_entry(one, WHOLE) == read_entry(other, WHOLE) for one, other in pairs)
    return (WHOLE, WHOLE) if WHOLE in names or 2 * same > len(pairs) else names


def _may_be_array(cell: str) -> bool:
    return cell.lstrip().startswith("[") and cell.rstrip().endswith("]")


def _read_array(cell: str) -> list[Entry] | None:
    if not _may_be_array(cell):
        return None
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError):
        return None
    return found if all(isinstance(entry, dict) for entry in found) else None


def _dump(entries: list[Entry]) -> str:
    return json.dumps(entries, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _is_first(entry: Entry) -> bool:
    return any(value is True and not FIRST_WORDS.isdisjoint(words_of(name)) for name, value in entry.items())


def _value_name(entries: Sequence[Entry]) -> str:
    """The name of the one thing that entries tell, beside flags, ids and a few words."""
    told: dict[str, set[str]] = {}
    for entry in entries:
        for name, value in entry.items():
            if isinstance(value, dict | list | float):
                return WHOLE
            if value is not None and not isinstance(value, bool):
                told.setdefault(name, set()).add(_text(value))
    value = max(told, key=lambda name: (name.lower() == "value", not looks_like_id(name), len(told[name])), default="")
    others = [words for name, words in told.items() if name != value and not looks_like_id(name)]
    is_told = value and not any(len(words) > FEW_WORDS or any(map(str.isdigit, words)) for words in others)
    return value if is_told else WHOLE
