"""Names of styles, scripts and fonts: another whenever the file changes, else the same, and the ones that pages ask for."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.errors import ToolError
from generator.web.assets import Assets, named_by_content
from tests.conftest import KITS, CopyKit, copy_kit, run_generator, write_files

FONT, STYLE, OTHER = (f"assets/kit/{name}" for name in ("fonts/a face.woff2", "css/kit.css", "css/run.css"))
FILES = {
    FONT: b"a font",
    STYLE: b'@import "run.css"; a { src: url("../fonts/a%20face.woff2?v#x") } b { background: url(data:,x) url(no.png) }',
    OTHER: b"c { color: red }",
}


def named(files: Mapping[str, bytes]) -> Assets:
    return named_by_content(Assets(files, {name: name for name in files}))


def mark(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:8]


def test_names_hold_what_is_in_a_file_and_styles_ask_for_these_names() -> None:
    found = named(FILES)
    assert found.names[FONT] == f"assets/kit/fonts/a face.{mark(b'a font')}.woff2"
    assert found.files[STYLE].decode() == (
        f'@import "run.{mark(FILES[OTHER])}.css"; a {{ src: url("../fonts/a%20face.{mark(b"a font")}.woff2?v#x") }} '
        "b { background: url(data:,x) url(no.png) }"
    )
    assert found.names[STYLE] == f"assets/kit/css/kit.{mark(found.files[STYLE])}.css"


@pytest.mark.parametrize("changed", [FONT, OTHER])
def test_a_file_that_changes_gives_another_name_to_itself_and_to_what_asks_for_it(changed: str) -> None:
    before, after = named(FILES).names, named(FILES | {changed: FILES[changed] + b" "}).names
    assert {name for name in FILES if before[name] != after[name]} == {changed, STYLE}


def test_styles_that_ask_for_each_other_in_a_circle_are_told() -> None:
    with pytest.raises(ToolError, match=r"templates/assets/css/run\.css"):
        named(FILES | {OTHER: b"@import url(kit.css);"})


OWN = {
    "templates/assets/css/mine.css": "h1 { background: url('../images/dot.svg') }\n",
    "templates/assets/images/dot.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "templates/pages/exercises.md.j2": '# {{ title }}\n\n![]({{ to("assets/kit/images/dot.svg") }})\n\n{{ script("mine") }}\n',
    "templates/assets/js/mine.js": "kit(1);  // a remark\n",
}


@pytest.mark.slow
def test_styles_scripts_and_images_of_the_kits_own_get_such_names_too(copied: CopyKit) -> None:
    kit = copied(KITS / "minimal")
    config, settings = ((kit / name).read_text(encoding="utf-8") for name in ("mkdocs.yml", "content/kit.yml"))
    config += "extra_css: [assets/kit/css/mine.css]\n"
    write_files(kit, {**OWN, "mkdocs.yml": config, "content/kit.yml": settings + "booklets: false\n"})
    done = run_generator("build", cwd=kit)
    assert done.returncode == 0, done.stdout + done.stderr
    folder = kit / "site" / "exercises" / "stop-list"
    page = (folder / "index.html").read_text(encoding="utf-8")
    asked = re.findall(r'(?:href|src)="([^"]*assets/kit/[^"]*)"', page)
    assert {"mine.css", "mine.js", "dot.svg", "kit.css", "kit.js"} <= {
        re.sub(r"\.[0-9a-f]{8}(?=\.\w+$)", "", Path(address).name) for address in asked
    }
    for address in asked:
        assert re.search(r"\.[0-9a-f]{8}\.\w+$", address), address
        assert (folder / address).is_file(), address
    (style,) = (kit / "site" / "assets" / "kit" / "css").glob("mine.*.css")
    (image,) = (kit / "site" / "assets" / "kit" / "images").iterdir()
    assert f"../images/{image.name}" in style.read_text(encoding="utf-8")


@pytest.mark.slow
def test_another_colour_in_another_build_changes_one_name_alone(full_site: Path, tmp_path: Path) -> None:
    kit = copy_kit(KITS / "full", tmp_path / "kit")
    settings = (kit / "content" / "kit.yml").read_text(encoding="utf-8")
    assert "#1A4A7A" in settings
    write_files(
        kit, {"content/kit.yml": settings.replace("#1A4A7A", "#123456").replace("booklets: true", "booklets: false")}
    )
    done = run_generator("build", cwd=kit)
    assert done.returncode == 0, done.stdout + done.stderr
    before, after = (
        {path.relative_to(site).as_posix() for path in (site / "assets" / "kit").rglob("*.*")}
        for site in (full_site, kit / "site")
    )
    assert sorted(name.split(".")[0] for name in before ^ after) == ["assets/kit/css/colours"] * 2
