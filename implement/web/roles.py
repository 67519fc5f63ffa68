"""What the roles are called."""

from implement.web.access import Role
from implement.web.texts import lazy

ROLE_LABELS = {
    Role.ADMIN: lazy("Administrator"),
    Role.CONSULTANT: lazy("Consultant"),
    Role.LEAD: lazy("Project lead"),
    Role.HEAD: lazy("Head of a team"),
    Role.SALESPERSON: lazy("Salesperson"),
    Role.HR: lazy("HR"),
    Role.COUNCIL: lazy("Works council"),
}
