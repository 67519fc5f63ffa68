"""The demonstration's first weeks: lessons that most have learned, a newcomer half through, questions with hot spots, a
book of sales, a conflict that came back, what was changed, and what was measured before and after.
"""

from datetime import datetime, time, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from implement.db import utc_now
from implement.demo.hall_story import login_of
from implement.engine.before_after import Timing
from implement.engine.staff import StaffRow
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.staff import take_over_staff
from implement.rollout.service.usage import StaffMember, list_staff
from implement.stages.pilot.service import changes, values
from implement.stages.pilot.service.changes import Decision, Told, Wish
from implement.stages.pilot.service.conflicts import register as conflicts
from implement.stages.pilot.service.conflicts.register import TEAM, ConflictSaid, Party, Verdict
from implement.stages.pilot.service.support import book, questions
from implement.stages.pilot.service.support.book import EntrySaid
from implement.stages.pilot.service.support.questions import Asked
from implement.stages.pilot.service.training import enrolling, learning, lessons, overview
from implement.stages.pilot.service.training.learning import OwnLesson
from implement.stages.pilot.service.values import ValueSaid
from implement.stages.pilot.tables import SupportQuestion
from implement.store import Store
from implement.web.access import Role

DAYS_AGO, HIRED_DAYS_AGO = 68, 12
HALF = 4
HARD = "lesson.logging"
ASKED = (
    ("import", 0, 60, "My list has two columns for the phone number. Which one is taken?", "The first; the second "
     "becomes a further number of the same card."),
    ("import", 0, 57, "Twelve rows were refused. Where do I see why?", "Below the import: each row with its reason."),
    ("import", 0, 55, "Do I have to import the clients who have not bought for five years?", "No. Leave them out; "
     "they stay in the archive."),
    ("import", 1, 30, "The import says that a client exists already. What now?", "Open both cards and join them."),
    ("import", 1, 29, "May I bring my private notes along?", "No: only what serves the deal."),
    ("logging", 0, 50, "Does the CRM file mails that I write on the phone?", "Yes, when you write to an address that "
     "is on a card."),
    ("logging", 2, 31, "Are private calls counted?", "No. Mark them as private; they are neither filed nor counted."),
    ("deal", 1, 28, "The client wants to think until June. Do I close the deal?", "No: set a next step in June."),
    ("reports", 3, 20, "My plan shows last month's figure. Why?", "It changes on the first working day."),
    ("calendar", 0, 3, "Can I see the calendar of a colleague who is ill?", ""),
    ("history", 2, 2, "Where are the complaints of before the cutover?", ""),
)  # fmt: skip
PAGES = (
    ("script", "function.first_contact", "First call: three sentences", "Good day, this is … of Maven Hardware. You "
     "asked about … on our site. What should be different in half a year if we do it well?"),
    ("script", "function.deal", "When the price is too high", "Compared with what? … Let us look at what it costs you "
     "to leave it as it is."),
    ("technique", "function.deal", "A next step the client names", "Ask: what do you need to decide, and by when? "
     "Write exactly that as the next step."),
    ("rule", "function.logging", "Who answers, notes", "Whoever picks up the phone writes the one sentence, whosever "
     "client it is."),
)  # fmt: skip
TIMINGS = {"before": (330, 360, 420, 300, 390), "after": (38, 44, 35, 40, 52)}
USES = (9, 5, 2)


def tell(rollout_id: int, store: Store) -> bool:
    """Teach, ask, answer, decide and measure; False when that was done before."""
    if lessons.list_lessons(rollout_id):
        return False
    now = utc_now()
    _teach(rollout_id, now)
    _hire(rollout_id, now)
    _answer(rollout_id, now)
    _write_book(rollout_id, now)
    _arbitrate(rollout_id, now)
    _change(rollout_id, now)
    _measure(rollout_id, now)
    return True


def _teach(rollout_id: int, now: datetime) -> None:
    """Everybody of the waves that have begun learns; some are late, and one lesson is hard at first."""
    then, carla = now - timedelta(days=DAYS_AGO), login_of(Role.CONSULTANT)
    keys = [one.id for one in lessons.list_untaken(rollout_id)]
    lessons.take_over(rollout_id, keys, for_role="", by=carla, now=then)
    enrolling.enrol(rollout_id, by=carla, now=then)
    today = local_day(rollout_id, now)
    begun = [one for one in list_staff(rollout_id) if one.go_live is not None and one.go_live < today]
    for place, person in enumerate(begun):
        own = learning.list_own(rollout_id, person.person_id)
        done = HALF + 1 if place % 9 == 1 else len(own) - 1 if place % 5 == 2 else len(own)
        _learn(rollout_id, person, own[:done], is_hard=place % 2 == 0)
        if done < len(own):
            _begin(rollout_id, person, own[done], is_tried=place % 9 == 1)
    _show(rollout_id, begun, then)


