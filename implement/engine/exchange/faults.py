"""What can be wrong with a usage log, and what is told about it, said in one sentence each."""

from dataclasses import dataclass

from implement.engine.intake import Fault

EXCHANGE_FAULT_TEXTS = {
    "no_events": "No table of usage events was found: it needs a column for the user and one for the time.",
    "column_missing": "There is no column {0} here.",
    "required_column_missing": "No column was recognised as {0} of {1}; name it in a mapping.",
    "table_missing": "The mapping names the file {0}, which is not here.",
    "unknown_kind": "The mapping names {0}, which is no table of the exchange format.",
    "unknown_column": "The mapping names {0}, which is no column of {1}.",
    "mapping_unreadable": "The mapping cannot be read: {0}.",
    "time_unreadable": "{0} is no time.",
    "times_unreadable": "{0} of {1} rows have a time that cannot be read.",
    "day_unreadable": "{0} is no day.",
    "number_unreadable": "{0} is no number.",
    "weekday_unreadable": "{0} is no day of the week.",
    "value_missing": "Something must stand here.",
    "order_twice": "The order {0} is listed twice, and differently.",
    "no_usable_events": "No event has both a user and a time.",
    "user_twice": "The user {0} is listed more than once.",
    "absence_reversed": "The absence of {0} ends before it starts.",
    "no_events_until": "No event lies on or before {0}.",
}

NOTE_TEXTS = {
    "table_used": "{0} is read as {1} ({2}).",
    "table_unused": "{0} is not used.",
    "blank_users": "{0} events name no user; they count for nobody.",
    "no_users_table": "There is no list of users: they are taken from the events; who has none stays unseen.",
    "no_absences": "There is no list of absences: days off count as present, so low use may be leave.",
    "no_holidays": "There is no list of holidays: working days on which nearly nobody worked are left out instead.",
    "closed_days": "{0} working days on which nearly nobody worked count as closed.",
    "days_only": "The events show days only: nothing can be said about hours.",
    "sessions_only": "The events are log-ins only: use, completeness, timeliness and tasks are withheld.",
    "no_effective_dates": "There are no effective dates: timeliness is withheld.",
    "no_filled_fields": "Filled fields are not counted: completeness is withheld.",
    "no_tasks": "There are no assigned tasks: the part for tasks is withheld.",
    "signals_withheld": "Evidence of resistance cannot be taken from: {0}.",
    "too_few_people": "Too few people to tell who stands out: nobody is flagged.",
    "ambiguous_days": "Days in {0} could be read as {1} or otherwise.",
    "after_as_of": "{0} events lie after the last day and are left aside.",
    "unreadable_rows": "{0} rows with a time that cannot be read are left out.",
    "unlisted_users": "{0} users of the events are not in the list of users.",
}


@dataclass(frozen=True)
class ExchangeFault(Fault):
    """One thing in a usage log that cannot be used."""

    @property
    def text(self) -> str:
        """The reason in English."""
        return EXCHANGE_FAULT_TEXTS[self.code].format(*self.values)


@dataclass(frozen=True)
class Note:
    """One thing worth knowing about what was read or left out."""

    code: str
    values: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The note in English."""
        return NOTE_TEXTS[self.code].format(*self.values)
