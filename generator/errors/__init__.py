"""A problem is data, and how it is shown.

Everybody who finds a fault in a kit makes a `Problem`; nobody prints one but the doors. This wing decides how problems read: as text with
the lines at fault, for programs, and which of very many are shown first. What a code means stands in `docs/errors/`.
"""

from generator.errors.near import did_you_mean as did_you_mean
from generator.errors.problem import RANK as RANK
from generator.errors.problem import KitError as KitError
from generator.errors.problem import Place as Place
from generator.errors.problem import Problem as Problem
from generator.errors.problem import Severity as Severity
from generator.errors.problem import ToolError as ToolError
from generator.errors.problem import count as count
from generator.errors.text import as_text as as_text
