"""A program that hands batches of events in, one after the other, until it is killed; it sends again what nobody has
acknowledged.
"""

import time
from pathlib import Path

from implement.app import create_app

PATH, TOO_OFTEN = "/api/v1/usage-events", 429


def run(arguments: list[str]) -> int:
    """Send every file of a folder that is not marked as acknowledged; `arguments` are token and folder."""
    token, folder = arguments
    client = create_app().test_client()
    for batch in sorted(Path(folder).glob("*.ndjson")):
        mark = batch.with_suffix(".done")
        said = {"Authorization": f"Bearer {token}", "Idempotency-Key": batch.stem}
        while not mark.exists():
            answer = client.post(PATH, data=batch.read_bytes(), content_type="application/x-ndjson", headers=said)
            if answer.status_code == TOO_OFTEN:
                time.sleep(1)
                continue
            if answer.status_code != 200:
                return 1
            mark.touch()
    return 0
