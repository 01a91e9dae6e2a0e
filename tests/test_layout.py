"""The house rules of the code: who may import whom, and how large a file may grow. A rule that is only written down is broken
within a month; this one is run."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ALLOWED = {
    "engine": {"engine", "numpy", "sympy"},
    "view": {"view", "engine", "numpy", "sympy", "streamlit", "plotly", "starlette"},
    "pages": {"view", "engine", "streamlit"},
    "app.py": {"view", "streamlit", "starlette"},
}
STANDARD = set(__import__("sys").stdlib_module_names)
FILES = [*ROOT.glob("engine/**/*.py"), *ROOT.glob("view/**/*.py"), *ROOT.glob("pages/*.py"), ROOT / "app.py"]
SCRIPTS = [*ROOT.glob("view/components/*.js")]


def imported(path: Path) -> set[str]:
    """The top-level packages a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module.split(".")[0])
    return found - STANDARD


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_go_one_way(path):
    """engine ← view ← pages ← app: nothing imports what is built on top of it."""
    assert imported(path) <= ALLOWED[path.relative_to(ROOT).parts[0]]


@pytest.mark.parametrize("path", [*FILES, *SCRIPTS], ids=lambda p: str(p.relative_to(ROOT)))
def test_files_stay_readable(path):
    """A file opens by saying what it is about, and fits in one reading."""
    text = path.read_text(encoding="utf-8")
    assert text.startswith(('"""', "//"))
    assert len(text.splitlines()) <= 300


def test_nothing_a_reader_types_is_run():
    """No eval, exec or SymPy parser anywhere near user input."""
    for path in FILES:
        names = {n.id for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Name)}
        assert not names & {"eval", "exec", "parse_expr"}, path


def test_requirements_are_four():
    """At run time: streamlit, numpy, plotly, sympy, and nothing else."""
    lines = (ROOT / "requirements.txt").read_text().split()
    assert {line.split(">")[0] for line in lines} == {"streamlit", "numpy", "plotly", "sympy"}
