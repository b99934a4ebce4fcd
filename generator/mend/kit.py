"""Mend the files of a kit.

In: the folder of a kit, and a way to read it that gives its problems. Out: what was changed, a line for each. A file is written beside the
old one and takes its place, unless somebody else changed it meanwhile; when it then has more problems than before, it is put back.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.errors import Problem
from generator.mend.edits import Edit, Text
from generator.mend.names import renamed
from generator.mend.signs import with_quotes, without_signs, without_tabs
from generator.mend.values import fix
from generator.publish import write_file

ROUNDS = 8
WIDEST = 60
LARGEST = 2_000_000  # bytes of a file
# With one of these, a file's other problems are not known.
HIDING = frozenset({"yaml", "control-character", "not-utf-8", "file-too-large"})
DOUBLED = frozenset({"duplicate-key", "duplicate-id"})
BETWEEN_ITEMS = frozenset({"unknown-id"})  # found in items that could be read

Spot = tuple[str, int]  # code and line of a problem
Read = Callable[[], Sequence[Problem]]


def mend(root: Path, read: Read) -> Iterator[str]:
    """Mend what is safe, and say what was changed as it is done. `read` reads the whole kit anew."""
    given_up: set[tuple[str, str]] = set()  # files with what was put back, by the code that was to be mended
    problems = list(read())
    for _ in range(ROUNDS):
        done = [*_renamed(root, problems)]
        yield from done
        wanted = [problem for problem in problems if (problem.place.file, problem.code) not in given_up]
        written = {} if done else _written(root, wanted)
        if not done and not written:
            return
        put_back = set(written)
        try:
            after = list(read())
            put_back = {file for file, made in written.items() if _worse(file, made.mended, problems, after)}
        finally:  # nobody knows whether a mended file is better when reading was broken off
            for file in put_back:
                _put(written[file].path, written[file].new, written[file].old)
        for file, made in written.items():
            if file in put_back:
                given_up |= {(file, code) for code, _ in made.mended}
            else:
                yield from made.said
        problems = list(read()) if put_back else after


def _worse(file: str, mended: Counter[Spot], before: Sequence[Problem], after: Sequence[Problem]) -> bool:
    """Whether what was mended did not help: `mended` counts the problems that it was for by code and line.

    A file that could not be read, wholly or as an item, may now show problems that were there before; any other may not have more.
    """
    was, now = ([problem for problem in each if problem.place.file == file] for each in (before, after))
    left = Counter(map(_spot, was)) - mended
    if any(count > left[spot] for spot, count in Counter(map(_spot, now)).items() if spot in mended):
        return True
    before_codes, after_codes = ({problem.code for problem in each} for each in (was, now))
    if before_codes & HIDING:
        return False
    if (after_codes - before_codes) & (HIDING | DOUBLED):
        return True
    return len(now) > len(was) and before_codes <= BETWEEN_ITEMS


def _spot(problem: Problem) -> Spot:
    return problem.code, problem.place.line


def _renamed(root: Path, problems: Sequence[Problem]) -> Iterator[str]:
    for problem in problems:
        if found := renamed(problem, root):
            path, to = found
            path.rename(to)
            yield f"{problem.place.file}: renamed to {to.name}"


@dataclass(frozen=True)
class Written:
    """A file that was mended: what it held, what it holds, the problems that this was for, and what to say of it."""

    path: Path
    old: bytes
    new: bytes
    mended: Counter[Spot]
    said: tuple[str, ...]


def _written(root: Path, problems: Sequence[Problem]) -> dict[str, Written]:
    """Write every file that can be mended."""
    found: dict[str, Written] = {}
    for file in dict.fromkeys(
        problem.place.file for problem in problems if problem.place.file.endswith((".yml", ".md"))
    ):
        path, own = (root / file), [problem for problem in problems if problem.place.file == file]
        old = _read(path, root)
        if old is None:
            continue
        text = Text(old.decode("utf-8"))
        fixes = fixes_of(file, own, text)
        edits = [edit for _, edit in fixes]
        new = text.changed(edits).encode("utf-8")
        if new != old and _put(path, old, new):
            said = tuple(_said(file, text, new.decode("utf-8"), edits))
            mended = Counter((code, text.line_of(edit.start)) for code, edit in fixes)
            found[file] = Written(path, old, new, mended, said)
    return found


def fixes_of(file: str, problems: Sequence[Problem], text: Text) -> list[tuple[str, Edit]]:
    """All edits of one file, each with the code of its problem. Invisible characters and tabs come first, since the file cannot be read
    with them."""
    codes = {problem.code for problem in problems}
    if "control-character" in codes and (edits := without_signs(text)):
        return [("control-character", edit) for edit in edits]
    if codes & HIDING:
        edits = (without_tabs(file, text) or with_quotes(file, text)) if file.endswith(".yml") else []
        return [("yaml", edit) for edit in edits]
    return [(problem.code, edit) for problem in problems if (edit := fix(problem, text)) is not None]


def _read(path: Path, root: Path) -> bytes | None:
    """The bytes of a file inside the kit that is text; None for any other."""
    with suppress(OSError, UnicodeDecodeError):
        if path.is_file() and path.stat().st_size <= LARGEST and path.resolve().is_relative_to(root.resolve()):
            data = path.read_bytes()
            data.decode("utf-8")
            return data
    return None


def _put(path: Path, old: bytes, new: bytes) -> bool:
    """Write `new` in place of `old`, whole or not at all; not when the file holds something else by now."""
    if path.read_bytes() != old:
        return False
    write_file(path, new)
    return True


def _said(file: str, text: Text, new: str, edits: Sequence[Edit]) -> Iterator[str]:
    """What was changed, line by line. No edit adds or takes a line."""
    after = Text(new)
    for number in dict.fromkeys(text.line_of(edit.start) for edit in sorted(edits)):
        was, now = _short(text.line(number)), _short(after.line(number))
        yield (
            f"{file}:{number}: {was} -> {now}" if was != now else f"{file}:{number}: tabs in front of it became blanks"
        )


def _short(line: str) -> str:
    shown = "".join(sign if sign.isprintable() else "·" for sign in line.strip())
    return shown if len(shown) <= WIDEST else shown[: WIDEST - 1] + "…"
