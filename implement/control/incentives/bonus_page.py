"""The bonus and the weakest quarter in sentences, with the picture of every rule's effect (M33)."""

from collections.abc import Sequence
from datetime import date, timedelta

from implement.control.incentives.service.bonus_effect import BonusResult, measure_bonuses
from implement.engine.suppression import LEAST_PEOPLE
from implement.web.charts import Chart, Estimate, ranges
from implement.web.texts import _, day, lazy, number, share

LACKS = {
    "days": lazy("four weeks after are not over yet"),
    "usage": lazy("use is not known for all the weeks"),
    "people": lazy("fewer than five people on a side"),
    "others": lazy("fewer than five people on a side"),
}


def describe(rollout_id: int, today: date) -> dict[str, object]:
    """The newest rule in the first line, then each with what it changed."""
    found = measure_bonuses(rollout_id, today)
    answer = say_answer(found)
    said = [(name_bonus(one), (say_result(one), say_levels(one), say_beside(one))) for one in found]
    return {
        "answer": answer,
        "results": [(name, [text for text in texts if text not in ("", answer)]) for name, texts in said],
        "picture": draw_effects(found), "levels": tell_levels(found), "least_people": LEAST_PEOPLE,
    }  # fmt: skip


def say_answer(found: Sequence[BonusResult]) -> str:
    """What the newest rule that can be judged did for the weakest."""
    if not found:
        return _("No bonus has come into force yet.")
    judged = next((one for one in found if not one.lacks), found[0])
    return say_result(judged)


def name_bonus(one: BonusResult) -> str:
    """The rule and since when."""
    said = {"name": one.bonus.name, "day": day(one.bonus.start)}
    return _("Variable pay %(name)s, from %(day)s", **said) if one.bonus.is_pay else _("%(name)s, from %(day)s", **said)


def say_result(one: BonusResult) -> str:
    """The effect with its range, or why there is none."""
    effect, change = one.effect, None if one.effect is None else one.effect.estimate
    if effect is None or change is None:
        if one.lacks == "days":
            ready = day(one.bonus.last + timedelta(days=1))
            return _("%(name)s: can be judged from %(day)s on.", name=one.bonus.name, day=ready)
        return _("%(name)s: cannot be judged, %(why)s.", name=one.bonus.name, why=LACKS[one.lacks])
    said = {"name": one.bonus.name, "people": number(effect.people)}
    if not effect.is_sure:
        return _("%(name)s: no change of the weakest quarter (%(people)s people) that is more than chance.", **said)
    said["points"] = number(abs(change) * 100)
    if change > 0:
        return _(
            "%(name)s: the weakest quarter (%(people)s people) rose by %(points)s percentage points more than the "
            "others.",
            **said,
        )
    return _(
        "%(name)s: the weakest quarter (%(people)s people) fell behind the others by %(points)s percentage points.",
        **said,
    )


def say_levels(one: BonusResult) -> str:
    """Before and after, in words: what the picture and the table show side by side."""
    effect = one.effect
    if effect is None or one.lacks:
        return ""
    levels = (effect.before, effect.others_before, effect.after, effect.others_after)
    said = dict(zip(("before", "others_before", "after", "others_after"), map(share, levels), strict=True))
    return _(
        "Before, the weakest were in the CRM on %(before)s of their working days and the others on %(others_before)s; "
        "after, on %(after)s and %(others_after)s.",
        **said,
    )


def say_beside(one: BonusResult) -> str:
    """Which other rules came into force meanwhile."""
    if not one.beside:
        return ""
    names = ", ".join(one.beside)
    return _("In the same twelve weeks came %(names)s: what each of them did cannot be told apart.", names=names)


def draw_effects(found: Sequence[BonusResult]) -> Chart | None:
    """The change of the weakest beyond that of the others, rule by rule."""
    if all(one.lacks for one in found):
        return None
    rows = [
        Estimate(name_bonus(one), None, note=str(LACKS[one.lacks])) if one.effect is None or one.lacks
        else Estimate(name_bonus(one), one.effect.estimate, one.effect.low, one.effect.high)
        for one in found
    ]  # fmt: skip
    said = _("Right of the line: the weakest rose by more than the others. The range holds in 9 of 10 cases.")
    return ranges(_("What the bonus changed for the weakest quarter"), said, heading=_("Rule"), rows=rows, mark=0.0)


def tell_levels(found: Sequence[BonusResult]) -> list[tuple[str, list[str]]]:
    """Days in the CRM: of the weakest before and after, of the others before and after."""
    effects = [(name_bonus(one), one.effect) for one in found if one.effect is not None and not one.lacks]
    return [
        (name, [share(level) for level in (one.before, one.after, one.others_before, one.others_after)])
        for name, one in effects
    ]
