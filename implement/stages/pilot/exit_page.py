"""The result of a wave in sentences and pictures, and the report that is frozen and signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from flask import current_app, render_template, request
from markupsafe import Markup

from implement.engine.pilot_effect import PilotEffect
from implement.rollout.service.reports import ReportFrame
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.signatures import SignedBy, hash_bytes
from implement.stages.pilot import tests_page, waves_page
from implement.stages.pilot.service import comparison, defects, scenarios
from implement.stages.pilot.service.comparison import Compared, Comparison
from implement.stages.pilot.service.criteria import EXIT
from implement.stages.pilot.service.exits import EXTEND, GO, NO_GO, ExitPaper, ExitSaid
from implement.stages.pilot.service.waves import WaveRow, list_rows
from implement.stages.pilot.tables import ExitReport
from implement.store import Store
from implement.web.charts import Chart, Estimate, ranges
from implement.web.pdf import render_pdf
from implement.web.texts import _, _n, day, in_language, lazy, number, share

VERDICT_WORDS = {GO: lazy("Go"), EXTEND: lazy("Extend"), NO_GO: lazy("No go")}
VERDICT_TONES = {GO: "good", EXTEND: "watch", NO_GO: "bad"}
LACKS = {"people": lazy("too few people with both levels"), "others": lazy("too few others with both levels")}


@dataclass(frozen=True)
class FigureLine:
    """One compared figure in words."""

    label: str
    mine: str
    others: str
    effect: str
    basis: str


@dataclass(frozen=True)
class WaveResult:
    """What is known of a wave at its exit."""

    row: WaveRow
    criteria: tuple[waves_page.Line, ...]
    compared: Comparison
    lines: tuple[FigureLine, ...]
    tests: str
    defects: str

    @property
    def open_criteria(self) -> int:
        """How many criteria are not met."""
        return sum(not line.met for line in self.criteria)

    @property
    def proposal(self) -> str:
        """What the figures speak for: go when everything is met, else to extend; no go is people's own."""
        return EXTEND if self.open_criteria else GO


def read_result(rollout_id: int, wave_id: int, today: date) -> WaveResult:
    """Criteria as computed, the comparison, tests and defects."""
    row = next(one for one in list_rows(rollout_id) if one.id == wave_id)
    compared = comparison.compare_wave(rollout_id, wave_id, today)
    lines = tuple(_write_line(one) for one in compared.figures)
    rows, counts = scenarios.list_scenarios(rollout_id), defects.count_defects(rollout_id)
    criteria = waves_page.write_moment(rollout_id, row, EXIT, today)
    return WaveResult(row, criteria, compared, lines, tests_page.say_passed(rows), tests_page.say_open(counts))


def say_result(result: WaveResult) -> str:
    """What the figures speak for, in one sentence."""
    name, count = result.row.name, len(result.criteria)
    if result.compared.lacks == "start":
        return _("%(wave)s has not started; there is nothing to decide yet.", wave=name)
    if not result.open_criteria:
        return _("%(wave)s: all %(count)s exit criteria are met; the figures speak for go.", wave=name, count=count)
    return _n(
        "%(wave)s: one of %(count)s exit criteria is open; the figures speak for extending.",
        "%(wave)s: %(num)d of %(count)s exit criteria are open; the figures speak for extending.",
        result.open_criteria,
        wave=name,
        count=count,
    )


def say_decision(result: WaveResult, report: ExitReport, signed_at: datetime) -> str:
    """What was decided at the wave's exit, once both sides have signed it."""
    words = {"wave": result.row.name, "verdict": str(VERDICT_WORDS[report.verdict]), "day": day(signed_at)}
    return _("%(wave)s: “%(verdict)s”, signed by both sides on %(day)s.", **words)


def say_comparison(compared: Comparison) -> str:
    """Over which days the wave is held against the others, or why it is not."""
    if compared.spans is None:
        return {
            "start": _("The wave has not started, so there is nothing to compare."),
            "others": _("No wave starts later, so there is nobody to compare with."),
            "days": _("The next wave started too soon after this one to compare both."),
        }[compared.lacks]
    said = {name: day(getattr(compared.spans, name)) for name in ("first", "start", "last")}
    return _(
        "Days from %(start)s to %(last)s against those from %(first)s on, beside those who had not started.",
        **said,
    )


