"""What a facilitator has already, counted.

In: the bytes of a file with lines such as `Index cards: 60`. Out: numbers by name, or every fault of the file.
"""

from generator.content.source import parse
from generator.errors import Problem

HELP = "write a thing and a number on each line, as in `Index cards: 60`; put a name with a colon in quotation marks"


def read_have(file: str, data: bytes) -> tuple[dict[str, int], tuple[Problem, ...]]:
    """Numbers by the name of the thing, and what is wrong with the file; with problems the numbers must not be used."""
    source = parse(file, data)
    if source.problems:
        return {}, tuple(source.problems)
    if not isinstance(source.value, dict):
        return {}, (source.problem("wrong-type", "this is not a list of things and numbers", (), help=HELP),)
    found, problems = {}, []
    for name, number in source.value.items():
        if isinstance(number, bool) or not isinstance(number, int) or number < 0:
            message = f"`{name}` has no number"
            problems.append(source.problem("wrong-type", message, (name,), help=HELP))
        else:
            found[name.strip()] = number
    return found, tuple(problems)
