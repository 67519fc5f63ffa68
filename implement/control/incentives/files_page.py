"""The files of a run for payroll as pages show them: how far they are, what each comes to, and why one is refused."""

from dataclasses import dataclass
from datetime import date

from implement.control.incentives.run_page import say_pseudonym, sees_names
from implement.control.incentives.service.preparing import Edition, read_edition
from implement.control.incentives.service.runs import PREPARED_STATES
from implement.control.incentives.tables import PayFile, PayRun
from implement.control.incentives.words import PROGRAMS
from implement.engine.payroll.faults import PAYROLL_FAULT_TEXTS
from implement.jobs import Plain
from implement.rollout.service.signatures import hash_bytes
from implement.web.access import Permission, Standing
from implement.web.texts import _, _n, day, lazy

TELLS_NUMBER = frozenset({"number_unfit", "number_shared", "number_changes", "row_repeated", "whole_number"})
HIDDEN = "…"
HEADINGS = {"code_heading": lazy("for the employee's code"), "kind_heading": lazy("for the kind of addition")}


@dataclass(frozen=True)
class FileShown:
    """One program's file."""

    kind: str
    program: str
    row_count: int
    total_minor: int
    sha256: str
    reasons: tuple[tuple[str, str], ...]
    rest: int
    is_of_person: bool

    @property
    def is_refused(self) -> bool:
        """True where the program would misread the run."""
        return bool(self.reasons)


@dataclass(frozen=True)
class FilesShown:
    """All files of a run, and what may be done with them now."""

    sentence: str
    tone: str
    files: tuple[FileShown, ...]
    seen: str
    may_go_out: bool
    may_sign: bool
    may_prepare: bool
    is_unset: bool

    @property
    def is_refused(self) -> bool:
        """True where at least one program would misread the run."""
        return any(one.is_refused for one in self.files)


def describe_files(run: PayRun, standing: Standing, secret: str, today: date) -> FilesShown | None:
    """The newest files of a run past its draft."""
    if run.state == "draft" or run.kind == "simulation":
        return None
    edition, by_name = read_edition(run), sees_names(standing, today)
    files = tuple(_show(one, None if by_name else (standing, secret)) for one in edition.files)
    tone, sentence = _say(edition)
    approved = run.state in ("approved", "exported")
    return FilesShown(
        sentence, tone, files if edition.wanted or edition.may_go_out else (), hash_bytes(edition.manifest),
        may_go_out=edition.may_go_out and standing.may(Permission.APPROVE_PAY),
        may_sign=approved and edition.waits_for_signature and standing.may(Permission.APPROVE_PAY),
        may_prepare=edition.wanted and edition.is_stale and run.state in PREPARED_STATES,
        is_unset=not edition.wanted,
    )  # fmt: skip


def _say(edition: Edition) -> tuple[str, str]:
    """How far the files are, in one sentence, with its tone."""
    if edition.may_go_out:
        by = edition.signed[0]
        said = {"name": by.name, "day": day(by.at.date())}
        if edition.is_stale:
            return "watch", _(
                "%(name)s signed these files on %(day)s and they were handed over; the payroll office says something "
                "else since.", **said,
            )  # fmt: skip
        return "good", _("%(name)s signed these files on %(day)s; what goes out is exactly these bytes.", **said)
    if not edition.wanted:
        return "neutral", _("No file is prepared: nobody has said yet which files the payroll office takes.")
    if edition.is_stale:
        return "watch", _(
            "The payroll office says something else since: the files are prepared anew before any goes out."
        )
    if edition.refused:
        text = _n(
            "One program would refuse this run. Put it right before anybody signs.",
            "%(num)d programs would refuse this run. Put it right before anybody signs.", len(edition.refused),
        )  # fmt: skip
        return "bad", text
    return "watch", _n(
        "One file is prepared and read back; it goes out once a second person has signed it.",
        "%(num)d files are prepared and read back; they go out once a second person has signed them.",
        len(edition.files),
    )


def _show(row: PayFile, hide: tuple[Standing, str] | None) -> FileShown:
    reasons = tuple(_say_reason(one, hide) for one in row.faults)
    rest = row.fault_count - len(reasons)
    named = any(one.get("name") or one.get("number") for one in row.faults)
    program = str(PROGRAMS[row.kind])
    return FileShown(row.kind, program, row.row_count, row.total_minor, row.sha256, reasons, rest, named)


def _say_reason(fault: dict[str, Plain], hide: tuple[Standing, str] | None) -> tuple[str, str]:
    """Whom a fault is about, by name or under a pseudonym, and what it is."""
    listed = fault.get("values")
    code, values = str(fault["code"]), [str(one) for one in listed] if isinstance(listed, list) else []
    who = " ".join(str(fault[key]) for key in ("name", "number") if fault.get(key))
    if hide is not None:
        who = say_pseudonym(*hide, int(str(fault["person"])))
        values = [HIDDEN for _one in values] if code in TELLS_NUMBER else values
    values = [str(HEADINGS.get(one, one)) for one in values]
    return who, _(PAYROLL_FAULT_TEXTS[code]).format(*values)


def say_prepared_again(runs: int) -> str:
    """What follows from other words of the office."""
    if not runs:
        return _("Saved.")
    return _n(
        "Saved. The files of one run are prepared anew.", "Saved. The files of %(num)d runs are prepared anew.", runs
    )
