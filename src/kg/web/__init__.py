"""The web as kg uses it: with time-outs on everything, and secrets that go to one place only and appear in none.

`kg.web` is the one home of httpx. What is asked, and of whom, is the business of the layers above.
"""

from kg.web.addresses import check_address, is_loopback, origin_of
from kg.web.client import Client, Reply, Unanswered, Unavailable, open_client
from kg.web.credentials import NOBODY, Credentials, Secret, find_credentials
from kg.web.retries import Retries, retry

__all__ = [
    "NOBODY",
    "Client",
    "Credentials",
    "Reply",
    "Retries",
    "Secret",
    "Unanswered",
    "Unavailable",
    "check_address",
    "find_credentials",
    "is_loopback",
    "open_client",
    "origin_of",
    "retry",
]
