"""Two runs compared as sets, and repair files that are kept as they were made."""

import csv
import io
import zipfile

import pytest
from sqlalchemy.orm import Session, scoped_session

from implement.db import utc_now
from implement.rollout.service.errors import NotFound
from implement.rollout.service.log import find_broken_row
from implement.stages.transfer.change_pictures import CHANGE_LABELS
from implement.stages.transfer.service import cases, comparison, repairs
from implement.stages.transfer.service.engine import Workshop
from implement.stages.transfer.tables import RepairFile, TransferRun
from implement.stages.transfer.words import FATE_LABELS
from tests import builders
from tests.rooms.test_transfer_cases_service import LOST, find, waive
from tests.rooms.transfer_case import DEALS_AFTER, DEALS_BEFORE, Case, a_mapped_case
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")
Database = scoped_session[Session]
LABELS = {"changes": CHANGE_LABELS, "fates": FATE_LABELS}


def test_two_runs_are_compared_as_sets(session: Database) -> None:
    case = a_mapped_case()
    before, after = two_runs(case)
    compared = comparison.compare_runs(before, after, {}, store=case.store, labels=LABELS)
    counts = [(row.table, row.fate, row.fixed, row.open, row.new) for row in compared.rows]
    assert counts == [("deals", "dropped", 38, 2, 1), ("deals", "value_changed", 0, 5, 0)]


def test_what_changed_is_listed_and_narrowed(session: Database) -> None:
    case = a_mapped_case()
    before, after = two_runs(case)
    compared = comparison.compare_runs(before, after, {"change": "new"}, store=case.store, labels=LABELS)
    assert [(row["source_id"], row["change"]) for row in compared.page.rows] == [("D0000", "new")]
    pieces = comparison.write_changes(before, after, store=case.store)
    session.expire_all()
    session.expunge_all()  # as when a page is streamed: its session is gone by then
    everything = "".join(pieces)
    rows = list(csv.DictReader(io.StringIO(everything)))
    assert (len(rows), rows[0]["change"], sum(row["change"] == "open" for row in rows)) == (46, "fixed", 7)


def test_a_run_compared_with_itself_has_changed_nothing(session: Database) -> None:
    case = a_mapped_case()
    run = case.run()
    compared = comparison.compare_runs(run, run, {}, store=case.store, labels=LABELS)
    assert [compared.total(change) for change in ("fixed", "open", "new")] == [0, 45, 0]


def test_the_newest_two_runs_are_chosen_unless_others_are_named() -> None:
    assert comparison.choose_runs([4, 3, 1], ["", ""]) == (3, 4)
    assert comparison.choose_runs([4, 3, 1], ["4", "1"]) == (1, 4)
    assert comparison.choose_runs([1], []) == (1, 1)
    with pytest.raises(NotFound):
        comparison.choose_runs([4, 3, 1], ["2", "1"])


def test_importing_the_repair_files_closes_every_case(session: Database) -> None:  # M29
    case = a_mapped_case()
    made = make(case, case.run())
    inserts, updates = (read_csv(case, made, f"import/{name}-deals.csv") for name in ("1-insert", "2-update"))
    assert (len(inserts), len(updates)) == (40, 5)
    case.hand_in("target", "deals.csv", take(DEALS_AFTER, inserts, updates))
    run = case.run()
    assert (run.harmful, find(case, "dropped").state, find(case, "value_changed").state) == (0, "closed", "closed")


def test_what_is_waived_is_in_no_file(session: Database) -> None:
    case = a_mapped_case()
    run = case.run()
    waive(case, find(case, "dropped"))
    assert [table["kind"] for table in make(case, run).contents["tables"]] == ["update"]


def test_one_case_has_a_file_of_its_own(session: Database) -> None:
    case = a_mapped_case()
    made = make(case, case.run(), "dropped")
    assert [(table["kind"], table["rows"]) for table in made.contents["tables"]] == [("insert", 40)]
    assert repairs.name_repair(made).case_number == find(case, "dropped").number


def test_the_archive_is_the_same_bytes_each_time(session: Database) -> None:
    case = a_mapped_case()
    run = case.run()
    assert make(case, run).sha256 == make(case, run).sha256


def test_the_readme_speaks_the_language_of_whoever_asked(session: Database) -> None:
    case = a_mapped_case()
    made = make(case, case.run(), language="de")
    with zipfile.ZipFile(case.store.path(made.sha256 or "")) as archive:
        assert "In dieser Reihenfolge importieren:" in archive.read("README.txt").decode()
        assert {"import.xlsx", "undo.xlsx"} <= set(archive.namelist())


def test_repair_files_of_another_rollout_are_not_found(session: Database) -> None:
    case = a_mapped_case()
    made = make(case, case.run())
    with pytest.raises(NotFound):
        repairs.get_repair(builders.a_rollout().id, made.id)
    with pytest.raises(NotFound):
        repairs.open_member(made, 99, store=case.store)
    session.commit()
    assert find_broken_row() is None


def two_runs(case: Case) -> tuple[TransferRun, TransferRun]:
    """Of 40 lost deals 38 are put in, and another one is lost."""
    before = case.run()
    kept = DEALS_AFTER.replace(DEALS_AFTER.splitlines()[1] + b"\n", b"")
    case.hand_in("target", "deals.csv", kept + b"\n".join([*LOST[:38], b""]))
    return before, case.run()


def make(case: Case, run: TransferRun, fate: str = "", *, language: str = "en") -> RepairFile:
    """Ask for repair files of a run, or of the case of one class, and put them together at once."""
    of = cases.get_case(case.rollout_id, find(case, fate).number) if fate else None
    row = repairs.ask_for_repair(run, of, by=case.carol, now=utc_now())
    work = repairs.gather_repair(row, store=case.store)
    archive, contents = repairs.compute_repair(work, language=language, store=case.store, workshop=Workshop())
    repairs.record_repair(row, archive, contents, store=case.store, by=case.carol, now=utc_now())
    return row


def read_csv(case: Case, made: RepairFile, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(case.store.path(made.sha256 or "")) as archive:
        return list(csv.DictReader(io.StringIO(archive.read(name).decode())))


def take(content: bytes, inserts: list[dict[str, str]], updates: list[dict[str, str]]) -> bytes:
    """Import into an export what the files say, as the CRM would."""
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    changed = {row["deal_id"]: row for row in updates}
    text = io.StringIO()
    writer = csv.DictWriter(text, DEALS_BEFORE.decode().splitlines()[0].split(","), lineterminator="\n")
    writer.writeheader()
    writer.writerows([{**row, **changed.get(row["deal_id"], {})} for row in [*rows, *inserts]])
    return text.getvalue().encode()
