"""What the pages of regulations show, gathered and put into words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wtforms import Field, StringField
from wtforms.validators import InputRequired, Length, Optional

from implement.control.regulations import words
from implement.control.regulations.forms import DraftForm, NewForm
from implement.control.regulations.service.approving import (
    judge_version,
    judge_words,
    read_approval,
    read_approvals,
)
from implement.control.regulations.service.drafts import DraftText
from implement.control.regulations.service.overdue import OverdueRow, Reading, read_readings
from implement.control.regulations.tables import RegulationDraft
from implement.engine.checklist import RegulationTemplate
from implement.engine.checklist.regulations import Clause
from implement.engine.differences import Passage, compare_texts
from implement.engine.law import Check, read_terms
from implement.engine.law.terms import OF_PROCESS, OF_RESULT
from implement.rollout.service import regulations
from implement.rollout.service.privacy import people_led_by
from implement.rollout.service.regulations import BASE_PROTECTION, CALLS_COUNTED, RegulationVersion, VersionRow
from implement.rollout.service.staff import list_teams
from implement.web.access import Permission, Standing
from implement.web.forms import BaseForm, DayField
from implement.web.texts import language, lazy

BLANK_LENGTH = 200
PURPOSES = {"covers_looks": BASE_PROTECTION, "covers_calls": CALLS_COUNTED}


@dataclass(frozen=True)
class ListedVersion:
    """A version as the list shows it."""

    row: VersionRow
    state: tuple[str, str]
    reading: Reading | None


def list_rows(rollout_id: int, today: date) -> list[ListedVersion]:
    """Every version with where it stands, in a handful of queries."""
    rows = regulations.list_versions(rollout_id)
    in_force = frozenset(row.version_id for row in regulations.list_in_force(rollout_id, today))
    approvals, readings = read_approvals(rollout_id, rows), read_readings(rollout_id, rows, today)
    return [
        ListedVersion(row, words.say_state(row, approvals[row.version_id], in_force), readings.get(row.version_id))
        for row in rows
    ]


def list_checks(rollout_id: int, today: date) -> dict[str, list[tuple[VersionRow, Check]]]:
    """The checks of all texts in force, processes and results apart."""
    rows = regulations.list_in_force(rollout_id, today)
    found = [(row, check) for row in rows for check in row.terms.checks]
    return {about: [pair for pair in found if pair[1].about == about] for about in (OF_PROCESS, OF_RESULT)}


def keep_own(rows: Sequence[OverdueRow], standing: Standing) -> list[OverdueRow]:
    """All rows for whoever writes regulations; of a head's own team for a head."""
    if standing.may(Permission.WRITE_REGULATIONS):
        return list(rows)
    led = people_led_by(standing)
    return [row for row in rows if row.person.person_id in led]


def name_teams(rollout_id: int) -> dict[int, str]:
    """The names of teams by id."""
    return {team_id: name for team_id, name, *_rest in list_teams(rollout_id)}


def read_words(form: NewForm | DraftForm) -> DraftText:
    """What was typed of a text; the form has been validated."""
    assert form.valid_from.data is not None
    return DraftText(str(form.title.data), str(form.text.data), form.valid_from.data)


def read_form(draft: RegulationDraft) -> dict[str, object]:
    """What the form of a draft begins with."""
    terms = read_terms(draft.terms)
    return {
        "title": draft.title, "text": draft.text, "valid_from": draft.valid_from, "version": draft.version,
        "roles": list(terms.roles), "team_ids": list(terms.team_ids), "keep_months": terms.keep_months,
        "days_to_acknowledge": terms.days_to_acknowledge, "council_approves": terms.council_approves,
        **{box: purpose in terms.purposes for box, purpose in PURPOSES.items()},
    }  # fmt: skip