def _learn(rollout_id: int, person: StaffMember, own: list[OwnLesson], *, is_hard: bool) -> None:
    """One person's tries, each the day before the lesson is due."""
    by = login_of(Role.CONSULTANT)
    for one in own:
        right = [question.right for question in lessons.read_text(one.lesson, "en").quiz]
        wrong = [right[0], right[1] % len(right) + 1, right[2] % len(right) + 1]
        at = datetime.combine(one.enrolment.due - timedelta(days=1), time(10), utc_now().tzinfo)
        tries = [wrong, right] if is_hard and one.lesson.template_key == HARD else [right]
        for answers in tries:
            learning.take_quiz(rollout_id, one.lesson.id, person.person_id, answers, by=by, now=at)


def _begin(rollout_id: int, person: StaffMember, one: OwnLesson, *, is_tried: bool) -> None:
    """A lesson that was read, perhaps tried, and not learned."""
    by, at = login_of(Role.CONSULTANT), datetime.combine(one.enrolment.due, time(16), utc_now().tzinfo)
    learning.note_reading(rollout_id, one.lesson.id, person.person_id, by=by, now=at)
    if is_tried:
        nothing_right = [0] * len(lessons.read_text(one.lesson, "en").quiz)
        learning.take_quiz(rollout_id, one.lesson.id, person.person_id, nothing_right, by=by, now=at)


def _show(rollout_id: int, begun: list[StaffMember], then: datetime) -> None:
    """The first five functions were shown to the teams of the pilot."""
    by, first_day = login_of(Role.HEAD), min(one.go_live for one in begun if one.go_live)
    teams = {one.team_id for one in begun if one.go_live == first_day and one.team_id}
    functions = dict.fromkeys(row.function for row in lessons.list_lessons(rollout_id))
    for place, function in enumerate(list(functions)[:5]):
        on = local_day(rollout_id, then) + timedelta(days=place)
        for team_id in sorted(teams):
            overview.show_function(rollout_id, team_id, function, on=on, today=on, by=by, now=then)


def _hire(rollout_id: int, now: datetime) -> None:
    """A newcomer of the head's team, half through after twelve days."""
    head = next(one for one in list_staff(rollout_id) if one.crm_user == "melvin.marxen")
    hired = now - timedelta(days=HIRED_DAYS_AGO)
    row = StaffRow(
        1, "1099", "Nora Lindgren", "nora.lindgren@example.org", "nora.lindgren", "salesperson", head.team or "",
        head.number, head.wave or "", 1.0, "12345", hired.date(), None,
    )  # fmt: skip
    take_over_staff(rollout_id, [row], by=login_of(Role.HR), now=hired)
    enrolling.enrol(rollout_id, by=None, now=hired)
    nora = next(one for one in list_staff(rollout_id) if one.number == row.number)
    own = sorted(learning.list_own(rollout_id, nora.person_id), key=lambda one: one.enrolment.due)
    _learn(rollout_id, nora, own[:HALF], is_hard=True)


def _answer(rollout_id: int, now: datetime) -> None:
    """Questions by mail and by the head's note; the newest two still wait."""
    teams = _list_teams(rollout_id)
    for place, (function, team, days, text, answer) in enumerate(ASKED):
        at, person = _at_work(now - timedelta(days=days)), teams[team][place % len(teams[team])]
        row = _ask(rollout_id, f"function.{function}", text, person, at, is_mail=place % 2 == 0)
        if answer:
            title = text if place in (1, 5, 6) else ""
            answered_at, key = at + timedelta(minutes=20 + 45 * place), f"function.{function}"
            by, seen = login_of(Role.HEAD), row.version
            questions.answer(row, answer, function=key, keep_as=title, version=seen, by=by, now=answered_at)


def _at_work(at: datetime) -> datetime:
    """Ten o'clock of that day, or of the Friday before a weekend: nobody is asked at night."""
    return datetime.combine(at.date() - timedelta(days=max(0, at.weekday() - 4)), time(10), at.tzinfo)


def _ask(
    rollout_id: int, function: str, text: str, person: StaffMember, at: datetime, *, is_mail: bool
) -> SupportQuestion:
    head = login_of(Role.HEAD)
    if not is_mail:
        said = Asked(function, text, person.team_id)
        return questions.note(rollout_id, said, asked_at=at, by=head, now=at)
    mail = EmailMessage()
    mail["From"], mail["To"] = f"{person.crm_user}@example.org", "crm-help@example.org"
    mail["Subject"], mail["Message-ID"] = "CRM", f"<{at.timestamp():.0f}.{person.person_id}@example.org>"
    mail["Date"] = format_datetime(at)
    mail.set_content(text)
    return questions.take_mail(rollout_id, bytes(mail), by=head, now=at)[0]


