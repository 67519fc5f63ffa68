"""The roll-up by person and day stays right whatever comes in which order: the same as from one file."""

import json
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from implement.engine.backend import Backend, open_backend
from implement.stages.adoption.event_lines import read_lines
from implement.stages.adoption.log_parts import PartFile, merge_parts
from implement.stages.adoption.service.batches import type_events
from implement.stages.adoption.service.parts import roll_up_touched
from implement.store import FolderStore

Event = tuple[str, int, int, str]
Days = dict[str, list[dict[str, object]]]
actions = st.sampled_from(["create", "view", "complete"])
events = st.tuples(st.sampled_from(["ann", "bob"]), st.integers(1, 4), st.integers(0, 2), actions)


def write(event: Event) -> str:
    user, day, minute, action = event
    said = {"user": user, "ts": f"2026-03-{day:02d}T09:0{minute}:00", "object": "contact", "action": action}
    return json.dumps(said if action != "complete" else said | {"object": "task", "target_user": "bob"})


def keep(part: list[Event], store: FolderStore, backend: Backend) -> PartFile:
    lines = read_lines("\n".join(write(event) for event in part).encode(), ZoneInfo("Europe/Berlin"))
    assert lines.faults == ()
    return type_events(lines, store, backend)


def add(known: list[PartFile], part: PartFile, days: Days, backend: Backend) -> None:
    """Count the touched days anew, and only those."""
    rolled = roll_up_touched([part], known, backend)
    rows = rolled.rows.to_pylist()
    for day in rolled.days:
        days[str(day)] = sorted((row for row in rows if row["day"] == day), key=lambda row: str(row["user"]))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(events, min_size=1, max_size=6), min_size=1, max_size=4), st.integers(0, 4))
def test_any_order_and_overlap_of_parts_counts_like_one_import(
    tmp_path: Path, pieces: list[list[Event]], merged: int
) -> None:
    store, days, whole = FolderStore(tmp_path / "store"), Days(), Days()
    with open_backend() as backend:
        known: list[PartFile] = []
        for place, piece in enumerate(pieces):
            part = keep(piece, store, backend)
            add(known, part, days, backend)
            known = [merge_parts([*known, part], store, backend)] if place == merged else [*known, part]
        add([], keep([event for piece in pieces for event in piece], store, backend), whole, backend)
    assert days == whole
