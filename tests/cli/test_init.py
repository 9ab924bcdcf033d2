"""What `jtai init` makes, and that it leaves alone whatever is there."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from ruamel.yaml import YAML

from jtai_cli import __version__, files
from jtai_cli.cli import init
from jtai_cli.plan.config import CONDITION_NAMES
from jtai_cli.plan.schema import schema_texts

Jtai = Callable[..., CompletedProcess[str]]

SHARED = (
    *("plans/our-plan.yaml", "jtai.yaml", *(f"schemas/{name}" for name in schema_texts())),
    *(".pre-commit-config.yaml", ".vscode/settings.json", ".vscode/extensions.json"),
)
GITHUB, GITLAB = ".github/workflows/plans.yml", ".gitlab-ci.yml"
MADE = {"github": {*SHARED, GITHUB}, "gitlab": {*SHARED, GITLAB}}
# a field or an item of a list behind a #, where sentences begin with a capital letter
BEHIND_A_MARK = re.compile(r"^( *)# ((?:- )?[a-z_]+:.*|- .*|  .*)$", re.MULTILINE)

every_service = pytest.mark.parametrize("service", MADE)
every_file = pytest.mark.parametrize("name", sorted(MADE["github"]))


def contents(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def parsed(path: Path) -> Any:
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


def repository(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    return folder


def section(said: str, heading: str) -> list[str]:
    """The first word of each line below a heading."""
    _, found, rest = said.partition(f"{heading}\n")
    lines = rest.partition("\n\n")[0].splitlines() if found else []
    return [line.split()[0] for line in lines if re.match(r"  \S", line)]


# what is made


@every_service
def test_everything_is_made_and_said(service: str, tmp_path: Path, jtai: Jtai) -> None:
    done = jtai("init", "--ci", service, cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert set(contents(tmp_path)) == MADE[service]
    assert set(section(done.stdout, "Made")) == MADE[service]
    assert "left as it was" not in done.stdout


def test_what_is_made_is_sound_and_breaches_nothing(tmp_path: Path, jtai: Jtai) -> None:
    repository(tmp_path)
    jtai("init", cwd=tmp_path)

    assert jtai("validate", "--strict", cwd=tmp_path).stdout == "1 plan, no problem found\n"
    assert jtai("validate", "--strict", "jtai.yaml", cwd=tmp_path).returncode == 0
    assert jtai("validate", "--strict", "--staged", cwd=tmp_path).returncode == 0
    assert jtai("check", "--strict", cwd=tmp_path).returncode == 0
    assert jtai("schema", "--check", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("name", ["plans/our-plan.yaml", "jtai.yaml"])
def test_every_field_behind_a_mark_is_sound_when_it_is_used(
    name: str, tmp_path: Path, jtai: Jtai
) -> None:
    jtai("init", cwd=tmp_path)
    path = tmp_path / name
    text = path.read_text(encoding="utf-8")
    used = BEHIND_A_MARK.sub(r"\1\2", text)
    assert len(parsed(path)) < len(YAML(typ="safe", pure=True).load(used))
    path.write_text(used, encoding="utf-8")

    done = jtai("validate", "--strict", name, cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert "no problem found" in done.stdout


def test_the_policy_names_every_condition(tmp_path: Path, jtai: Jtai) -> None:
    jtai("init", cwd=tmp_path)
    path = tmp_path / "jtai.yaml"
    assert parsed(path)["fail_on"] == ["overdue-red"]

    path.write_text(BEHIND_A_MARK.sub(r"\1\2", path.read_text(encoding="utf-8")), encoding="utf-8")

    assert parsed(path)["fail_on"] == list(CONDITION_NAMES)


@pytest.mark.parametrize(
    ("as_of", "due"),
    [
        ("2025-08-07", "2025-11-30"),
        ("2025-10-31", "2026-01-31"),
        ("2025-11-30", "2026-02-28"),
        ("2027-11-15", "2028-02-29"),
        ("2000-01-01", "2000-04-30"),
        ("2097-12-31", "2098-03-31"),
    ],
)
def test_the_first_action_is_due_at_the_end_of_the_third_month(
    as_of: str, due: str, tmp_path: Path, jtai: Jtai
) -> None:
    jtai("init", "--as-of", as_of, cwd=tmp_path)

    (objective,) = parsed(tmp_path / "plans/our-plan.yaml")["objectives"]
    (action,) = objective["actions"]
    assert str(action["due"]) == due
    assert str(action["updates"][0]["on"]) == as_of
    assert jtai("validate", "--strict", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("as_of", ["1999-12-31", "2098-01-01"])
def test_a_day_that_no_plan_has_is_refused(as_of: str, tmp_path: Path, jtai: Jtai) -> None:
    done = jtai("init", "--as-of", as_of, cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert "between 2000 and 2100" in done.stderr
    assert not contents(tmp_path)


def test_the_same_day_gives_the_same_bytes(tmp_path: Path, jtai: Jtai) -> None:
    folders = [tmp_path / "one", tmp_path / "the other"]
    for folder in folders:
        folder.mkdir()
        jtai("init", cwd=folder, env={"PYTHONHASHSEED": str(folders.index(folder))})

    assert contents(folders[0]) == contents(folders[1])
    assert not any(b"\r" in content for content in contents(folders[0]).values())


@every_service
def test_no_word_is_left_to_be_replaced(service: str, tmp_path: Path, jtai: Jtai) -> None:
    jtai("init", "--ci", service, cwd=tmp_path)

    for name, content in contents(tmp_path).items():
        if not name.startswith("schemas/"):
            assert not re.search(rb"@[A-Z]+@", content), name


def test_editors_are_led_to_schemas_that_are_there(tmp_path: Path, jtai: Jtai) -> None:
    jtai("init", cwd=tmp_path)

    for name in ("plans/our-plan.yaml", "jtai.yaml"):
        first = (tmp_path / name).read_text(encoding="utf-8").splitlines()[0]
        schema = first.removeprefix("# yaml-language-server: $schema=")
        assert ((tmp_path / name).parent / schema).is_file()
    settings = json.loads((tmp_path / ".vscode/settings.json").read_text(encoding="utf-8"))
    assert settings["yaml.schemas"] == {
        "./schemas/plan.schema.json": ["/plans/**/*.yaml", "/plans/**/*.yml"],
        "./schemas/config.schema.json": ["/jtai.yaml"],
    }
    assert all((tmp_path / schema).is_file() for schema in settings["yaml.schemas"])
    extensions = json.loads((tmp_path / ".vscode/extensions.json").read_text(encoding="utf-8"))
    assert extensions == {"recommendations": ["redhat.vscode-yaml"]}


@pytest.mark.parametrize(
    ("service", "check"),
    [
        ("github", ["check-jsonschema", "--builtin-schema", "vendor.github-workflows", GITHUB]),
        ("gitlab", ["check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", GITLAB]),
        ("github", ["pre-commit", "validate-config", ".pre-commit-config.yaml"]),
    ],
    ids=["github", "gitlab", "pre-commit"],
)
def test_those_who_read_the_files_take_them(
    service: str, check: list[str], tmp_path: Path, jtai: Jtai
) -> None:
    jtai("init", "--ci", service, cwd=tmp_path)

    program = Path(sys.executable).with_name(check[0])
    done = subprocess.run(
        [program, *check[1:]], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_no_expression_stands_in_a_script(tmp_path: Path, jtai: Jtai) -> None:
    jtai("init", cwd=tmp_path)

    workflow = parsed(tmp_path / GITHUB)
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    assert not [step for step in steps if "${{" in step.get("run", "")]
    used = [step["uses"] for step in steps if "uses" in step]
    assert all(re.fullmatch(r"actions/[\w-]+@v\d+", each) for each in used)
    assert workflow["permissions"] == {"contents": "read"}
    assert workflow["jobs"]["changes"]["steps"][0]["with"] == {"fetch-depth": 0}
    assert set(workflow["on"]) == {"pull_request", "push", "schedule", "workflow_dispatch"}
    (schedule,) = workflow["on"]["schedule"]
    minute, _, *rest = schedule["cron"].split()
    assert int(minute) not in (0, 15, 30, 45)
    assert rest == ["*", "*", "*"]


# what is there already


@every_service
def test_a_second_time_nothing_changes(service: str, tmp_path: Path, jtai: Jtai) -> None:
    jtai("init", "--ci", service, cwd=tmp_path)
    before = contents(tmp_path)
    times = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}

    done = jtai("init", "--ci", service, "--as-of", "2026-01-01", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert contents(tmp_path) == before
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == times
    assert "Made" not in done.stdout
    left = section(done.stdout, "There already, and left as it was")
    assert set(left) == MADE[service] - {"plans/our-plan.yaml"} | {"plans"}
    assert "git commit" not in done.stdout


@every_file
def test_a_file_that_is_there_is_left(name: str, tmp_path: Path, jtai: Jtai) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"# mine\n")

    done = jtai("init", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert path.read_bytes() == b"# mine\n"
    assert set(contents(tmp_path)) == MADE["github"]
    left = section(done.stdout, "There already, and left as it was")
    assert left == ["plans" if name.startswith("plans/") else name]
    assert set(section(done.stdout, "Made")) == MADE["github"] - {name}


def test_no_example_is_put_among_plans(small: Path, jtai: Jtai) -> None:
    (small / "plans/our-plan.yaml").rename(small / "plans/another.yaml")

    done = jtai("init", cwd=small)

    assert [path.name for path in (small / "plans").iterdir()] == ["another.yaml"]
    assert section(done.stdout, "There already, and left as it was") == ["plans"]
    assert "Write your own plan" not in done.stdout


@pytest.mark.parametrize("name", sorted(MADE["github"] - {"plans/our-plan.yaml"}))
def test_a_folder_in_the_way_is_said(name: str, tmp_path: Path, jtai: Jtai) -> None:
    (tmp_path / name).mkdir(parents=True)

    done = jtai("init", cwd=tmp_path)

    said = f"can't make {name}: there is a folder of this name\n"
    assert (done.returncode, done.stderr) == (2, said)
    assert set(contents(tmp_path)) == MADE["github"] - {name}
    assert set(section(done.stdout, "Made")) == MADE["github"] - {name}


@every_file
def test_a_link_to_nothing_is_left_alone(name: str, tmp_path: Path, jtai: Jtai) -> None:
    path = tmp_path / "here" / name
    path.parent.mkdir(parents=True)
    path.symlink_to(tmp_path / "elsewhere")

    done = jtai("init", cwd=tmp_path / "here")

    if name.startswith("plans/"):
        # a plan that can't be read is one all the same
        assert done.returncode == 0
    else:
        why = "there is a link of this name, and it leads to no file"
        assert (done.returncode, done.stderr) == (2, f"can't make {name}: {why}\n")
    assert path.is_symlink()
    assert not (tmp_path / "elsewhere").exists()


def test_a_link_to_a_file_is_a_file_that_is_there(tmp_path: Path, jtai: Jtai) -> None:
    (tmp_path / "mine").write_bytes(b"# mine\n")
    (tmp_path / "jtai.yaml").symlink_to("mine")

    assert jtai("init", cwd=tmp_path).returncode == 0
    assert (tmp_path / "mine").read_bytes() == b"# mine\n"


@pytest.mark.parametrize("folder", ["plans", "schemas", ".github", ".vscode"])
def test_nothing_is_written_through_a_linked_folder(
    folder: str, tmp_path: Path, jtai: Jtai
) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "here" / folder).symlink_to(tmp_path / "elsewhere")

    done = jtai("init", cwd=tmp_path / "here")

    assert done.returncode == 2
    assert f": {folder} is a link\n" in done.stderr
    assert not list((tmp_path / "elsewhere").iterdir())


@pytest.mark.parametrize("name", ["plans/our-plan.yaml", GITHUB])
def test_a_file_where_a_folder_should_be_is_said(name: str, tmp_path: Path, jtai: Jtai) -> None:
    folder = name.partition("/")[0]
    (tmp_path / folder).touch()

    done = jtai("init", cwd=tmp_path)

    said = f"can't make {name}: {folder} is not a folder\n"
    assert (done.returncode, done.stderr) == (2, said)
    assert set(contents(tmp_path)) == MADE["github"] - {name} | {folder}


# where it is made


def test_it_is_made_at_the_root_of_the_repository(tmp_path: Path, jtai: Jtai) -> None:
    root = repository(tmp_path / "our plans")
    below = root / "some" / "folder"
    below.mkdir(parents=True)

    done = jtai("init", cwd=below)

    assert set(contents(root)) == MADE["github"]
    assert done.stdout.startswith(f"In {root}\n")
    assert f"     cd '{root}'\n" in done.stdout
    assert "git init" not in done.stdout


def test_without_a_repository_it_is_made_here(small: Path, jtai: Jtai) -> None:
    (small / "below").mkdir()

    done = jtai("init", cwd=small / "below")

    assert set(contents(small / "below")) == MADE["github"]
    assert "     git init\n" in done.stdout
    assert " cd " not in done.stdout


def test_a_linked_worktree_has_a_root_of_its_own(tmp_path: Path, jtai: Jtai) -> None:
    root = repository(tmp_path / "root")
    identity = ["-c", "user.name=A. Person", "-c", "user.email=a@example.org"]
    commit = ["git", *identity, "commit", "-q", "--allow-empty", "-m", "x"]
    subprocess.run(commit, cwd=root, check=True)
    subprocess.run(["git", "worktree", "add", "-q", "../other"], cwd=root, check=True)

    jtai("init", cwd=tmp_path / "other")

    assert set(contents(tmp_path / "other")) == MADE["github"]
    assert not contents(root)


@pytest.mark.parametrize(
    ("folder", "plan", "schema"),
    [
        ("our/plans", "our/plans/our-plan.yaml", "../../schemas"),
        ("our plans/", "our plans/our-plan.yaml", "../schemas"),
        ("council's (new)", "council's (new)/our-plan.yaml", "../schemas"),
        (".", "our-plan.yaml", "schemas"),
    ],
)
def test_the_policy_says_where_plans_belong(
    folder: str, plan: str, schema: str, tmp_path: Path, jtai: Jtai
) -> None:
    (tmp_path / "jtai.yaml").write_text(f"plans: {folder}\n", encoding="utf-8")

    done = jtai("init", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert set(contents(tmp_path)) == MADE["github"] - {"plans/our-plan.yaml"} | {plan}
    first = (tmp_path / plan).read_text(encoding="utf-8").splitlines()[0]
    assert first.endswith(f"$schema={schema}/plan.schema.json")
    assert jtai("validate", "--strict", cwd=tmp_path).returncode == 0


def test_a_faulty_policy_is_left_to_validate(tmp_path: Path, jtai: Jtai) -> None:
    (tmp_path / "jtai.yaml").write_text("plans: [\n", encoding="utf-8")

    done = jtai("init", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert set(contents(tmp_path)) == MADE["github"]


# which service


@pytest.mark.parametrize(
    ("there", "arguments", "service"),
    [
        (None, (), "github"),
        (".gitlab", (), "gitlab"),
        (".gitlab", ("--ci", "github"), "github"),
        (".github", (), "github"),
        (".github", ("--ci", "gitlab"), "gitlab"),
    ],
)
def test_the_service_is_the_one_that_is_used_already(
    there: str | None, arguments: tuple[str, ...], service: str, tmp_path: Path, jtai: Jtai
) -> None:
    if there:
        (tmp_path / there).mkdir()

    done = jtai("init", *arguments, cwd=tmp_path)

    assert set(contents(tmp_path)) == MADE[service]
    assert ("pipeline schedules" in " ".join(done.stdout.split()).lower()) == (service == "gitlab")


@pytest.mark.parametrize("name", [GITLAB, ".pre-commit-config.yaml"])
def test_a_file_that_lacks_jtai_is_said(name: str, tmp_path: Path, jtai: Jtai) -> None:
    (tmp_path / GITLAB).write_text("test: {script: [make, jtai]}\n", encoding="utf-8")
    (tmp_path / name).write_text("repos: []\n", encoding="utf-8")

    done = jtai("init", cwd=tmp_path)
    assert f"Put jtai into {name}" in done.stdout
    assert done.stdout.count("Put jtai into") == 1

    (tmp_path / name).write_text("# with jtai\nrepos: []\n", encoding="utf-8")
    assert "Put jtai into" not in jtai("init", cwd=tmp_path).stdout


# what is installed


@every_service
@pytest.mark.parametrize(
    "requirement",
    [
        f"jtai=={__version__}",
        "git+https://example.org/our tools/jtai.git@v1#egg=jtai",
        "jtai @ https://example.org/a%20b/jtai-1.0-py3-none-any.whl#sha256=0123",
        r"jtai @ file:///C:\wheels\jtai.whl",
        "jtai[all] > 1, != 1.2; # * & ! | {x} [y]: é",
        "git+ssh://git@example.org/jtai.git",
    ],
)
def test_the_requirement_stands_in_every_file_as_it_was_given(
    requirement: str, service: str, tmp_path: Path, jtai: Jtai
) -> None:
    done = jtai("init", "--ci", service, "--install", requirement, cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    hooks = parsed(tmp_path / ".pre-commit-config.yaml")["repos"][0]["hooks"]
    assert [hook["additional_dependencies"] for hook in hooks] == [[requirement]]
    if service == "github":
        assert parsed(tmp_path / GITHUB)["env"]["JTAI"] == requirement
    else:
        assert parsed(tmp_path / GITLAB)["variables"]["JTAI"] == requirement


def test_by_default_the_hooks_install_this_version(tmp_path: Path, jtai: Jtai) -> None:
    done = jtai("init", cwd=tmp_path)
    hooks = parsed(tmp_path / ".pre-commit-config.yaml")["repos"][0]["hooks"]
    assert hooks[0]["additional_dependencies"] == [f"jtai=={__version__}"]
    # the tests run from a folder of this machine
    assert "1. This jtai was installed from a folder or a file of this machine" in done.stdout


@pytest.mark.parametrize(
    ("noted", "wanted"),
    [
        (None, f"jtai=={__version__}"),
        ({"url": "file:///home/a/jtai", "dir_info": {}}, None),
        ({"url": "file:///home/a/jtai.whl", "archive_info": {}}, None),
        ({"url": "https://example.org/jtai.whl"}, "jtai @ https://example.org/jtai.whl"),
        ({"url": "https://a:b@example.org/jtai.whl"}, None),
        (
            {"url": "https://example.org/jtai", "vcs_info": {"vcs": "git", "commit_id": "abc"}},
            "jtai @ git+https://example.org/jtai@abc",
        ),
    ],
)
def test_what_is_installed_elsewhere_is_what_is_installed_here(
    noted: object, wanted: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Installed:
        def read_text(self, name: str) -> str | None:
            assert name == "direct_url.json"
            return None if noted is None else json.dumps(noted)

    monkeypatch.setattr("importlib.metadata.distribution", lambda name: Installed())
    assert init.installed_from() == wanted


@pytest.mark.parametrize(
    ("requirement", "why"),
    [
        ("", "it is empty"),
        ("  ", "it is empty"),
        ("jtai\nrun: evil", "line break"),
        ("jtai\x1b[2J", "can't be seen"),
        ("jtai\u202e", "can't be seen"),
        ("jtai'; evil", "' in it"),
        ('jtai"; evil', '" in it'),
        ("$(evil)", "$ in it"),
        ("`evil`", "` in it"),
        ("${{ github.token }}", "$ in it"),
        ("-r evil.txt", "an option"),
        ("--index-url=https://example.org", "an option"),
        ("git+https://me:secret@example.org/jtai.git", "a password"),
    ],
)
def test_a_requirement_that_means_something_else_is_refused(
    requirement: str, why: str, tmp_path: Path, jtai: Jtai
) -> None:
    done = jtai("init", "--install", requirement, cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert why in done.stderr
    assert "secret" not in done.stderr
    assert not contents(tmp_path)


# what is said


@every_service
@pytest.mark.parametrize("columns", [60, 80])
def test_what_is_said_fits_the_terminal(
    columns: int, service: str, tmp_path: Path, on_terminal: Jtai
) -> None:
    first = on_terminal("init", "--ci", service, columns=columns, cwd=tmp_path)
    second = on_terminal("init", "--ci", service, columns=columns, cwd=tmp_path)

    for done in (first, second):
        assert done.returncode == 0
        _, *lines = done.stdout.splitlines()
        long = [line for line in lines if len(line) > columns]
        # a command is never broken: it is there to be copied
        assert not [line for line in long if not line.startswith("     git add ")]
        assert not [line for line in lines if line != line.rstrip()]


def test_explanations_that_python_took_out_are_not_written(tmp_path: Path, jtai: Jtai) -> None:
    done = jtai("init", cwd=tmp_path, env={"PYTHONOPTIMIZE": "2"})

    assert (done.returncode, done.stdout) == (2, "")
    assert "python -OO" in done.stderr
    assert not contents(tmp_path)


# making one file


def test_a_file_is_made_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "file"
    assert files.create(path, b"x") is None
    assert path.read_bytes() == b"x"
    assert [each.name for each in path.parent.iterdir()] == ["file"]
    umask = os.umask(0)
    os.umask(umask)
    assert path.stat().st_mode & 0o777 == 0o666 & ~umask


def taken_by_a_file(path: Path) -> None:
    path.write_bytes(b"mine")


def taken_by_a_folder(path: Path) -> None:
    path.mkdir()


def taken_by_a_link(path: Path) -> None:
    path.symlink_to(path.with_name("elsewhere"))


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("take", [taken_by_a_file, taken_by_a_folder, taken_by_a_link])
def test_a_name_that_is_taken_is_left(
    *, take: Callable[[Path], None], links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", without_links)
    path = tmp_path / "file"
    take(path)
    before = sorted(tmp_path.iterdir())

    refused = files.create(path, b"x")

    assert refused is not None
    assert refused.reason == "the system says: file exists"
    assert sorted(tmp_path.iterdir()) == before
    assert not path.is_file() or path.read_bytes() == b"mine"


def without_links(_path: Path, _target: Path) -> None:
    raise PermissionError(1, "Operation not permitted")


def test_a_file_is_made_where_there_are_no_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "hardlink_to", without_links)
    path = tmp_path / "file"
    assert files.create(path, b"x") is None
    assert path.read_bytes() == b"x"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _mode: str) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "open", full)
    refused = files.create(tmp_path / "file", b"x")
    assert refused is not None
    assert "no space left" in refused.reason
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["a\0b", "x" * 300])
def test_a_name_that_no_system_takes_is_said(name: str, tmp_path: Path) -> None:
    assert files.create(tmp_path / name, b"x") is not None
    assert not list(tmp_path.iterdir())
