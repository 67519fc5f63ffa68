"""What must never change a score, tried with many logs."""

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from implement.engine.scoring import list_reasons, list_scores
from tests.engine.usage.logs import PEOPLE, a_log, an_event, score_log, working_days

DAYS = working_days()
FEW = settings(max_examples=8, deadline=None)
BASE = [event | {"changed": "1"} for n, event in enumerate(a_log()) if n % (1 + PEOPLE.index(event["user"])) == 0]

OTHER_NAMES = {
    "user": "Mitarbeiter", "ts": "timestamp", "object": "Objekttyp", "action": "operation", "source": "Quelle",
}  # fmt: skip
PLAIN = [{name: event[name] for name in OTHER_NAMES} for event in BASE]

Row = tuple[str, ...]


def scored(events: list[dict[str, str]], **tables: list[dict[str, str]]) -> tuple[list[Row], list[Row]]:
    with tempfile.TemporaryDirectory() as folder:
        scoring = score_log(Path(folder), events, **tables)
        return list_scores(scoring.scores), list_reasons(scoring.scores)


@FEW
@given(
    st.lists(
        st.tuples(st.sampled_from(PEOPLE), st.sampled_from(DAYS), st.sampled_from(("import", "sync", "api"))),
        max_size=30,
    )
)
def test_imports_and_mail_sync_change_nothing(added: list[tuple[str, object, str]]) -> None:
    more = [an_event(user, day, source=source, changed="1") for user, day, source in added]
    assert scored(BASE + more) == scored(BASE)


@FEW
@given(st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(DAYS)), max_size=30))
def test_edits_that_change_nothing_change_nothing(added: list[tuple[str, object]]) -> None:
    more = [an_event(user, day, action="update", changed="0") for user, day in added]
    assert scored(BASE + more) == scored(BASE)


@FEW
@given(st.permutations(range(len(BASE))))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    assert scored([BASE[place] for place in order]) == scored(BASE)


@FEW
@given(st.permutations(["q1", "x7", "kim", "lee", "pat", "sam", "uma", "zed"]))
def test_names_of_ordinary_people_change_nothing(names: list[str]) -> None:
    renamed = dict(zip(PEOPLE, names, strict=True))
    before = {renamed[row[0]]: row[1:] for row in scored(BASE)[0]}
    after = {row[0]: row[1:] for row in scored([event | {"user": renamed[event["user"]]} for event in BASE])[0]}
    assert after == before


@settings(max_examples=6, deadline=None)
@given(st.permutations(list(OTHER_NAMES)), st.sets(st.sampled_from(list(OTHER_NAMES))))
def test_names_and_order_of_columns_change_nothing(order: list[str], renamed: set[str]) -> None:
    names = {name: OTHER_NAMES[name] if name in renamed else name for name in order}
    rows = [{names[name]: event[name] for name in order} for event in PLAIN]
    assert scored(rows) == scored(PLAIN)


@FEW
@given(st.integers(0, 20), st.integers(0, 8), st.sampled_from(PEOPLE))
def test_an_absence_over_days_without_events_never_lowers_the_rhythm_nor_raises_resistance(
    start: int, length: int, user: str
) -> None:
    first = DAYS[-1] - timedelta(days=27 - start)
    last = min(first + timedelta(days=length), DAYS[-1])
    quiet = [e for e in BASE if e["user"] != user or not first.isoformat() <= e["ts"][:10] <= last.isoformat()]
    nobody = {"user": "nobody", "from": "2024-01-01", "to": "2024-01-01"}
    away = {"user": user, "from": first.isoformat(), "to": last.isoformat()}
    before, after = (judged(quiet, absences, user) for absences in ([nobody], [nobody, away]))
    assert after[0] >= before[0] - 1e-9
    assert after[1] <= before[1] + 1e-9


def judged(events: list[dict[str, str]], absences: list[dict[str, str]], user: str) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        scoring = score_log(Path(folder), events, absences=absences)
    row = next(row for row in scoring.scores if row.user == user)
    rhythm = next((part.own_level for part in row.parts if part.name == "rhythm"), 1.0)
    return rhythm, row.resistance.score or 0.0
