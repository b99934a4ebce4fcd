"""Prose and plain text: what an author types is what the tree holds, and what the site shows."""

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from mkdocs.config import load_config

from generator.content import prose
from generator.content.prose import Node, Prose
from generator.web.markdown import blocks, escape, inline

ROOT = Path(__file__).resolve().parent.parent


@cache
def site_markdown() -> markdown.Markdown:
    """Python-Markdown with the extensions of the site."""
    config = load_config(str(ROOT / "mkdocs.yml"))
    return markdown.Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)


def on_site(text: str) -> str:
    return site_markdown().reset().convert(text)


class _Events(HTMLParser):
    """HTML as a list of tags and texts, the white space between blocks left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        shown = "".join(
            f' {name}="{value}"' for name, value in attrs if name in ("href", "start", "src", "onclick", "style")
        )
        self.found.append(f"<{tag}{shown}>")

    def handle_endtag(self, tag: str) -> None:
        self.found.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self.found and not self.found[-1].startswith("<"):
            data = self.found.pop() + data
        self.found.append(data)


INLINE = {"<em>", "</em>", "<strong>", "</strong>", "<code>", "</code>", "</a>"}
NOT_IN_THE_TREE = {"<p>", "</p>", "<thead>", "</thead>", "<tbody>", "</tbody>"}


def raw_events(html: str) -> list[str]:
    """The tags and texts of HTML, as they are."""
    parser = _Events()
    parser.feed(html)
    parser.close()
    return parser.found


def events(html: str) -> list[str]:
    """The tags and texts of HTML as readers see them: a run of white space is one space, and there is none at the edges of a block."""
    found = ["", *raw_events(html), ""]
    tidy = []
    for before, event, after, earlier in zip(found, found[1:], found[2:], ["", *found], strict=False):
        text = event
        if not event.startswith("<"):
            text = event.rstrip("\n") if earlier == "<pre>" else re.sub(r"[ \n\t]+", " ", event)
            text = text if _is_inline(before) else text.lstrip(" ")
            text = text if _is_inline(after) else text.rstrip(" ")
        tidy.append(text)
    return [event for event in tidy if event and event not in NOT_IN_THE_TREE]


def _is_inline(event: str) -> bool:
    return event in INLINE or event.startswith("<a ")


TAGS = {
    "bullets": "ul", "numbers": "ol", "item": "li", "quote": "blockquote", "table": "table", "row": "tr", "heading": "th", "cell": "td",
    "emphasis": "em", "strong": "strong", "code": "code", "paragraph": "p",
}  # fmt: skip


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def drawn(node: Node) -> str:
    """A node as HTML, drawn as simply as can be: what the site has to show, and what the paper shows."""
    inside = "".join(drawn(child) for child in node.children) + escaped(
        node.text if node.kind in ("text", "code", "code_block") else ""
    )
    if node.kind == "text":
        return inside
    if node.kind == "code_block":
        return f"<pre><code>{inside}\n</code></pre>"
    if node.kind == "link":
        return f'<a href="{escaped(node.to)}">{inside}</a>'
    start = f' start="{node.text}"' if node.kind == "numbers" and node.text else ""
    return f"<{TAGS[node.kind]}{start}>{inside}</{TAGS[node.kind]}>"


def read(text: str) -> Prose:
    found, faults = prose.parse(text)
    assert found is not None, faults
    return found


def shape(node: Node) -> str:
    """A tree on one line: `bullets(item(paragraph(one)))`."""
    inside = ", ".join(shape(child) for child in node.children) or node.text
    return inside if node.kind == "text" else f"{node.kind}{':' + node.to if node.to else ''}({inside})"


TREES = {
    "Plain words.": "paragraph(Plain words.)",
    "Two lines\nof one paragraph.": "paragraph(Two lines of one paragraph.)",
    "One.\n\nTwo.": "paragraph(One.) paragraph(Two.)",
    "A *soft* and a **strong** word.": "paragraph(A , emphasis(soft),  and a , strong(strong),  word.)",
    "***Both*** at once.": "paragraph(strong(emphasis(Both)),  at once.)",
    "_a_b_ and a_b_c": "paragraph(emphasis(a_b),  and a_b_c)",
    "[a link](https://example.org/?a=1&b=2#c) here": "paragraph(link:https://example.org/?a=1&b=2#c(a link),  here)",
    "[*soft* link](exercises/round)": "paragraph(link:exercises/round(emphasis(soft),  link))",
    "<https://example.org>": "paragraph(link:https://example.org(https://example.org))",
    "<ada@example.org>": "paragraph(link:mailto:ada@example.org(ada@example.org))",
    "[mail](mailto:a@example.org)": "paragraph(link:mailto:a@example.org(mail))",
    "- one\n- two\n    - three": "bullets(item(paragraph(one)), item(paragraph(two), bullets(item(paragraph(three)))))",
    "- one\n\n- two\n\n    more": "bullets(item(paragraph(one)), item(paragraph(two), paragraph(more)))",
    "1. one\n2. two": "numbers(item(paragraph(one)), item(paragraph(two)))",
    "> said\n>\n> - by *one*": "quote(paragraph(said), bullets(item(paragraph(by , emphasis(one)))))",
    "| a | *b* |\n|---|---|\n| 1 | `2` |": "table(row(heading(a), heading(emphasis(b))), row(cell(1), cell(code(2))))",
    "Use `<b>` and `*a*`.": "paragraph(Use , code(<b>),  and , code(*a*), .)",
    "``a `tick` b``": "paragraph(code(a `tick` b))",
    "```\n# not *read* <b>\n\n  kept\n```": "code_block(# not *read* <b>\n\n  kept)",
    "```text\n[a](b)\n```": "code_block([a](b))",
    "    indented <i>": "code_block(indented <i>)",
    r"\*stars\* and \# and \\": r"paragraph(*stars* and # and \)",
    "5 < 7 & 7 > 5, AT&T; &copy; &#42; &lt;b&gt;": "paragraph(5 < 7 & 7 > 5, AT&T; © * <b>)",
    "{{ jinja }} {% raw %} $x$ #hash @at ~tilde~ ^hat^": "paragraph({{ jinja }} {% raw %} $x$ #hash @at ~tilde~ ^hat^)",
    "Größe, Ελλάδα, Москва, 日本, 🙂": "paragraph(Größe, Ελλάδα, Москва, 日本, 🙂)",
    "[ ] a box, [x] another, [not a link]": "paragraph([ ] a box, [x] another, [not a link])",
    "A line  \nbroken by force.": "paragraph(A line broken by force.)",
    "!!! note\n    Not a box.": "paragraph(!!! note Not a box.)",
    "Term\n:   Not a definition.": "paragraph(Term : Not a definition.)",
    "2 * 3 * 4 = 24": "paragraph(2 * 3 * 4 = 24)",
}


@pytest.mark.parametrize("text", TREES)
def test_prose_becomes_a_tree(text: str) -> None:
    assert " ".join(shape(block) for block in read(text).blocks) == TREES[text]


def test_all_kinds_of_node_are_tried() -> None:
    kinds = {node.kind for text in TREES for block in read(text).blocks for node in block.walk()}
    assert kinds == {*TAGS, "text", "link", "code_block"}


@pytest.mark.parametrize("text", TREES)
def test_the_site_shows_the_tree(text: str) -> None:
    found = read(text)
    shown = events(on_site(blocks(found, lambda to: to)))
    assert shown == events("".join(drawn(block) for block in found.blocks))
    assert shown


SHOWN_OTHERWISE = ("!!! note", "Term\n:", "by force")  # the site's Markdown has more than that of prose


@pytest.mark.parametrize("text", [text for text in TREES if not any(part in text for part in SHOWN_OTHERWISE)])
def test_the_site_shows_what_it_would_show_of_the_markdown_itself(text: str) -> None:
    assert events(on_site(blocks(read(text), lambda to: to))) == events(on_site(text))


def test_a_list_that_starts_at_another_number_keeps_it() -> None:
    assert '<ol start="3">' in on_site(blocks(read("3. three\n4. four"), lambda to: to))


def test_prose_on_one_line_has_its_paragraphs_and_entries_joined() -> None:
    found = read("One *soft*.\n\n- two\n- three\n\n> four")
    assert events(on_site("## " + inline(found, lambda to: to))) == [
        "<h2>",
        "One ",
        "<em>",
        "soft",
        "</em>",
        ". two three four",
        "</h2>",
    ]
    assert found.plain() == "One soft. two three four"


def test_links_of_prose_are_led_to_pages() -> None:
    found = read("[in](exercises/round) and [out](https://example.org)")
    assert found.links() == ("exercises/round", "https://example.org")
    shown = on_site(blocks(found, lambda to: to if ":" in to else f"../{to}/index.md"))
    assert 'href="../exercises/round/index.md"' in shown
    assert 'href="https://example.org"' in shown


# Whatever prose there is, the site shows its tree.

SIGNS = (
    "a~b c~1~1.~- ~* ~> ~# ~*~**~_~`~``~[x](https://e.org)~[y](exercises/a-b)~<https://e.org>~\\~\\*~&amp;~&~<~>~^~{~}~:~!~[~]~(~)~ß~+~=~$~@"
    "~\"~'~[^1]~!!! note~[TOC]~*[HTML]: x~://~    ~  ~|~| a | b |\n|---|---|\n| c | d |~\n~\n\n~```\ncode\n```"
)
WORDS = st.sampled_from(["~", *SIGNS.split("~")])


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=12).map("".join))
def test_the_site_shows_the_tree_of_any_prose(text: str) -> None:
    found, _ = prose.parse(text)
    assume(found is not None)
    assert found is not None
    text = blocks(found, lambda to: to)
    shown = events(on_site(text))
    assert shown == events("".join(drawn(block) for block in found.blocks))


# Most texts are plain paragraphs, and are read without Markdown's parser. A piece of code below them has it read all.

FEW = 'a~b c~*~**~*d*~**e f**~ ~  ~\n~\n\n~\n\n\n~- ~1. ~\u0661. ~=~\n==~\n--~+~:~!~(~)~"~“~\u00a0~https://e.org~س~…~g~.~a@b.org'
WITHOUT_SIGNS = st.lists(st.sampled_from(FEW.split("~")), max_size=14).map("".join).map(str.strip)


@settings(max_examples=400, deadline=None)
@given(WITHOUT_SIGNS)
@example("**a****b**")
@example("*a **b** c*")
@example("a** b **c")
@example("a  \nb *c\nd*")
def test_paragraphs_are_read_as_the_parser_reads_them(text: str) -> None:
    assume(text)
    found, through = prose.parse(text)[0], prose.parse(text + "\n\n`x`")[0]
    if found is None or through is None:
        assert found is through
        return

    def seen(blocks: tuple[Node, ...]) -> list[str]:
        return [" ".join(shape(block).split()) for block in blocks]

    assert seen(found.blocks) == seen(through.blocks[:-1])


# Plain text is shown as typed, wherever a template puts it.

IN_TABLES = {"<table>", "</table>", "<thead>", "</thead>", "<tbody>", "</tbody>", "<tr>", "</tr>", "<th>", "</th>"}
PLACES = {
    "a paragraph": ('<p markdown="span">{}</p>', (["<p>"], ["</p>"])),
    "a list entry": ("- {}", (["<ul>", "<li>"], ["</li>", "</ul>"])),
    "a heading": ("## {}", (["<h2>"], ["</h2>"])),
    "a table cell": ("| a | b |\n|---|---|\n| {} | c |", (["a", "b", "<td>"], ["</td>", "<td>", "c", "</td>"])),
    "a line": ("{}", (["<p>"], ["</p>"])),
    "a link": ("[{}](a.md)", (["<p>", '<a href="a.md">'], ["</a>", "</p>"])),
    "strong words": ("<strong>{}</strong>", (["<p>", "<strong>"], ["</strong>", "</p>"])),
}
PLAIN = (
    st.text("*_`[](){}<>&#|\\~^!\"':.-+=1a $@%/;?,\t", max_size=30)
    | st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=30)
    | st.lists(WORDS, max_size=8).map("".join)
).map(lambda text: " ".join(text.split()))


@pytest.mark.parametrize("place", PLACES)
@settings(max_examples=40, deadline=None)
@given(text=PLAIN)
@example(text='<script>alert("1")</script>')
@example(text="1. one")
@example(text="- one")
@example(text="{: #id .x onclick=alert(1) }")
@example(text="a | b")
@example(text="[x](javascript:alert(1)) ![y](z) <http://e.org>")
@example(text="&amp; &#42; &copy;")
@example(text="\\* \\\\ \\")
@example(text="[^1]: x")
@example(text="*[a]: b")
@example(text="!!! note")
@example(text="/// x")
@example(text="[TOC]")
@example(text="How to learn C#")
@example(text="a]: b")
def test_plain_text_is_shown_as_typed(place: str, text: str) -> None:
    assume(text)
    around, (before, after) = PLACES[place]
    shown = [event.strip() for event in raw_events(on_site(around.format(escape(text))))]
    assert [event for event in shown if event and event not in IN_TABLES] == [*before, text, *after]


def test_a_link_after_an_exclamation_mark_stays_a_link() -> None:
    found = prose.parse("Look!<https://example.org>")[0]
    assert found is not None
    shown = on_site(blocks(found, lambda to: to))
    assert "<img" not in shown
    assert 'href="https://example.org"' in shown


@pytest.mark.parametrize(
    "text",
    [
        "[b](<https://x.org/)[c](javascript:alert(2)>)",
        "[b](<https://x.org/)&lt;script&gt;alert(3)&lt;/script&gt;>)",
        "[b](https://x.org/a_(b)#c?d=e&f=g)",
    ],
)
def test_an_address_stays_the_address_of_its_link(text: str) -> None:
    found, faults = prose.parse(text)
    if found is None:
        assert faults
        return
    shown = on_site(blocks(found, lambda to: to))
    assert shown.count("<a ") == 1
    assert "<script" not in shown
    assert 'href="javascript' not in shown


def test_code_on_one_line_stays_on_one_line() -> None:
    found, _ = prose.parse("```\n---\n\n# Heading\n```")
    assert found is not None
    assert inline(found, lambda to: to).count("\n") == 0
