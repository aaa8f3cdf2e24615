"""Lists and migrates with threads, each with a connection of its own that it keeps.

Usage: threads.py list|migrate, with NOVITA_API_BASE_URL, NOVITA_API_KEY, PAGES_AT_ONCE and MIGRATIONS_AT_ONCE.
"""

import json
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import urlsplit

from selection import api, headers, page_path, pages_of, select

address = urlsplit(api)
own = threading.local()


def ask(method, path, body=None):
    if not hasattr(own, "connection"):
        kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
        own.connection = kind(address.netloc, timeout=30)
    own.connection.request(method, address.path + path, body, headers)
    response = own.connection.getresponse()
    answer = response.read()
    if response.status != 200:
        raise RuntimeError(f"{method} {path} answered {response.status}")
    return json.loads(answer)


def read_page(number):
    page = ask("GET", page_path(number))
    return page["total"], list(select(page))


def migrate(identifier):
    ask("POST", "/gpu/instance/migrate", json.dumps({"instanceId": identifier}))


total, ids = read_page(1)
pages = pages_of(total)
if pages > 1:
    with ThreadPoolExecutor(int(os.environ["PAGES_AT_ONCE"])) as pool:
        for _, more in pool.map(read_page, range(2, pages + 1)):
            ids += more
if sys.argv[1] == "migrate" and ids:
    with ThreadPoolExecutor(int(os.environ["MIGRATIONS_AT_ONCE"])) as pool:
        list(pool.map(migrate, ids))
for identifier in ids:
    print(identifier)
