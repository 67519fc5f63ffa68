"""`implement map`: propose how the source became the target, as a YAML file to edit."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from implement.commands.transfer_input import (
    OK,
    add_sides,
    end_progress,
    read_sides,
    refusing_unusable,
    settle_memory,
    show_progress,
)
from implement.engine.backend import open_backend
from implement.engine.mapping import Mapping, mapping_to_yaml, propose_mapping, write_mapping

SUMMARY = "propose tables, keys, columns, relations and value maps between two exports"


@refusing_unusable
def run(arguments: Sequence[str]) -> int:
    """Propose a mapping; 0 when written, 2 when the input cannot be used."""
    parser = argparse.ArgumentParser(prog="implement map", description=SUMMARY)
    add_sides(parser)
    parser.add_argument("--out", type=Path, help="YAML file to write; without it the mapping is printed")
    asked = parser.parse_args(arguments)
    with open_backend(asked.engine, scratch=asked.scratch, memory_mb=settle_memory(asked)) as backend:
        source, target = read_sides(asked.source, asked.target, backend)
        mapping = propose_mapping(source, target, backend, progress=show_progress)
    end_progress()
    _hand_over(mapping, asked.out)
    return OK


def _hand_over(mapping: Mapping, out: Path | None) -> None:
    if out is None:
        print(mapping_to_yaml(mapping), end="")
        return
    write_mapping(mapping, out)
    for table in mapping.tables:
        joined = ", ".join(f"{one} = {other}" for one, other in table.key) or "no key"
        there = " + ".join([table.target or "no counterpart", *(one.target for one in table.also)])
        print(f"{table.source} → {there} ({table.sure:.0%}; {joined})")
    print(f"written: {out}")
