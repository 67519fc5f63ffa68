"""Files for payroll, prepared and proved with the figures, signed with them, and given out as exactly these bytes.

Each preparation is an edition that stays as it is: by which settings of the office, over which pay. Only the newest
counts, only while neither has changed, and only once its files were signed.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from sqlalchemy import func, select

from implement.control.incentives.service.office import OfficeSettings, read_office
from implement.control.incentives.service.payroll import Paid, build_payroll_run, write_archive
from implement.control.incentives.tables import PayFile, PayRun
from implement.db import db
from implement.engine.payroll import PayrollFault, PayrollFile, PayrollRun, UnusableRun
from implement.jobs import Plain
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.signatures import SignedBy, hash_bytes, list_signatures, sign
from implement.store import FileGone, Store
from implement.web.access import Role
from implement.web.texts import lazy

MOST_FAULTS = 200
HANDED_OVER = ("exported", "closed")

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Prepared:
    """One program's archive, or why there is none."""

    kind: str
    archive: PayrollFile | None
    row_count: int
    total_minor: int
    faults: tuple[dict[str, Plain], ...] = ()
    fault_count: int = 0


@dataclass(frozen=True)
class Edition:
    """The newest preparation of a run: its files, whether it still fits, who signed it."""

    files: tuple[PayFile, ...]
    wanted: bool
    fits: bool
    signed: tuple[SignedBy, ...]
    manifest: bytes
    was_handed_over: bool

    @property
    def refused(self) -> list[PayFile]:
        """Programs that would misread the run."""
        return [one for one in self.files if one.fault_count]

    @property
    def is_stale(self) -> bool:
        """The office says something else since, or the pay is another."""
        return not self.fits

    @property
    def waits_for_signature(self) -> bool:
        """Whole, of today's settings, and nobody signed it yet."""
        return bool(self.files) and self.fits and not self.refused and not self.signed

    @property
    def may_go_out(self) -> bool:
        """Signed as it is; after the hand-over also when the office says something else since."""
        return bool(self.files and self.signed) and (self.fits or self.was_handed_over)


def prepare_files(
    run: PayRun, paid: Sequence[Paid], office: OfficeSettings, *, tell: Tell | None = None
) -> list[Prepared]:
    """Write and read back the archive of each program of the office; nothing is kept yet."""
    found = []
    for done, kind in enumerate(office.programs, start=1):
        found.append(_prepare(run, paid, kind, office))
        if tell:
            tell(done, len(office.programs))
    return found


def keep_files(
    run: PayRun, pay_sha256: str, prepared: Sequence[Prepared], office: OfficeSettings, *, store: Store, by: Actor,
    now: datetime,
) -> None:  # fmt: skip
    """Keep a new edition; nobody can load it down before it is signed."""
    number = (db.session.scalar(select(func.max(PayFile.edition)).where(PayFile.run_id == run.id)) or 0) + 1
    for one in prepared:
        sha256 = store.put(BytesIO(one.archive.content)).sha256 if one.archive else ""
        name = one.archive.name if one.archive else ""
        db.session.add(
            PayFile(
                run_id=run.id, edition=number, kind=one.kind, name=name, sha256=sha256, pay_sha256=pay_sha256,
                office_sha256=office.sha256, row_count=one.row_count, total_minor=one.total_minor,
                faults=list(one.faults), fault_count=one.fault_count, by_id=by.id, at=now,
            )
        )  # fmt: skip
    db.session.flush()
    kinds = ", ".join(one.kind for one in prepared)
    here = {"by": by, "now": now, "rollout_id": run.rollout_id}
    log_write("prepare_pay_files", f"pay_run:{run.id}", edition=number, programs=kinds, **here)  # type: ignore[arg-type]


