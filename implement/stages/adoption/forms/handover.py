"""Who receives which client, as it was chosen."""

from werkzeug.datastructures import MultiDict


def read_receivers(typed: MultiDict[str, str]) -> dict[str, int]:
    """The receiver of each client: clients and choices stand in the same order; what is no person is left out."""
    pairs = zip(typed.getlist("client"), typed.getlist("receiver"), strict=False)
    return {client: int(receiver) for client, receiver in pairs if receiver.isdecimal()}
