"""People: under a pseudonym, by name where it is agreed, and each person's own figures."""

from datetime import date

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from implement.db import utc_now
from implement.rollout.kept_page import kept
from implement.rollout.service.monitoring import list_looks_at
from implement.rollout.service.privacy import PeopleView, named_view_is_on
from implement.rollout.service.rollouts import get_rollout, local_day
from implement.rollout.service.usage import find_names
from implement.stages.adoption import evidence_page, own_files, person_page, remark_words, remedy_page, team_page
from implement.stages.adoption.service import people as service
from implement.stages.adoption.service.examples import list_agreed, list_own_words
from implement.stages.adoption.service.figures import find_latest, read_figures
from implement.stages.adoption.service.remarks import list_marks, list_own_remarks
from implement.stages.adoption.service.remedy_list import list_of_person
from implement.stages.adoption.views.looks import hide_person, name_person, note_looks
from implement.stages.adoption.views.room import pages
from implement.stages.adoption.words import BAND_TONES, say_left_out
from implement.web.access import Permission, Role, requires, standing


@pages.get("/people")
@requires(Permission.SEE_PERSON_USAGE)
def list_people(rollout_id: int) -> ResponseReturnValue:
    """People under pseudonyms; a head sees their own people, by name where it is agreed."""
    return _list_by_name(rollout_id) if _sees_names(rollout_id) else _list_under_pseudonyms(rollout_id=rollout_id)


@pages.get("/people/<int:person_id>")
@requires(Permission.SEE_OWN_USAGE)
def show_person(rollout_id: int, person_id: int) -> ResponseReturnValue:
    """One person's figures, for whom they may be shown to; each look is written down."""
    view = _look(rollout_id, person_id, "person")
    return _show_person(rollout_id, person_id, view)


@pages.get("/people/<int:person_id>/days")
@requires(Permission.SEE_OWN_USAGE)
def list_days(rollout_id: int, person_id: int) -> ResponseReturnValue:
    """The days behind a person's figures."""
    view = _look(rollout_id, person_id, "days")
    first, last = (_day(name) for name in ("first", "last"))
    page = service.page_days(rollout_id, person_id, first or date.min, last or date.max, request.args)
    who = name_person(rollout_id, person_id, view)
    return render_template("adoption/days.html", page=page, who=who, first=first, last=last, person_id=person_id)


@pages.get("/me")
@requires(Permission.SEE_OWN_USAGE)
def show_own(rollout_id: int) -> ResponseReturnValue:
    """One's own figures: exactly what others may see, and who looked."""
    person_id = standing().person_id
    if person_id is None:
        return render_template("adoption/nobody.html")
    return _show_person(rollout_id, person_id, PeopleView.NAMED)


@pages.get("/me.json")
@requires(Permission.SEE_OWN_USAGE)
def download_own_json(rollout_id: int) -> ResponseReturnValue:
    """Everything that is kept about one's own use."""
    person_id = standing().person_id or abort(404)
    own = service.gather_own(rollout_id, person_id) | {"remarks": list_own_remarks(rollout_id, person_id)}
    own |= {"examples": list_own_words(rollout_id, person_id)}
    return own_files.send(own_files.write_json(own), "application/json", "my-usage.json")


@pages.get("/me.csv")
@requires(Permission.SEE_OWN_USAGE)
def download_own_csv(rollout_id: int) -> ResponseReturnValue:
    """One's own days as a table."""
    own = service.gather_own(rollout_id, standing().person_id or abort(404))
    return own_files.send(own_files.write_csv(own), "text/csv", "my-usage.csv")


@kept
def _list_under_pseudonyms(rollout_id: int) -> str:
    latest = find_latest(rollout_id)
    if latest is None:
        return render_template("adoption/empty.html")
    if service.are_too_few(standing()):
        return render_template("adoption/no_people.html")
    page = service.page_people(standing(), latest[0], request.args)
    return render_template("adoption/people.html", page=page, names={}, as_of=latest[1], **_shown(rollout_id))


def _list_by_name(rollout_id: int) -> str:
    """A list of names is a look at each of them."""
    latest = find_latest(rollout_id)
    if latest is None:
        return render_template("adoption/empty.html")
    page = service.page_people(standing(), latest[0], request.args)
    ids = service.ids_on(page)
    note_looks(rollout_id, ids, PeopleView.NAMED, "list")
    shown = _shown(rollout_id)
    return render_template("adoption/people.html", page=page, names=find_names(ids), as_of=latest[1], **shown)


def _shown(rollout_id: int) -> dict[str, object]:
    waits = team_page.list_waits(read_figures(rollout_id))
    on_staff = standing().person_id is not None
    return {"bands": service.BAND_LABELS, "tones": BAND_TONES, "waits": waits, "is_on_staff": on_staff}


def _show_person(rollout_id: int, person_id: int, view: PeopleView) -> str:
    found = service.read_person(rollout_id, person_id)
    evidence, asks = found.evidence if found else None, standing().may(Permission.SEE_TRANSFER)
    left_out = None if found else service.find_left_out(rollout_id, person_id)
    is_named = view is PeopleView.NAMED
    return render_template(
        "adoption/person.html",
        who=name_person(rollout_id, person_id, view),
        figures=found,
        page=person_page,
        waits=team_page.list_waits(read_figures(rollout_id)).get(found.shown_team, "") if found else "",
        evidence_page=evidence_page,
        weeks=person_page.draw_weeks(found, with_days_away=is_named) if found else None,
        left_out=say_left_out(*left_out) if left_out else None,
        tones=BAND_TONES,
        offers=remedy_page.offer_for_person(rollout_id, person_id, evidence, ask=asks),
        marks=list_marks(rollout_id, person_id),
        remark_words=remark_words,
        remedies=list_of_person(rollout_id, person_id, local_day(rollout_id, utc_now())),
        remedy_page=remedy_page,
        person_id=person_id,
        pseudonym=hide_person(rollout_id, person_id),
        **_tell_own(rollout_id, person_id),
    )


def _tell_own(rollout_id: int, person_id: int) -> dict[str, object]:
    """What only the person sees: whether others see the name, who looked, whether they are an example."""
    is_own = standing().person_id == person_id
    looks = list_looks_at(rollout_id, person_id) if is_own else []
    is_example = is_own and person_id in list_agreed(rollout_id)
    names_are_on = is_own and _names_are_on(rollout_id)
    return {"is_own": is_own, "others_see_name": names_are_on, "looks": looks, "is_example": is_example}


def _look(rollout_id: int, person_id: int, page: str) -> PeopleView:
    """Let somebody look, and write the look down before anything is shown; a look at oneself is nobody's business."""
    view = service.admit(standing(), person_id, local_day(rollout_id, utc_now()))
    note_looks(rollout_id, [person_id], view, page)
    return view


def _sees_names(rollout_id: int) -> bool:
    """True for a head who sees nobody but their own people, while both sides agree to names."""
    is_head_only = Role.HEAD in standing().roles and not standing().roles & {Role.CONSULTANT, Role.LEAD}
    return is_head_only and _names_are_on(rollout_id)


def _names_are_on(rollout_id: int) -> bool:
    return named_view_is_on(rollout_id, get_rollout(rollout_id).legal_profile, local_day(rollout_id, utc_now()))


def _day(name: str) -> date | None:
    """A day of the address; anything else is no bound."""
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
