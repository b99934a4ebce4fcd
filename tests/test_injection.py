"""Nothing that an author types becomes code: every text field of the model carries something nasty, and pages show it as it was typed.

The kit is made from the model, so that a new field is covered as soon as it is there.
"""

import json
import typing
from pathlib import Path
from typing import Any

import markdown
import pytest
import yaml
from bs4 import BeautifulSoup
from mkdocs.utils import meta
from pydantic import BaseModel

from generator.content.free import FRONT_MATTER
from generator.content.markup import EXTENSIONS
from generator.content.model import KINDS
from generator.files.table import csv_bytes
from generator.links import link
from generator.reading import read, words_of
from generator.web.data import kit_data
from generator.web.pages import render
from generator.web.plain import write
from generator.web.site import Site
from tests.conftest import KITS, ROOT, MakeKit

NASTY = {
    "html": "mark <img src=x onerror=alert(1)> <script>alert(2)</script>",
    "attribute": "mark \" onmouseover=alert(1) x=' y",
    "end": "mark </script></title></textarea>--><svg onload=alert(1)>",
    "markdown": "mark [x](javascript:alert(1)) ![y](https://example.org/z.png) `a` **b** {: onclick=alert(1) }",
    "lines": "mark # h | a | b ~~~ *** ___ 1. x",
    "jinja": "mark {{ config.site_name }} {% raw %} {# x #}",
    "typst": "mark #set page(width: 1pt) $x$ @label <label> \\ #eval",
    "yaml": "mark: x\\n- y: !!python/object:os.system 'ls' &a *a",
    "formula": "=cmd|' /C calc'!A0 mark",
}
EVENTS = ("onerror", "onmouseover", "onload", "onclick")


def spoilt(value: Any, text: str, path: tuple[str, ...], fields: set[tuple[str, ...]], model: type[BaseModel]) -> Any:
    """The raw fields of an item with `text` in place of each plain text; which fields those are, goes into `fields`."""
    found = {}
    for name, inner in value.items():
        info = model.model_fields.get("pause" if name == "break" else name)
        parts = list(_models(info.annotation, inner)) if info else []
        plain = info is not None and _is_text(info)
        if plain and isinstance(inner, str):
            fields.add((*path, name))
            found[name] = text
        elif plain and isinstance(inner, list):
            fields.add((*path, name))
            found[name] = [f"{text} {number}" for number, _ in enumerate(inner)]
        elif isinstance(inner, list) and parts:
            found[name] = [
                spoilt(each, text, (*path, name), fields, next(_models(info.annotation, each))) for each in inner
            ]
        else:
            found[name] = (
                spoilt(inner, text, (*path, name), fields, parts[0]) if isinstance(inner, dict) and parts else inner
            )
    return found


def _is_text(info: Any) -> bool:
    shown = f"{info.annotation} {info.metadata}"
    return "func=<function _text " in shown


def _models(annotation: Any, value: Any) -> typing.Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        known = {field.alias or name for name, field in annotation.model_fields.items()}
        if isinstance(value, list) or (isinstance(value, dict) and set(value) <= known):
            yield annotation
    for part in typing.get_args(annotation):
        yield from _models(part, value)


def spoilt_kit(text: str) -> tuple[dict[str, str], set[tuple[str, ...]]]:
    """The files of the kit `full` with `text` in every text field."""
    content, fields = KITS / "full" / "content", set[tuple[str, ...]]()
    files = {}
    for kind, model in KINDS.items():
        for path in sorted((content / kind).glob("*.yml")):
            raw = spoilt(
                yaml.safe_load(path.read_text(encoding="utf-8").replace("start: ", "start: !!str ")),
                text,
                (kind,),
                fields,
                model,
            )
            files[f"content/{kind}/{path.name}"] = yaml.safe_dump(raw, allow_unicode=True, sort_keys=False)
    settings = {"format": 1, "id": "full", "name": text, "description": text, "licence": text, "credits": "Nobody."}
    files["content/kit.yml"] = yaml.safe_dump(settings)
    return files, fields


def site_of(folder: Path) -> Site:
    loaded, _ = read(folder / "content")
    return Site(loaded.kit, link(loaded.kit), words_of(loaded), loaded.free.texts(), ROOT / "templates")


@pytest.mark.slow
@pytest.mark.parametrize("kind", NASTY)
def test_no_text_becomes_code(kind: str, make_kit: MakeKit, tmp_path: Path) -> None:
    text = NASTY[kind]
    files, fields = spoilt_kit(text)
    assert len(fields) > 20
    site = site_of(make_kit(files))
    pages = render(site)
    assert len(pages) > 15
    seen = 0
    for page in pages:
        head = FRONT_MATTER.match(page.text)
        front = (yaml.safe_load(head[1]) if head else None) or {}
        assert "<" not in str(front.get("title", "")) + str(front.get("description", ""))
        # The theme puts descriptions into attributes as they are, titles only escaped.
        assert '"' not in str(front.get("description", ""))
        shown = markdown.Markdown(extensions=list(EXTENSIONS)).convert(FRONT_MATTER.sub("", page.text))
        soup = BeautifulSoup(shown, "html.parser")
        for element in soup.find_all(True):
            assert not [name for name in element.attrs if name.lower() in EVENTS], (page.path, element)
            assert not str(element.get("href", "")).startswith("javascript"), (page.path, element)
            assert not str(element.get("src", "")).startswith(("x", "https://example.org")), (page.path, element)
            if element.name == "script":
                assert element.get("src") or element.get("type") == "application/json", (page.path, element)
                assert element.get("src") or json.loads(element.string or "")
        for heading in soup.find_all("h1"):
            if "mark" in heading.get_text():
                seen += text in " ".join(heading.get_text().split())
    assert seen > 5, "no heading shows the text as it was typed"
    assert text in json.dumps(kit_data(site.kit, site.links), ensure_ascii=False).replace('\\"', '"').replace(
        "\\\\", "\\"
    )
    write(tmp_path / "plain", tuple(pages), {}, {"site_name": text, "extra": {"x": text}})
    assert yaml.safe_load((tmp_path / "plain" / "mkdocs.yml").read_text(encoding="utf-8")) == {
        "site_name": text,
        "extra": {"x": text},
    }


@pytest.mark.parametrize("kind", NASTY)
def test_no_cell_of_a_table_is_a_formula(kind: str) -> None:
    cell = csv_bytes([[NASTY[kind]]]).decode("utf-8-sig").strip().strip('"')
    assert not cell.startswith(("=", "+", "-", "@"))


def test_the_first_line_of_a_page_is_no_setting(make_kit: MakeKit) -> None:
    minimal = {
        path.relative_to(KITS / "minimal").as_posix(): path.read_bytes() for path in (KITS / "minimal").rglob("*.yml")
    }
    page = {"content/pages/a.md": "Note: bring pens & paper\n\n# A\n"}
    found = next(page for page in render(site_of(make_kit({**minimal, **page}))) if page.path == "pages/a.md")
    assert meta.get_data(found.text)[1] == {}
