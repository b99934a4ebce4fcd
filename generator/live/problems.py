"""The page that stands in for the site while the kit cannot be built.

In: what is wrong. Out: HTML that needs nothing else: the site's own styles may be what is broken. All text is escaped.
"""

import html
from dataclasses import replace

from generator.errors import KitError, Problem, ToolError, as_text, count
from generator.errors.many import first_page

MOST = 50  # problems on the page; the terminal and `check` show all
STYLE = """
:root{color-scheme:light dark;--line:#c9c9c9;--mark:#b3261e;--soft:#f4f3f0}
@media(prefers-color-scheme:dark){:root{--line:#555;--mark:#ff8a80;--soft:#26282b}}
body{margin:0 auto;max-width:60rem;padding:1rem;font:1rem/1.5 system-ui,sans-serif}
h1{font-size:1.4rem;line-height:1.25}h2{font-size:1.05rem;line-height:1.35;margin:0;overflow-wrap:anywhere}
article{border-left:.3rem solid var(--mark);margin:1.25rem 0;padding:.1rem 0 .1rem .9rem}
pre{background:var(--soft);border:1px solid var(--line);border-radius:.3rem;margin:.5rem 0;overflow-x:auto;padding:.6rem .7rem;
font:.85rem/1.4 ui-monospace,Consolas,Menlo,monospace;tab-size:1}
pre.text{white-space:pre-wrap;overflow-wrap:anywhere}
p{margin:.5rem 0;overflow-wrap:anywhere}.kind{color:var(--mark);font-weight:600}code{font-family:ui-monospace,Consolas,Menlo,monospace}
"""


def page(title: str, body: str) -> str:
    """A whole page; `title` is text, `body` HTML."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="data:,"><title>{html.escape(title)}</title><style>{STYLE}</style></head>\n'
        f"<body><main>\n<h1>{html.escape(title)}</h1>\n{body}\n</main></body></html>\n"
    )


def problems_page(failure: KitError | ToolError, what: str = "The kit") -> str:
    """What keeps the kit, or one booklet, from being made."""
    if isinstance(failure, ToolError):
        body = f'<pre class="text">{html.escape(str(failure))}</pre>'
        return page(f"{what} cannot be made", f"{body}\n{_waiting()}")
    errors = [problem for problem in failure.problems if problem.severity == "error"] or list(failure.problems)
    parts = [_problem(problem) for problem in first_page(errors, MOST).shown]
    if len(errors) > MOST:
        parts.append(f"<p>And {len(errors) - MOST:,} more: <code>workshop-kit check</code> lists all of them.</p>")
    return page(f"{what} cannot be made: {count(failure.problems)}", "\n".join([*parts, _waiting()]))


def _waiting() -> str:
    return "<p>Mend it and save: this page follows by itself.</p>"


def _problem(problem: Problem) -> str:
    code, place, lines = html.escape(problem.code), problem.place, _lines(problem)
    help = f"<p><b>help:</b> {html.escape(problem.help)}</p>" if problem.help else ""
    return (
        f'<article>\n<h2><span class="kind">{problem.severity}[{code}]</span> {html.escape(problem.message)}</h2>\n'
        f"<p><code>{html.escape(f'{place.file}:{place.line}:{place.column}')}</code></p>\n"
        f"{lines}{help}\n"
        f"<p>More on this: <code>workshop-kit explain {code}</code></p>\n</article>"
    )


def _lines(problem: Problem) -> str:
    """The lines with their carets: its text without the message, the place and the help; nothing where there are none."""
    _, _, *drawn = as_text(replace(problem, message="", help="")).split("\n")
    lines = "\n".join(drawn[1:] if drawn and drawn[0].strip() == "|" else drawn)
    return f'<pre tabindex="0">{html.escape(lines)}</pre>\n' if lines else ""


def building_page() -> str:
    """What is shown until the first build is done."""
    return page("The site is being built", "<p>One moment: this page follows by itself.</p>")


def refusal(title: str, text: str) -> str:
    """Why a request gets no answer."""
    return page(title, f"<p>{html.escape(text)}</p>")
