"""Who is asked, for what, and for how long."""

from collections import Counter

from wtforms import EmailField, SelectChoice, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from implement.engine.checklist import JoinedPack, Section
from implement.stages.audit.forms.answers import WordsField
from implement.stages.audit.words import ROLE_LABELS
from implement.web.forms import BaseForm
from implement.web.texts import language, lazy

LINK_DAYS = 14
HOLDS = [
    SelectChoice(7, lazy("one week")),
    SelectChoice(14, lazy("two weeks")),
    SelectChoice(30, lazy("thirty days")),
]
ROLES = [SelectChoice(role, label) for role, label in ROLE_LABELS.items() if role != "consultant"]


class PersonForm(BaseForm):
    """Somebody who answers in person."""

    name = StringField(lazy("Name"), [InputRequired(), Length(max=200)])
    role = SelectField(lazy("Role"), [InputRequired()], choices=ROLES)


class NamedForm(PersonForm):
    """Somebody who may be asked by link."""

    email = EmailField(
        lazy("E-mail address"),
        [Optional(), Regexp(r"^[^@\s]+@[^@\s]+$", message=lazy("This is not an e-mail address.")), Length(max=254)],
        description=lazy("If given, the link is also sent there."),
    )


class PlanForm(BaseForm):
    """Who is asked for which sections, and how long the links hold; each tick is `person:section`."""

    ask = WordsField()
    days = SelectField(lazy("Links hold for"), [InputRequired()], coerce=int, default=LINK_DAYS, choices=HOLDS)

    def wanted(self) -> set[tuple[int, str]]:
        """The ticks, as person and section; what is neither is left out."""
        pairs = (word.partition(":") for word in self.ask.data or ())
        return {(int(person_id), key) for person_id, _colon, key in pairs if person_id.isdecimal() and key}


def mostly_asked(section: Section) -> str:
    """The role that can answer most questions of a section."""
    return Counter(item.role.value for item in section.items).most_common(1)[0][0]


class AskForm(NamedForm):
    """Somebody who gets a link for some sections."""

    sections = SelectMultipleField(
        lazy("Sections to answer"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[InputRequired(lazy("Please choose at least one section."))],
    )
    days = SelectField(lazy("The link holds for"), [InputRequired()], coerce=int, default=LINK_DAYS, choices=HOLDS)

    def offer(self, pack: JoinedPack) -> "AskForm":
        """Offer the sections, each with its pack where there are several."""
        speaks = language()
        self.sections.choices = []
        for section in pack.sections:
            origin = f"{pack.origins[section.id].title.in_language(speaks)}: " if len(pack.packs) > 1 else ""
            title, asked = section.title.in_language(speaks), ROLE_LABELS[mostly_asked(section)]
            label = f"{origin}{title} ({len(section.items)}, {asked})"
            self.sections.choices.append(SelectChoice(section.id, label))
        return self
