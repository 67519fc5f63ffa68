"""Ticks, renamed lists and lists that became one are mappings; an invented value is none."""

from pathlib import Path

import pytest

from implement.engine.mapping import mapping_from_yaml, mapping_to_yaml
from implement.engine.mapping.columns.choices import find_united_lists
from implement.engine.mapping.columns.chosen import describe_column
from implement.engine.mapping.columns.evidence import Evidence
from implement.engine.mapping.looking.alignment import Alignment
from implement.engine.mapping.looking.profile import Cells, profile_column
from implement.engine.mapping.plan import Joined
from implement.engine.mapping.settings import DEFAULT_MAPPING_SETTINGS
from tests.engine.transfers import propose
from tests.evaluators.foreign.ticked import build_ticked


def _values(written: Cells, found: Cells) -> dict[str, str]:
    columns = profile_column("one", written), profile_column("other", found)
    matched = Alignment({"one": written}, {"other": found}, len(written))
    return dict(describe_column(*columns, Evidence(1, 0, 1), matched, DEFAULT_MAPPING_SETTINGS).values)


@pytest.mark.parametrize(
    ("written", "found", "values"),
    [
        (["X", None], ["true", "false"], {"X": "true", "": "false"}),
        (["1", None], ["1", "0"], {"": "0"}),
        (["yes", "no"], ["x", None], {"yes": "x", "no": ""}),
        (["A", "B", None], ["Hot", "Warm", "Unrated"], {"A": "Hot", "B": "Warm", "": "Unrated"}),
        (["A", "B", None], ["A", "B", "Unrated"], {}),
        (["A", "B", None], ["Hot", "Warm", "null"], {"A": "Hot", "B": "Warm"}),
        (["A", "B", "C"], ["Hot", "Warm", None], {"A": "Hot", "B": "Warm"}),
        (["5", "7", None], ["5", "7", "0"], {}),
    ],
)
def test_a_blank_is_a_value_of_ticks_and_of_renamed_lists_only(
    written: Cells, found: Cells, values: dict[str, str]
) -> None:
    assert _values(written * 20, found * 20) == values


def test_two_lists_became_one_where_each_says_a_part_of_it() -> None:
    rows = [("Hot", "open", "Hot"), ("Cold", "open", "Cold"), ("Hot", "won", "Won"), ("Cold", "won", "Won")] * 15
    label, state, stage = (list(cells) for cells in zip(*rows, strict=True))
    source = {"label": profile_column("label", label), "state": profile_column("state", state)}
    matched = Alignment({"label": label, "state": state}, {"stage": stage}, len(rows))
    values = (("Cold open", "Cold"), ("Cold won", "Won"), ("Hot open", "Hot"), ("Hot won", "Won"))
    found = find_united_lists(matched, source, {"stage": profile_column("stage", stage)})
    assert found == (Joined(("label", "state"), ("stage",), values),)


def test_a_mapping_with_blanks_and_united_lists_is_read_back_as_it_was(tmp_path: Path) -> None:
    mapping = propose(*build_ticked(60).write(tmp_path))
    assert mapping.tables[0].joined[0].values
    assert mapping_from_yaml(mapping_to_yaml(mapping)) == mapping
