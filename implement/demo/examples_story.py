"""The demonstration's example: one salesperson agrees that colleagues learn from their deals."""

from implement.db import utc_now
from implement.demo.hall_story import login_of
from implement.rollout.service.people import find_person_by_email
from implement.stages.adoption.service.examples import list_agreed, say_example
from implement.store import Store
from implement.web.access import Role


def tell(rollout_id: int, store: Store) -> bool:
    """The salesperson agrees; False when that was done before."""
    if list_agreed(rollout_id):
        return False
    seller = login_of(Role.SALESPERSON)
    person_id = find_person_by_email(rollout_id, seller.email)
    say_example(rollout_id, person_id, agrees=True, by=seller, now=utc_now())
    return True
