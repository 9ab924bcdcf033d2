"""The import table of the design, held against the code: every module knows only those below it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "jtai_cli"
MODULES = sorted(PACKAGE.rglob("*.py"))

MAY_IMPORT = {
    "cli": {"cli", "report", "facts", "plan", "files", "git"},
    "report": {"report", "facts", "plan"},
    "facts": {"facts", "plan"},
    "plan": {"plan"},
    "files": {"files"},
    "git": {"git"},
    "__init__": set(),
}
CLOCK = {"now", "today", "utcnow", "time", "time_ns", "localtime", "gmtime"}

every_module = pytest.mark.parametrize(
    "module", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix()
)
below_the_command_line = pytest.mark.parametrize(
    "module",
    [path for path in MODULES if "cli" not in path.parts and path.name != "__main__.py"],
    ids=lambda path: path.relative_to(PACKAGE).as_posix(),
)


def layer_of(name: str) -> str:
    """The layer of a module of ours, by its dotted name within the package."""
    first = name.partition(".")[0] or "__init__"
    return "cli" if first == "__main__" else first


def imported(module: Path) -> Iterator[tuple[str, int]]:
    """What a module imports, wherever it does so, with the line."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.module == "jtai_cli":
                yield from ((_from_package(alias.name), node.lineno) for alias in node.names)
            else:
                yield node.module or "", node.lineno
        elif isinstance(node, ast.Call) and _called(node) == "import_module":
            yield _text(node.args[0]), node.lineno


def _from_package(name: str) -> str:
    module = (PACKAGE / f"{name}.py").exists() or (PACKAGE / name).is_dir()
    return f"jtai_cli.{name}" if module else "jtai_cli"


def _text(node: ast.expr) -> str:
    """The constant beginning of a text."""
    if isinstance(node, ast.JoinedStr):
        node = node.values[0]
    assert isinstance(node, ast.Constant)
    return str(node.value)


def _called(node: ast.Call) -> str:
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


@every_module
def test_imports_go_down_only(module: Path) -> None:
    layer = layer_of(module.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", "."))
    allowed = MAY_IMPORT[layer] | {"__init__"}
    wrong = [
        f"line {line}: {name}"
        for name, line in imported(module)
        if name.partition(".")[0] == "jtai_cli"
        and layer_of(name.removeprefix("jtai_cli").removeprefix(".")) not in allowed
    ]
    assert not wrong


@below_the_command_line
def test_only_the_command_line_knows_click(module: Path) -> None:
    assert "click" not in {name.partition(".")[0] for name, _ in imported(module)}


@below_the_command_line
def test_only_the_command_line_prints_exits_or_reads_the_clock(module: Path) -> None:
    wrong = []
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = _called(node)
            if isinstance(node.func, ast.Name):
                if called in ("print", "exit", "quit", "input"):
                    wrong.append(f"line {node.lineno}: {called}()")
            elif called in CLOCK | {"_exit"}:
                wrong.append(f"line {node.lineno}: .{called}()")
        elif isinstance(node, ast.Attribute):
            if isinstance(node.value, ast.Name):
                name = f"{node.value.id}.{node.attr}"
                if name in ("sys.exit", "sys.stdout", "sys.stderr", "os.environ", "os.getenv"):
                    wrong.append(f"line {node.lineno}: {name}")
        elif isinstance(node, ast.Raise) and "SystemExit" in ast.unparse(node):
            wrong.append(f"line {node.lineno}: raise SystemExit")
    assert not wrong


@below_the_command_line
def test_only_the_command_line_imports_what_reads_the_clock(module: Path) -> None:
    assert "time" not in {name for name, _ in imported(module)}


@every_module
def test_a_module_is_named_after_what_it_does(module: Path) -> None:
    assert not {"utils", "common", "helpers"} & set(module.with_suffix("").parts)


@every_module
def test_a_file_of_more_than_400_lines_should_be_two(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 400


def test_a_layer_that_is_not_in_the_table_is_refused() -> None:
    layers = {
        layer_of(path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", "."))
        for path in MODULES
    }
    assert layers <= set(MAY_IMPORT)
