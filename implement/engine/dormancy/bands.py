"""Four bands for people to read: active, quiet, at risk, silent; never a bare probability."""

from dataclasses import dataclass
from datetime import date

from implement.engine.dormancy.risk import (
    DEFAULT_DORMANCY,
    DormancySettings,
    SilenceRisk,
    last_active_column,
)
from implement.engine.usage.exposure import Exposure

BANDS = ("active", "quiet", "at_risk", "silent")


@dataclass(frozen=True)
class Dormancy:
    """One person's band with what it rests on; band and risk are None for those who were never there."""

    user: str
    band: str | None
    risk: float | None
    probability: float | None
    days_silent: int | None
    last_active_day: date | None


def judge_dormancy(
    exposure: Exposure, silence: SilenceRisk, last_seen: dict[str, date], settings: DormancySettings = DEFAULT_DORMANCY
) -> list[Dormancy]:
    """Put everybody in a band, in the order of the exposure; `last_seen` may reach back before it."""
    columns = last_active_column(exposure)
    found = []
    for row, person in enumerate(exposure.people):
        last = exposure.day_of(int(columns[row])) if columns[row] >= 0 else last_seen.get(person.user)
        days = None if last is None else (exposure.last_day - last).days
        if not exposure.present[row].any() and last is None:
            found.append(Dormancy(person.user, None, None, None, days, last))
            continue
        band = _band(silence, row, days, settings)
        found.append(Dormancy(person.user, band, float(silence.rank[row]), float(silence.probability[row]), days, last))
    return found


def _band(silence: SilenceRisk, row: int, days_silent: int | None, settings: DormancySettings) -> str:
    """Silence is weighed in working days the person was there; leave is not silence."""
    is_long = days_silent is None or days_silent >= settings.silent_days
    if is_long and silence.present_days_silent[row] >= settings.silent_present_days:
        return "silent"
    missed, probability = silence.missed_days[row], silence.probability[row]
    if missed >= settings.at_risk_missed_days or probability >= settings.at_risk:
        return "at_risk"
    return "quiet" if missed >= settings.quiet_missed_days or probability >= settings.quiet_risk else "active"
