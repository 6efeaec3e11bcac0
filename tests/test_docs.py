"""The documents are true: the picture of the architecture, every link, every file and module that is named."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "embeddings", "corpus")
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "docs/**/*.md", "embeddings/**/*.md", "tests/**/README.md")
    for path in ROOT.glob(pattern)
    if path.name != "CHANGELOG.md"  # speaks of what was, too
)
LONGEST_README = 80
"""Lines; whatever takes more has a page of its own in docs/."""

Layers = list[set[str]]


def test_the_picture_of_the_architecture_is_that_of_the_imports() -> None:
    # Where this fails, a module came, went or moved: docs/architecture.md and [tool.importlinter] are changed together.
    assert pictured() == declared()


@pytest.mark.parametrize("room", ROOMS)
def test_the_picture_shows_every_module_there_is(room: str) -> None:
    modules = {
        path.stem
        for path in (ROOT / room).iterdir()
        if not path.stem.startswith("__") and (path.suffix == ".py" or {*path.rglob("*.py")} - {path / "__init__.py"})
    }
    assert set().union(*pictured()[room]) == modules


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", text_of(page))
    inside = [target.partition("#") for target in targets if "://" not in target]
    missing = [
        target + mark + anchor
        for target, mark, anchor in inside
        if not (found := (ROOT / page).parent / target if target else ROOT / page).exists()
        or (anchor and anchor not in anchors(found.read_text("utf-8")))
    ]
    assert not missing


@pytest.mark.parametrize("page", PAGES)
def test_files_and_modules_that_are_named_are_there(page: str) -> None:
    text = text_of(page)
    paths = re.findall(r"(?<![\w/.-])((?:bot|corpus|embeddings|tests|docs|scripts)/[\w./*-]*[\w*/])", text)
    missing = {path for path in paths if not any(ROOT.glob(path))}
    modules = re.findall(r"(?<![\w/.])((?:bot|corpus|embeddings|tests)(?:\.[a-z_]\w*)+)(?!\.?\w)", text)
    missing |= {name for name in modules if not is_module(name) and name != "corpus.jsonl"}
    assert not missing


def test_the_readme_is_no_longer_than_a_person_reads() -> None:
    assert len(text_of("README.md").splitlines()) <= LONGEST_README


def test_every_page_is_reached_from_the_readme() -> None:
    reached, waiting = set(), ["README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        for target in re.findall(r"\]\(([^)#\s:]+)", text_of(page)):
            path = ((ROOT / page).parent / target).resolve()
            pages = path.glob("*.md") if path.is_dir() else [path] if path.suffix == ".md" else []
            waiting += [found.relative_to(ROOT).as_posix() for found in pages]
    assert {page for page in PAGES if page.startswith("docs/")} <= reached


def pictured() -> dict[str, Layers]:
    """The layers of the three rooms as docs/architecture.md draws them, the highest first."""
    picture = re.search(r"```\n(bot .*?)```", text_of("docs/architecture.md"), re.DOTALL)
    assert picture
    rooms: dict[str, Layers] = {}
    for line in filter(None, picture[1].splitlines()):
        names = re.split(r"\s{2,}", line.strip())[0]
        if line.startswith(" "):
            rooms[next(reversed(rooms))].append(set(names.split(" | ")))
        else:
            rooms[names] = []
    return rooms


def declared() -> dict[str, Layers]:
    """The layers of the three rooms as import-linter holds the code to them."""
    contracts = tomllib.loads(text_of("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    layers = {
        tuple(contract.get("containers", ())): contract["layers"] for contract in contracts if "layers" in contract
    }
    assert tuple(layers[()]) == ROOMS
    return {room: [set(layer.split(" | ")) for layer in layers[room,]] for room in ROOMS}


def is_module(name: str) -> bool:
    """Whether a dotted name is that of a module, a package, or of something in a module."""
    parts = name.split(".")
    paths = [ROOT.joinpath(*parts[:count]) for count in range(2, len(parts) + 1)]
    return paths[-1].is_dir() or any(path.with_suffix(".py").exists() for path in paths)


def anchors(text: str) -> set[str]:
    """The anchors that GitHub makes of a page's headings."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def text_of(page: str) -> str:
    return (ROOT / page).read_text("utf-8")
