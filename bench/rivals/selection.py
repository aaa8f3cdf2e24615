"""The instances that were reclaimed, and what both scripts in Python know of the API."""

import os
import time

api = os.environ["NOVITA_API_BASE_URL"] + "/gpu-instance/openapi/v1"
headers = {
    "Authorization": "Bearer " + os.environ["NOVITA_API_KEY"],
    "Content-Type": "application/json",
}


def page_path(number):
    return f"/gpu/instances?pageSize=100&pageNum={number}"


def pages_of(total):
    return (int(total) + 99) // 100


def seconds(value):
    text = str(value or "0")
    return int(text) if text.isdigit() else 0


def select(page):
    """Exited, reclaimed in the past, and not started since."""
    for instance in page["instances"]:
        reclaimed = seconds(instance.get("spotReclaimTime"))
        if (
            instance["status"] == "exited"
            and 0 < reclaimed <= time.time() + 60
            and seconds(instance.get("lastStartedAt")) <= reclaimed
        ):
            yield instance["id"]