def _write_book(rollout_id: int, now: datetime) -> None:
    """Two scripts, a technique and a rule; the scripts are used, one team more than the others."""
    by, then, teams = login_of(Role.HEAD), now - timedelta(days=40), _list_teams(rollout_id)
    for kind, function, title, text in PAGES:
        row = book.add_entry(rollout_id, EntrySaid(kind, function, title, text), by=by, now=then)
        if kind == "script":
            for people, times in zip(teams, USES, strict=False):
                for number in range(times):
                    day = local_day(rollout_id, now) - timedelta(days=number)
                    book.note_use(row, people[0].team_id, today=day, now=now)


def _arbitrate(rollout_id: int, now: datetime) -> None:
    """The same two teams fell out twice over who enters addresses; the second time the cause was found."""
    lead, carla, teams = login_of(Role.LEAD), login_of(Role.CONSULTANT), _list_teams(rollout_id)
    sides = [Party(TEAM, people[0].team_id) for people in teams[:2]]
    verdicts = (
        Verdict("Nobody had said whose task it is.", "Whoever wins the client enters the address."),
        Verdict("The address comes from the website and is typed twice.", "Nobody types it any more; until then the "
                "office enters it.", "Take addresses over from the website's form"),
    )  # fmt: skip
    for days, verdict in zip((45, 15), verdicts, strict=True):
        at = now - timedelta(days=days)
        said = ConflictSaid(
            "Who enters the delivery address?", "function.first_contact", sides[0], sides[1],
            "Each side waited for the other; two deliveries went to an old address.", lead.id,
            local_day(rollout_id, at + timedelta(days=7)),
        )  # fmt: skip
        row = conflicts.add_conflict(rollout_id, said, by=carla, now=at)
        conflicts.settle(row, verdict, version=row.version, by=lead, now=at + timedelta(days=3))


def _change(rollout_id: int, now: datetime) -> None:
    """Two changes that are there, one that is planned, one that was refused."""
    lead, head, wanted = login_of(Role.LEAD), login_of(Role.HEAD), changes.list_requirements(rollout_id)
    serves = wanted[0][0] if wanted else None
    for title, why, days, state, told, role in (
        ("Two fields fewer on the first card", "Nobody reads them, and they take forty seconds.", 30, "accepted",
         "Source and wish are enough now; industry and size are gone.", ""),
        ("A button for the next step", "It takes four clicks to set one.", 21, "accepted",
         "Below each deal stands “Next step”: one click and a day.", "salesperson"),
        ("Show the price list beside the offer", "We look it up in a second window.", 9, "accepted", "", ""),
        ("Bring back the colours of the old list", "One got used to them.", 12, "refused", "", ""),
    ):  # fmt: skip
        at = now - timedelta(days=days)
        row = changes.ask_change(rollout_id, Wish(title, why, serves), by=head, now=at)
        words = "Serves the requirement." if state == "accepted" else "It serves no requirement and costs a week."
        planned = local_day(rollout_id, now + timedelta(days=20)) if state == "accepted" and not told else None
        changes.decide_change(row, Decision(state, words, planned), version=row.version, by=lead, now=at)
        if told:
            later = at + timedelta(days=5)
            seen, told_to = row.version, Told(local_day(rollout_id, later), told, role)
            changes.finish_change(row, told_to, version=seen, today=local_day(rollout_id, later), by=lead, now=later)


def _measure(rollout_id: int, now: datetime) -> None:
    """The history of a client, measured five times on each side in the pilot."""
    by, then = login_of(Role.CONSULTANT), now - timedelta(days=50)
    said = ValueSaid(
        "salesperson", "History of a client before a call", "You answer at once instead of calling back: fewer lost "
        "deals, and with them your own share.", 3,
    )  # fmt: skip
    row = values.add_message(rollout_id, said, by=by, now=then)
    for side, seconds in TIMINGS.items():
        for place, one in enumerate(seconds):
            day = local_day(rollout_id, then) - timedelta(days=20 if side == "before" else 0) + timedelta(days=place)
            values.add_timing(row, side, Timing(one, day), today=local_day(rollout_id, now), by=by, now=then)


def _list_teams(rollout_id: int) -> list[list[StaffMember]]:
    """The people of each team, the first wave's teams first."""
    found: dict[int, list[StaffMember]] = {}
    staff = [one for one in list_staff(rollout_id) if one.team_id is not None and one.go_live is not None]
    for one in sorted(staff, key=lambda one: (str(one.go_live), one.team or "", one.person_id)):
        found.setdefault(one.team_id or 0, []).append(one)
    return list(found.values())
