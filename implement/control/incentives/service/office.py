"""What the payroll office says about its programs: never guessed, kept as it was typed in."""

import json
from dataclasses import dataclass, fields
from datetime import datetime

from implement.control.incentives.tables import PayrollOffice
from implement.db import db
from implement.jobs import Plain
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.signatures import hash_bytes


@dataclass(frozen=True)
class OfficeSettings:
    """What the office says; an empty text was never said. `programs` are the files it takes, in their order."""

    wage_plan: str = ""
    wage_commission: str = ""
    wage_kicker: str = ""
    adviser_number: str = ""
    client_number: str = ""
    processing_key: str = ""
    code_heading: str = ""
    kind_heading: str = ""
    programs: tuple[str, ...] = ()

    def wage_type(self, part: str) -> str:
        """The wage type of a kind of part."""
        return {"plan": self.wage_plan, "commission": self.wage_commission, "kicker": self.wage_kicker}[part]

    @property
    def sha256(self) -> str:
        """What files were prepared by: other settings, another hash."""
        return hash_bytes(json.dumps(vars(self), sort_keys=True).encode())


TEXTS = tuple(one.name for one in fields(OfficeSettings) if one.name != "programs")


def read_office(rollout_id: int) -> OfficeSettings:
    """What the office has said so far."""
    row = db.session.get(PayrollOffice, rollout_id)
    kept = row.settings if row else {}
    programs = kept.get("programs")
    taken = tuple(str(one) for one in programs) if isinstance(programs, list) else ()
    return OfficeSettings(**{name: str(kept.get(name) or "") for name in TEXTS}, programs=taken)


def set_office(rollout_id: int, office: OfficeSettings, *, by: Actor, now: datetime) -> None:
    """Keep what the office says."""
    said: dict[str, Plain] = {name: str(getattr(office, name)).strip() for name in TEXTS}
    row = db.session.get(PayrollOffice, rollout_id) or PayrollOffice(rollout_id=rollout_id)
    row.settings, row.by_name, row.at = {**said, "programs": list(dict.fromkeys(office.programs))}, by.name, now
    db.session.add(row)
    db.session.flush()
    said["programs"] = ", ".join(office.programs)
    log_write("set_payroll_office", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id, **said)
