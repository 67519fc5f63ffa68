"""What a run freezes: the plan as the contract of `price` has it, and its basis; one entry a line.

An entry can be read without the others: a statement of one among thousands does not read them all.
"""

import json
from collections.abc import Iterable, Mapping

from implement.engine.pay.plan import Terms
from implement.engine.pay.scan import Json

ENTRY = "id"
BEGINS = b'{"id":'
DECODER = json.JSONDecoder()


class NoEntry(LookupError):
    """The frozen file has no entry of this id."""


def freeze_plan(terms: Terms, entries: Iterable[Mapping[str, Json]]) -> bytes:
    """The bytes of a plan, its people in the order given."""
    head = {"currency": terms.currency, "minor_digits": terms.minor_digits, "rounding": str(terms.rounding)}
    return _freeze(head, "people", entries)


def freeze_basis(head: Mapping[str, Json], entries: Iterable[Mapping[str, Json]]) -> bytes:
    """The bytes of a basis: what holds for the run, then of each entry where its figures came from."""
    return _freeze(head, "entries", entries)


def read_entry(content: bytes, entry_id: str) -> dict[str, Json]:
    """One entry of a frozen file; raises NoEntry."""
    return pick_entries(content, [entry_id])[entry_id]


def pick_entries(content: bytes, entry_ids: Iterable[str]) -> dict[str, dict[str, Json]]:
    """These entries of a frozen file, which is gone through once; raises NoEntry."""
    wanted, found = set(entry_ids), dict[str, dict[str, Json]]()
    for line in content.splitlines():
        if line.startswith(BEGINS):
            entry_id, _end = DECODER.raw_decode(line.decode(), len(BEGINS))
            if entry_id in wanted:
                found[entry_id] = json.loads(line.rstrip(b","))
    for missing in wanted - found.keys():
        raise NoEntry(missing)
    return found


def read_head(content: bytes) -> dict[str, Json]:
    """What a frozen file says before its entries."""
    first = content.partition(b"\n")[0]
    head: dict[str, Json] = json.loads(first + b"]}")
    return {name: value for name, value in head.items() if value != []}


def read_entries(content: bytes) -> tuple[dict[str, Json], list[dict[str, Json]]]:
    """A frozen basis whole: what holds for the run, and every entry in order."""
    whole: dict[str, Json] = json.loads(content)
    entries = whole.pop("entries", [])
    return whole, [one for one in entries if isinstance(one, dict)] if isinstance(entries, list) else []


def cut_plan(content: bytes, entry_ids: Iterable[str]) -> bytes:
    """A plan with only these entries, priced as they are in the whole."""
    first = content.partition(b"\n")[0]
    wanted = list(entry_ids)
    entries = pick_entries(content, wanted)
    lines = [_write(entries[entry_id]) for entry_id in wanted]
    return first + b"\n" + b",\n".join(lines) + b"\n]}\n"


def _freeze(head: Mapping[str, Json], name: str, entries: Iterable[Mapping[str, Json]]) -> bytes:
    begun = _canonical(dict(head)).removesuffix("}")
    comma = "," if head else ""
    first = f"{begun}{comma}{_canonical(name)}:[".encode()
    return first + b"\n" + b",\n".join(_write(entry) for entry in entries) + b"\n]}\n"


def _write(entry: Mapping[str, Json]) -> bytes:
    """One entry, its id first, everything else in the order of its names."""
    rest = {name: entry[name] for name in sorted(entry) if name != ENTRY}
    return _canonical({ENTRY: entry[ENTRY], **rest}, sort=False).encode()


def _canonical(value: Json, *, sort: bool = True) -> str:
    if not sort and isinstance(value, dict):
        inner = ",".join(f"{_canonical(name)}:{_canonical(one)}" for name, one in value.items())
        return f"{{{inner}}}"
    return json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
