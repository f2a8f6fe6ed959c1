"""Addresses of a shared index, judged by their look alone; `core.index.connecting` goes there."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

SCHEMES = ("s3", "gs", "az", "db")
"""`gs` and `az` are Google's and Azure's object stores, `db` a LanceDB server."""
_SECRET = re.compile(r"secret|password|token|api_?key|account_?key|sas_|credential", re.IGNORECASE)


def is_address(address: str) -> bool:
    """Whether an index can be kept at this address: an absolute folder, or one of `SCHEMES` with a name."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if "://" in address:
        return parts.scheme in SCHEMES and bool(parts.netloc)
    return Path(address).is_absolute()


def place_of(address: str) -> str:
    """Return an address as it is told to people: without its options."""
    return address.partition("?")[0]


def names_secret(address: str) -> bool:
    """Whether an address holds what is nobody's business: a password, or an option that is a key."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    options = parse_qsl(parts.query, keep_blank_values=True)
    return bool(parts.password) or any(_SECRET.search(name) for name, _ in options)
