"""The door: `python3 tools/make.py site` on Linux and macOS, `py tools\\make.py site` on Windows.

Comes in: a verb and, for some verbs, more arguments. Goes out: an exit status (0 well, 1 not, 2 wrong use,
130 stopped by Ctrl-C). This file must be readable to an old Python, which it turns away with a kind word, so
nothing newer than Python 3.6 is written here. The verbs themselves live in `verbs.py`.
"""

import sys
from pathlib import Path

OLDEST = (3, 11)


def too_old(version: "tuple[int, ...]") -> str:
    """What to tell someone whose Python has this version; empty when it is new enough."""
    if tuple(version[:2]) >= OLDEST:
        return ""
    need, have = (".".join(str(part) for part in numbers[:2]) for numbers in (OLDEST, version))
    return (
        f"error: the workshop kit needs Python {need} or newer, and this is Python {have} ({sys.executable}).\n"
        "help: install a newer one (python.org, your system's packages, or `brew install python` on macOS), then name\n"
        f"      it: `make site PYTHON=python{need}`, or `py -{need} tools\\make.py site` on Windows."
    )


def main(arguments: "list[str]") -> int:
    """Turn old Pythons away, run the verb, and give its exit status."""
    complaint = too_old(sys.version_info[:3])
    if complaint:
        print(complaint, file=sys.stderr)
        return 1
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from tools import verbs

    return verbs.run(arguments)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