def read_edition(run: PayRun) -> Edition:
    """The newest preparation of a run, as it stands against what the office says now."""
    newest = select(func.max(PayFile.edition)).where(PayFile.run_id == run.id).scalar_subquery()
    asked = select(PayFile).where(PayFile.run_id == run.id, PayFile.edition == newest).order_by(PayFile.id)
    files, office = tuple(db.session.scalars(asked)), read_office(run.rollout_id)
    fits = {(one.office_sha256, one.pay_sha256) for one in files} <= {(office.sha256, run.pay_sha256)}
    manifest = _write_manifest(run, files)
    signed = list_signatures(run.rollout_id, subject_of_files(run), hash_bytes(manifest)) if files else []
    wanted = bool(office.programs)
    return Edition(files, wanted, fits and bool(files) == wanted, tuple(signed), manifest, run.state in HANDED_OVER)


def sign_files(run: PayRun, *, seen: str, role: Role, roles: frozenset[Role], by: Actor, now: datetime) -> None:
    """Sign the names, hashes and totals of the newest files together; nothing to sign where the office takes none."""
    edition = read_edition(run)
    if not edition.wanted:
        return
    if edition.is_stale:
        raise RuleBroken(lazy("The files for payroll are not prepared as the office says now; prepare them again."))
    if edition.refused:
        raise RuleBroken(
            lazy("A payroll program would refuse this run. Put right what stands at its file, or take it off the list.")
        )
    if seen != hash_bytes(edition.manifest):
        raise RuleBroken(lazy("The files for payroll were prepared anew meanwhile; look at them again."))
    sign(run.rollout_id, subject_of_files(run), edition.manifest, role=role, roles=roles, by=by, now=now)


def demand_signed(run: PayRun) -> None:
    """Refuse to call a run handed over whose files nobody may load down yet; nothing to ask where there are none."""
    edition = read_edition(run)
    if edition.wanted and not edition.may_go_out:
        raise RuleBroken(lazy("These files were not signed by a second person yet, or the office says something else."))


def read_signed_file(run: PayRun, kind: str, *, store: Store) -> PayrollFile:
    """Exactly the bytes that were prepared and signed; raises NotFound or RuleBroken where there are none."""
    edition = read_edition(run)
    row = next((one for one in edition.files if one.kind == kind), None)
    if row is None or not row.sha256:
        raise NotFound(lazy("There is no such file."))
    if not edition.may_go_out:
        raise RuleBroken(lazy("These files were not signed by a second person yet, or the office says something else."))
    try:
        content = store.path(row.sha256).read_bytes()
    except FileGone:
        content = b""
    if hash_bytes(content) != row.sha256:
        raise RuleBroken(lazy("The kept file is not the one that was signed. Tell whoever runs this installation."))
    return PayrollFile(row.name, content)


def subject_of_files(run: PayRun) -> str:
    """What signatures under the files of a run refer to."""
    return f"pay_files:{run.id}"


def _write_manifest(run: PayRun, files: Sequence[PayFile]) -> bytes:
    """What is signed: the pay, and each file with its hash and control totals; canonical, so that same is same."""
    listed = [
        {"kind": one.kind, "name": one.name, "sha256": one.sha256, "rows": one.row_count, "total": one.total_minor}
        for one in files
    ]
    said = {"run": run.number, "pay": files[0].pay_sha256 if files else "", "files": listed}
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()


def _prepare(run: PayRun, paid: Sequence[Paid], kind: str, office: OfficeSettings) -> Prepared:
    payroll: PayrollRun | None = None
    try:
        payroll = build_payroll_run(run, paid, office)
        return Prepared(kind, write_archive(payroll, kind, office), len(payroll.rows), payroll.total_minor)
    except UnusableRun as refused:
        told = tuple(_write_fault(payroll, one) for one in refused.faults[:MOST_FAULTS])
        return Prepared(kind, None, 0, 0, told, len(refused.faults))


def _write_fault(payroll: PayrollRun | None, fault: PayrollFault) -> dict[str, Plain]:
    """A fault with the person of its row."""
    row = payroll.rows[fault.row - 1] if payroll and fault.row else None
    who = int(row.person_id) if row and row.person_id.isdigit() else 0
    return {
        "person": who, "name": row.name if row else "", "number": row.personnel_number if row else "",
        "code": fault.code, "values": list(fault.values),
    }  # fmt: skip