def read_changes(form: DraftForm, draft: RegulationDraft) -> dict[str, object]:
    """What the form changes of the terms."""
    others = tuple(one for one in read_terms(draft.terms).purposes if one not in PURPOSES.values())
    return {
        "roles": tuple(form.roles.data or ()), "team_ids": tuple(form.team_ids.data or ()),
        "days_to_acknowledge": form.days_to_acknowledge.data, "keep_months": form.keep_months.data,
        "council_approves": bool(form.council_approves.data),
        "purposes": (*others, *(purpose for box, purpose in PURPOSES.items() if form[box].data)),
    }  # fmt: skip


def describe_draft(draft: RegulationDraft, today: date) -> dict[str, object]:
    """The terms of a draft and what the law says to them."""
    terms = read_terms(draft.terms)
    limits = judge_words(draft.rollout_id, draft.kind, draft.text, draft.valid_from, terms, today=today)
    return {"terms": terms, "limits": limits, "words": words, "teams": name_teams(draft.rollout_id)}


def describe_version(
    regulation: regulations.Regulation, version: RegulationVersion, standing: Standing, user_id: int, today: date
) -> dict[str, object]:
    """A version with its terms, its approval, who acknowledged it and what the law says while it may still be kept
    back.
    """
    here, terms = regulation.rollout_id, read_terms(version.terms)
    people = regulations.list_bound(here, [version.id], {version.id: terms})[version.id]
    bound = [one for one in people if one.works_on(today) or one.acknowledged_at is not None]
    led = people_led_by(standing)
    names_all = standing.may(Permission.WRITE_REGULATIONS)
    waits = version.handed_out_at is None
    return {
        "terms": terms, "words": words, "teams": name_teams(here),
        "approval": read_approval(here, version.id),
        "limits": judge_version(here, regulation.kind, version, today=today) if waits else [],
        "done": [one for one in bound if one.acknowledged_at is not None],
        "bound_count": len(bound),
        "missing": [one for one in bound if one.acknowledged_at is None and (names_all or one.person_id in led)],
        "names_all": names_all,
        "without_account": regulations.count_without_account(here, terms, today) if names_all else 0,
        "is_bound": any(one.user_id == user_id for one in bound),
        "is_mine": regulations.has_acknowledged(version.id, user_id),
        "is_author": version.by_id == user_id,
        "has_before": regulations.find_version_before(version) is not None,
    }  # fmt: skip


def compare_versions(rollout_id: int, before: RegulationVersion | None, after: RegulationVersion) -> list[Passage]:
    """Both versions as one list of paragraphs."""
    teams = name_teams(rollout_id)
    old = "" if before is None else words.write_whole(before.text, read_terms(before.terms), teams)
    return compare_texts(old, words.write_whole(after.text, read_terms(after.terms), teams))


def write_blanks_form(template: RegulationTemplate, asked: Sequence[str], first_day: date) -> BaseForm:
    """A form with one line for everything a template asks for."""
    fields: dict[str, object] = {
        "title": StringField(lazy("Title"), [InputRequired(), Length(max=200)]),
        "valid_from": DayField(lazy("Valid from"), [InputRequired()]),
    }
    for number, what in enumerate(asked):
        fields[f"blank_{number}"] = StringField(what, [Optional(), Length(max=BLANK_LENGTH)])
    maker = type("BlanksForm", (BaseForm,), fields)
    form: BaseForm = maker(data={"title": template.title.in_language(language()), "valid_from": first_day})
    return form


def list_blanks(form: BaseForm) -> list[Field]:
    """The lines of what a template asks for, in order."""
    return [field for field in form if field.short_name.startswith("blank_")]


def group_blanks(form: BaseForm, blanks: Sequence[tuple[Clause, str]], spoken: str) -> list[tuple[str, list[Field]]]:
    """The words of each clause that asks for something, with its lines."""
    found: dict[str, tuple[str, list[Field]]] = {}
    for field, (clause, _asked) in zip(list_blanks(form), blanks, strict=True):
        found.setdefault(clause.id, (clause.text.in_language(spoken), []))[1].append(field)
    return list(found.values())