def draw_comparison(compared: Comparison) -> Chart | None:
    """The change of the wave beyond that of the others, figure by figure; only shares stand on one axis."""
    rows = [
        Estimate(
            str(one.label), one.effect.estimate, one.effect.low, one.effect.high, _tone(one.effect),
            str(LACKS[one.effect.lacks]) if one.effect.lacks else "",
        )
        for one in compared.figures
        if one.unit == "share"
    ]  # fmt: skip
    if not rows or all(row.value is None for row in rows):
        return None
    description = _("Right of the line: more than the others changed meanwhile. The range holds in 9 of 10 cases.")
    return ranges(_("What the wave changed"), description, heading=_("Figure"), rows=rows, mark=0.0)


def write_paper(
    rollout_id: int, wave_id: int, said: ExitSaid, frame: ReportFrame, *, language: str, made_by: str, made_at: datetime
) -> ExitPaper:
    """The report as a document of its own and as a print, in one language."""
    with in_language(language):
        shown = read_result(rollout_id, wave_id, local_day(rollout_id, made_at))
        html = render_template(
            "pilot/parts/exit.html", one=shown, said=said, frame=frame, made_by=made_by, made_at=made_at,
            language=language, verdict=VERDICT_WORDS[said.verdict], answer=say_result(shown),
            compared=say_comparison(shown.compared), picture=draw_comparison(shown.compared),
            style=Markup(f"<style>{_read_style()}</style>"),
        ).encode()  # fmt: skip
    return ExitPaper(language, html, _print(html, frame, language, ()))


def print_signed(row: ExitReport, frame: ReportFrame, signed: Sequence[SignedBy], *, store: Store) -> bytes:
    """The very document that was signed, with the signatures on its last page."""
    return _print(store.path(row.html_sha256).read_bytes(), frame, row.language, signed)


def _write_line(one: Compared) -> FigureLine:
    effect = one.effect
    if effect.estimate is None:
        return FigureLine(str(one.label), "–", "–", str(LACKS[effect.lacks]), _say_basis(effect))
    mine, others = (_say_change(one.unit, *ends) for ends in (
        (effect.before, effect.after), (effect.others_before, effect.others_after)
    ))  # fmt: skip
    said = _(
        "%(estimate)s (likely %(low)s to %(high)s)",
        estimate=_signed(one.unit, effect.estimate),
        low=_signed(one.unit, effect.low),
        high=_signed(one.unit, effect.high),
    )
    return FigureLine(str(one.label), mine, others, said, _say_basis(effect))


def _say_basis(effect: PilotEffect) -> str:
    if effect.teams:
        return _("%(teams)s teams against %(others)s", teams=number(effect.teams), others=number(effect.other_teams))
    return _("%(people)s people against %(others)s", people=number(effect.people), others=number(effect.others))


def _say_change(unit: str, before: float | None, after: float | None) -> str:
    return f"{_value(unit, before)} → {_value(unit, after)}"


def _signed(unit: str, value: float | None) -> str:
    said = _value(unit, value)
    return said if value is None or value < 0 else f"+{said}"


def _value(unit: str, value: float | None) -> str:
    return share(value) if unit == "share" else number(value, 1)


def _tone(effect: PilotEffect) -> str:
    if not effect.is_sure or effect.estimate is None:
        return "neutral"
    return "good" if effect.estimate > 0 else "bad"


def _print(html: bytes, frame: ReportFrame, language: str, signed: Sequence[SignedBy]) -> bytes:
    with in_language(language):
        seal = render_template("report/_seal.html", sha256=hash_bytes(html), signed=signed, frame=frame)
    return render_pdf(html.decode().replace("</body>", f"{seal}</body>"), request.url_root)


@cache
def _read_style() -> str:
    folder = Path(current_app.static_folder or "")
    return (folder / "paper.css").read_text("utf-8") + (folder / "document.css").read_text("utf-8")
