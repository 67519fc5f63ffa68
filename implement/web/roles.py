"""What the roles are called."""

from implement.web.access import Role
from implement.web.texts import _, lazy

ROLE_LABELS = {
    Role.ADMIN: lazy("Administrator"),
    Role.CONSULTANT: lazy("Consultant"),
    Role.LEAD: lazy("Project lead"),
    Role.HEAD: lazy("Head of a team"),
    Role.SALESPERSON: lazy("Salesperson"),
    Role.HR: lazy("HR"),
    Role.COUNCIL: lazy("Works council"),
}


def name_function(title: str) -> str:
    """A function as pages name it: one of our roles in the reader's language, any other as the staff list writes it."""
    if not title:
        return _("without a function")
    known = title.strip().lower()
    return str(ROLE_LABELS[Role(known)]) if known in set(Role) else title
