"""The willing and the unwilling told apart by evidence (M34), the pilot beside the other waves, the heads' own use."""

from implement.stages.adoption.service.figures import Figures
from implement.stages.adoption.shown_groups import Group
from implement.stages.adoption.team_page import address, name_group, order_groups
from implement.web.charts import Chart, Fate, stacked_fates
from implement.web.texts import _, _n, number

WORKS, WORKS_NOT, OPEN = "works", "works_not", "open"
MOST_ROWS = 40


def say_sides(figures: Figures) -> str:
    """How many clearly work with the CRM, how many clearly do not, of how many it cannot be told."""
    sides = figures.whole.sides
    if not sides:
        return _("Too few people to show figures of teams.")
    works, works_not, unknown = (sides.get(side, 0) for side in (WORKS, WORKS_NOT, OPEN))
    people = number(works + works_not + unknown)
    said = _n(
        "one of %(people)s people clearly works with the CRM", "%(num)d of %(people)s people clearly work with the CRM",
        works, people=people,
    )  # fmt: skip
    apart = _n("one clearly does not", "%(num)d clearly do not", works_not)
    rest = _n("of one it cannot be told yet", "of %(num)d it cannot be told yet", unknown)
    sentence = f"{said}, {apart}, {rest}." if unknown else f"{said}, {apart}."
    return sentence[:1].upper() + sentence[1:]


def draw_sides(rollout_id: int, figures: Figures) -> Chart | None:
    """For each team that may be shown: who works with it, who does not, who cannot be told."""
    teams = [group for group in order_groups(figures) if group.is_team and any(group.sides.values())][:MOST_ROWS]
    if not teams:
        return None
    fates = [
        Fate(_("clearly work with it"), "good"),
        Fate(_("cannot be told"), "neutral"),
        Fate(_("clearly do not"), "watch"),
    ]
    order = (WORKS, OPEN, WORKS_NOT)
    counts = [[group.sides.get(side, 0) for side in order] for group in teams]
    links = {
        (row, column): address(rollout_id, group)
        for row, group in enumerate(teams)
        for column in range(1, len(order) + 1)
        if counts[row][column - 1]
    }
    return stacked_fates(
        _("Who works with the CRM, by team"),
        _("People whose usage can be scored; teams of fewer than five are withheld."),
        heading=_("Team"), labels=[name_group(group) for group in teams], fates=fates, counts=counts, links=links,
        unit="people",
    )  # fmt: skip


def say_pilot(figures: Figures) -> str:
    """The pilot's usage beside that of the other waves that have begun; empty while there is one only."""
    begun = [wave for wave in figures.waves if wave.has_begun and wave.usage]
    if len(begun) < 2:
        return ""
    said = [_("%(name)s %(level)s", name=name_group(wave), level=say_level(wave)) for wave in begun]
    return _("Usage in the middle, by wave: %(waves)s.", waves="; ".join(said))


def say_heads(heads: Group | None, *, is_agreed: bool, least: int) -> str:
    """The heads' own use: of five heads on, or where names are agreed; else why it is not shown."""
    if heads is None or not heads.people or heads.usage is None:
        return ""
    if heads.people < least and not is_agreed:
        return _("The heads' own use is withheld: there are fewer than five of them, and names are not agreed.")
    judged, apart = heads.steer
    said = _n(
        "The head's own usage: %(level)s.", "The own usage of %(num)d heads: %(level)s.", heads.people,
        level=say_level(heads),
    )  # fmt: skip
    if not judged or (judged < least and not is_agreed):
        return said
    if not apart:
        more = _("Reports read and tasks given in the CRM are far below the other heads' for none of them.")
        return f"{said} {more}"
    leads = _n(
        "Reports read and tasks given in the CRM are far below the other heads' for one of %(judged)s.",
        "Reports read and tasks given in the CRM are far below the other heads' for %(num)d of %(judged)s.",
        apart, judged=number(judged),
    )  # fmt: skip
    return f"{said} {leads}"


def say_level(group: Group) -> str:
    """The middle score with its likely range."""
    if group.usage is None:
        return "–"
    middle = number(group.usage[1], 0)
    if group.likely is None:
        return middle
    low, high = (number(each, 0) for each in group.likely)
    return _("%(middle)s (likely %(low)s–%(high)s)", middle=middle, low=low, high=high)
