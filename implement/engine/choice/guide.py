"""What guides a choice: criteria with the vendor's question and the step of a demonstration, arguments, gains."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from implement.engine.checklist.sheet import Entry, raise_faults, read_sheet_file
from implement.engine.checklist.text import Text

TOPICS = ("hosting", "edition", "trial", "channels")
SIDES = ("saas", "own_server", "industry", "tailored", "free_first", "paid_first", "telephony", "site")
FACTS = (
    "no_internet", "no_server_staff", "code_changes", "few_users", "many_users", "calls_matter", "web_orders",
    "data_stays_in_house", "usual_trade", "own_chain", "free_fits", "no_free_fits", "accounting",
)  # fmt: skip


@dataclass(frozen=True)
class GuideSettings:
    """Up to how many users a firm counts as small (M69)."""

    few_users: int = 20


@dataclass(frozen=True)
class Criterion:
    """One criterion of the choice; functions are the six of M70–M75."""

    id: str
    demands: tuple[str, ...]
    is_function: bool
    title: Text
    why: Text
    question: Text
    show: Text


@dataclass(frozen=True)
class Argument:
    """What speaks for a side of a question, when all of its facts hold."""

    id: str
    demands: tuple[str, ...]
    topic: str
    side: str
    facts: tuple[str, ...]
    text: Text

    def speaks(self, known: Collection[str]) -> bool:
        """True when every fact it rests on is known to hold."""
        return set(self.facts) <= set(known)


@dataclass(frozen=True)
class Question:
    """Something to ask each vendor; with facts only where they hold."""

    id: str
    demands: tuple[str, ...]
    facts: tuple[str, ...]
    text: Text

    def applies(self, known: Collection[str]) -> bool:
        """True when every fact it rests on is known to hold."""
        return set(self.facts) <= set(known)


@dataclass(frozen=True)
class Gain:
    """A gain that may be expected, and the measure by which it would be seen."""

    id: str
    demands: tuple[str, ...]
    title: Text
    measure: Text


@dataclass(frozen=True)
class Guide:
    """Everything that guides a choice."""

    criteria: tuple[Criterion, ...]
    arguments: tuple[Argument, ...]
    questions: tuple[Question, ...]
    gains: tuple[Gain, ...]

    def criterion(self, criterion_id: str) -> Criterion | None:
        """A criterion by its id."""
        return next((one for one in self.criteria if one.id == criterion_id), None)


def load_guide(path: Path) -> Guide:
    """Read the guide strictly; raises UnusableSheet with every fault."""
    sheet = read_sheet_file(path)
    sheet.id()
    sheet.word("version")
    guide = Guide(
        criteria=tuple(map(_read_criterion, sheet.entries("criteria"))),
        arguments=tuple(map(_read_argument, sheet.entries("arguments"))),
        questions=tuple(map(_read_question, sheet.entries("questions"))),
        gains=tuple(map(_read_gain, sheet.entries("gains"))),
    )
    sheet.finish()
    raise_faults(sheet)
    return guide


def _read_criterion(entry: Entry) -> Criterion:
    criterion = Criterion(
        entry.begin(), entry.demands(), entry.one_of("is_function", ("false", "true"), "false") == "true",
        entry.text("title"), entry.text("why"), entry.text("question"), entry.text("show"),
    )  # fmt: skip
    entry.finish()
    return criterion


def _read_argument(entry: Entry) -> Argument:
    argument = Argument(
        entry.begin(), entry.demands(), entry.one_of("topic", TOPICS), entry.one_of("side", SIDES), _read_facts(entry),
        entry.text("text"),
    )  # fmt: skip
    entry.finish()
    return argument


def _read_question(entry: Entry) -> Question:
    question = Question(entry.begin(), entry.demands(), _read_facts(entry), entry.text("text"))
    entry.finish()
    return question


def _read_gain(entry: Entry) -> Gain:
    gain = Gain(entry.begin(), entry.demands(), entry.text("title"), entry.text("measure"))
    entry.finish()
    return gain


def _read_facts(entry: Entry) -> tuple[str, ...]:
    facts = entry.words("when") if entry.holds("when") else ()
    for fact in facts:
        if fact not in FACTS:
            entry.fault("when", "not_one_of", fact, ", ".join(FACTS))
    return facts


def derive_facts(
    ticked: Collection[str], users: int | None, *, free_fits: bool, settings: GuideSettings | None = None
) -> frozenset[str]:
    """What is known of the firm: what was ticked, how many users, whether a free edition surely holds them."""
    few = (settings or GuideSettings()).few_users
    size = set() if users is None else {"few_users" if users <= few else "many_users"}
    return frozenset(ticked) | size | {"free_fits" if free_fits else "no_free_fits"}
