"""Addresses of an index: judged, taken apart and put together; `core.index.connecting` goes there."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit, urlunsplit

SCHEMES = ("s3", "gs", "az", "db")
"""`gs` and `az` are Google's and Azure's object stores, `db` a LanceDB server."""
_SECRET = re.compile(r"secret|password|token|api_?key|account_?key|sas_|credential", re.IGNORECASE)


def is_address(address: str) -> bool:
    """Whether an index can be kept at this address: an absolute folder, or one of `SCHEMES` with a name."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if is_remote(address):
        return parts.scheme in SCHEMES and bool(parts.netloc)
    return Path(address).is_absolute()


def is_remote(address: str) -> bool:
    """Tell whether the rows of this address are kept by another machine."""
    return "://" in address


def is_served(address: str) -> bool:
    """Tell whether a LanceDB server keeps the rows, and not files that LanceDB reads itself."""
    return is_remote(address) and urlsplit(address).scheme == "db"


def below(address: str, *names: str) -> str:
    """Return the address of a place below `address`, its options kept; the names may be anything."""
    parts = urlsplit(address)
    plain = (name.replace("?", "%3F").replace("#", "%23") for name in names)
    path = "/".join([parts.path.rstrip("/"), *plain])
    return urlunsplit(parts._replace(path=path))


def table_of(address: str, name: str) -> str:
    """Return what a table is called at `address`: a server has no folders, so their names go before it.

    Its names are ASCII; what is left out of a folder's name is told by a digest of all of it.
    """
    parts = urlsplit(address) if is_remote(address) else None
    if parts is None or parts.scheme != "db":
        return name
    folders = parts.path.strip("/")
    plain = re.sub(r"[^A-Za-z0-9_.-]+", "-", folders).strip("-")
    is_whole = plain == folders.replace("/", "-")
    digest = "" if is_whole else hashlib.blake2b(folders.encode(), digest_size=4).hexdigest()
    return "-".join(filter(None, (plain, digest, name)))


def without_options(address: str) -> str:
    """Return the address as it may be shown and logged."""
    return address.partition("?")[0] if is_remote(address) else address


def names_secret(address: str) -> bool:
    """Whether an address holds what is nobody's business: a password, or an option that is a key."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    options = parse_qsl(parts.query, keep_blank_values=True)
    return bool(parts.password) or any(_SECRET.search(name) for name, _ in options)
