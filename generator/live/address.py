"""What a request asks for: pure functions on its address and its headers, with no look at the disk."""

import ipaddress
import socket
from urllib.parse import unquote, urlsplit

LOCAL = ("localhost", "127.0.0.1", "::1")
LONGEST = 1000  # signs of an address

TYPES = {
    "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8", "map": "application/json", "xml": "application/xml; charset=utf-8",
    "txt": "text/plain; charset=utf-8", "csv": "text/csv; charset=utf-8", "md": "text/markdown; charset=utf-8",
    "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
    "ico": "image/x-icon", "pdf": "application/pdf", "woff2": "font/woff2", "woff": "font/woff", "ttf": "font/ttf", "otf": "font/otf",
    "ics": "text/calendar; charset=utf-8", "gz": "application/gzip", "zip": "application/zip",
}  # fmt: skip


def path_of(target: str) -> str | None:
    """The path below the site that an address means, as `exercises/silo-walk/`, or None where it means none.

    No answer leads out of the site: no `..`, no drive, no backslash, no hidden sign.
    """
    if len(target) > LONGEST:
        return None
    try:
        found = unquote(urlsplit("//host/" + target.lstrip("/")).path, errors="strict").lstrip("/")
    except (ValueError, UnicodeDecodeError):
        return None
    parts = found.split("/")
    if any(sign in found for sign in '\\:*?"<>|') or not all(sign.isprintable() for sign in found):
        return None
    return None if any(part.startswith(".") or part.endswith((".", " ")) for part in parts) else found


def type_of(path: str) -> str:
    """The media type by the end of a name; the same on every system, whatever its registry says."""
    return TYPES.get(path.rpartition(".")[2].lower(), "application/octet-stream")


def is_page(path: str) -> bool:
    """Whether somebody asks for something to read: a page or a booklet, rather than a part of a page."""
    name = path.rpartition("/")[2]
    return "." not in name or name.lower().endswith((".html", ".pdf"))


def may_ask(host: str | None, bound: str) -> bool:
    """Whether a `Host` header names this server: a page of another site cannot reach it under that site's own name.

    A server for this computer alone answers to the names of this computer alone; one for the network to numbers too, and to its name.
    """
    if not host:
        return True
    try:
        name = (urlsplit(f"//{host}").hostname or "").rstrip(".").lower()
    except ValueError:
        return False
    if name in LOCAL or name == bound.lower():
        return True
    return not is_local(bound) and (_is_number(name) or name.removesuffix(".local") == socket.gethostname().lower())


def is_local(host: str) -> bool:
    """Whether a server at `host` can be reached from this computer alone."""
    return host in LOCAL or (_is_number(host) and ipaddress.ip_address(host).is_loopback)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
