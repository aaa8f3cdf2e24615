"""Lists and migrates with urllib, one request after another.

Usage: urllib-loop.py list|migrate, with NOVITA_API_BASE_URL and NOVITA_API_KEY.
"""

import json
import sys
from urllib.request import Request, urlopen

from selection import api, headers, page_path, pages_of, select


def ask(path, body=None):
    with urlopen(Request(api + path, data=body, headers=headers), timeout=30) as response:
        return json.load(response)


def selected():
    page = ask(page_path(1))
    yield from select(page)
    for number in range(2, pages_of(page["total"]) + 1):
        yield from select(ask(page_path(number)))


for identifier in list(selected()):
    if sys.argv[1] == "migrate":
        ask("/gpu/instance/migrate", json.dumps({"instanceId": identifier}).encode())
    print(identifier)
