"""Do the rooms keep to their floors, the files to their size, the verbs to their form?"""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "toolkit").rglob("*.py"))
NAMES = [path.relative_to(ROOT).as_posix() for path in FILES]

GROUND = {"_check", "places", "style"}
FIRST = {"load", "clean", "lexicon", "words", "plot", "simulate"}
SECOND = {
    "search",
    "formulations",
    "compare",
    "trend",
    "adopt",
    "reuse",
    "scale",
    "meaning",
    "topics",
    "robust",
}
FACE = {"figures", "widgets", "cluster", "__main__"}
MAY_IMPORT = {
    **{room: set() for room in GROUND | {"__init__"}},
    "_check": set(),
    "places": {"_check"},
    "style": {"_check"},
    **{room: GROUND for room in FIRST},
    "load": GROUND | {"clean"},
    "words": GROUND | {"clean", "lexicon"},
    **{room: GROUND | {"clean", "lexicon", "words"} for room in SECOND},
    **{room: GROUND | FIRST | SECOND for room in FACE},
}


def room_of(path):
    return path.relative_to(ROOT / "toolkit").parts[0].removesuffix(".py")


def imported_rooms(path):
    """The rooms of ours that a file names in its imports, wherever in the file they stand."""
    for node in ast.walk(ast.parse(path.read_text("utf8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (name.split(".")[1] for name in names if name.startswith("toolkit."))


def public_functions(path):
    if path.name.startswith("_") and path.name != "__init__.py":
        return []
    tree = ast.parse(path.read_text("utf8"))
    return [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_imports_stay_on_their_floor(path):
    room = room_of(path)
    assert room in MAY_IMPORT, f"{room} has no floor; give it one in DESIGN and here"
    assert set(imported_rooms(path)) <= MAY_IMPORT[room] | {room}


def test_an_import_that_climbs_is_seen(tmp_path):
    climbing = tmp_path / "clean.py"
    climbing.write_text("def f():\n    from toolkit import compare\n", "utf8")
    assert set(imported_rooms(climbing)) == {"compare"}
    assert not set(imported_rooms(climbing)) <= MAY_IMPORT["clean"]


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_no_relative_imports(path):
    for node in ast.walk(ast.parse(path.read_text("utf8"))):
        assert not (isinstance(node, ast.ImportFrom) and node.level), (
            "write toolkit.room, so that the floor is seen"
        )


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_files_and_functions_fit_a_reader(path):
    text = path.read_text("utf8")
    assert len(text.splitlines()) <= 350
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            doc = ast.get_docstring(node, clean=False) or ""
            body = node.end_lineno - node.body[0].lineno + 1 - len(doc.splitlines())
            assert body <= 60, f"{node.name} is longer than a screen"


def code_lines(path):
    """Lines that are neither blank, comment nor docstring."""
    text = path.read_text("utf8")
    told = set()
    for node in ast.walk(ast.parse(text)):
        if (
            isinstance(node, ast.Module | ast.FunctionDef)
            and ast.get_docstring(node, clean=False) is not None
        ):
            told |= set(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    lines = enumerate(text.splitlines(), 1)
    return sum(
        at not in told and line.strip() != "" and not line.strip().startswith("#") for at, line in lines
    )


def test_the_library_stays_thin():
    assert sum(map(code_lines, FILES)) <= 8000  # CHANGELOG says why not 4,500


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_verbs_not_classes(path):
    classes = [
        node.name for node in ast.walk(ast.parse(path.read_text("utf8"))) if isinstance(node, ast.ClassDef)
    ]
    assert not classes, "a function over a frame does"


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_public_verbs_have_one_form(path):
    for node in public_functions(path):
        given = node.args.posonlyargs + node.args.args
        assert len(given) <= 1, f"{node.name}: all but the first argument are keyword-only"
        assert len(given + node.args.kwonlyargs) <= 6, f"{node.name}: at most six parameters"
        assert ast.get_docstring(node), f"{node.name} has no docstring"


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_public_verbs_show_an_example(path):
    room = room_of(path)
    for node in public_functions(path):
        doc = ast.get_docstring(node) or ""
        if not room.startswith("_") and node.name != "main":
            assert ">>>" in doc, f"{room}.{node.name} has no doctest"


def test_every_room_asks_a_question():
    for path in FILES:
        if path.parent == ROOT / "toolkit" and not path.name.startswith("_"):
            first = (ast.get_docstring(ast.parse(path.read_text("utf8"))) or "").split("\n\n")[0]
            assert "?" in first, f"{path.name}: its docstring is the question that the room answers"


def test_import_costs_nothing():
    probe = (
        "import sys, time; t = time.perf_counter(); import toolkit; s = time.perf_counter() - t;"
        "heavy = {'pandas', 'numpy', 'matplotlib', 'jieba'} & set(sys.modules); print(s, sorted(heavy))"
    )
    out = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    seconds, heavy = out.split(maxsplit=1)
    assert float(seconds) < 0.3
    assert heavy.strip() == "[]"


def test_rooms_that_the_package_names_exist():
    import toolkit

    for room in toolkit.ROOMS:
        assert getattr(toolkit, room).__doc__


def test_environment_and_pyproject_agree():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]
    conda = yaml.safe_load((ROOT / "environment.yml").read_text("utf8"))
    plain = [item for item in conda["dependencies"] if isinstance(item, str)]
    pip = next(item["pip"] for item in conda["dependencies"] if isinstance(item, dict))
    assert [item for item in plain if item.startswith("python ")] == [f"python {project['requires-python']}"]
    assert pip == ["-e .[test]"], "packages stand in pyproject.toml alone"
    every = project["dependencies"] + project["optional-dependencies"]["test"]
    names = [item.split("~")[0].split("=")[0].lower() for item in every]
    assert len(names) == len(set(names)), "listed twice"
    assert not set(names) & {item.split()[0] for item in plain}, "listed twice"


def test_every_dependency_is_used():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]
    module = {
        "charset-normalizer": "charset_normalizer", "pyahocorasick": "ahocorasick", "PyYAML": "yaml",
        "pylopdf-fonts-zh-cn": "pylopdf_fonts_zh_cn",
    }  # fmt: skip
    by_other_means = {"jupyterlab", "lxml-html-clean", "openpyxl", "pyarrow"}  # called by others
    text = "\n".join(path.read_text("utf8") for path in FILES)
    for item in project["dependencies"]:
        name = item.split("~")[0].split("=")[0]
        assert name in by_other_means or module.get(name, name) in text, f"{name} is installed for nothing"
