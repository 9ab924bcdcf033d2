"""Links among the plans: those that lead out of the repository give nothing away."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Jtai = Callable[..., CompletedProcess[str]]
Git = Callable[..., str]

FOREIGN = "id: s3cret\nroot:x:0:0: [s3cret\n"
PLAN = "plans/our-plan.yaml"


@pytest.fixture
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in no repository, with a file that nobody is to see."""
    folder = tmp_path_factory.mktemp("outside")
    (folder / "secret.yaml").write_text(FOREIGN, encoding="utf-8")
    return folder


def to_the_file(root: Path, outside: Path) -> None:
    (root / "plans" / "z.yaml").symlink_to(outside / "secret.yaml")


def by_another_link(root: Path, outside: Path) -> None:
    (root / "z").symlink_to(outside / "secret.yaml")
    (root / "plans" / "z.yaml").symlink_to("../z")


def to_the_folder(root: Path, outside: Path) -> None:
    (root / "plans").rename(root / "old")
    (root / "plans").symlink_to(outside)


def to_the_folder_of_another_repository(root: Path, outside: Path) -> None:
    to_the_folder(root, outside)
    (outside / ".git").mkdir()


def of_the_policy(root: Path, outside: Path) -> None:
    (root / "jtai.yaml").symlink_to(outside / "secret.yaml")


def both(root: Path, outside: Path) -> None:
    to_the_folder(root, outside)
    (root / "jtai.yaml").symlink_to(outside / "secret.yaml")


LINKS = [
    *(to_the_file, by_another_link, to_the_folder, to_the_folder_of_another_repository),
    *(of_the_policy, both),
]


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_a_link_that_leads_out_of_the_repository_shows_nothing_of_where_it_leads(
    link: Callable[[Path, Path], None], form: str, repository: Path, outside: Path, jtai: Jtai
) -> None:
    link(repository, outside)
    done = jtai("validate", "--format", form, cwd=repository)
    assert done.returncode == 1
    assert "behind a link that leads out of the repository" in done.stdout
    for command in ("validate", "check", "status"):
        done = jtai(command, cwd=repository)
        assert done.returncode == (1 if command == "validate" else 2)
        assert "s3cret" not in done.stdout + done.stderr


def test_it_is_said_as_of_links_in_git(repository: Path, outside: Path, jtai: Jtai) -> None:
    to_the_file(repository, outside)
    assert jtai("validate", "plans/z.yaml", cwd=repository).stdout == (
        "plans/z.yaml:1:1: error: this file can't be read: it is behind a link that leads out of "
        "the repository [unreadable-file]\n"
        "  put what it leads to there itself\n"
        "\n"
        "1 error in 1 plan\n"
    )


def test_links_within_a_repository_are_followed(
    repository: Path, outside: Path, jtai: Jtai
) -> None:
    (repository / PLAN).rename(repository / "x")
    (repository / PLAN).symlink_to("../x")
    assert jtai("status", cwd=repository).returncode == 0
    (repository / "plans").rename(repository / "deeper")
    (repository / "plans").symlink_to("deeper")
    (repository / "deeper" / "our-plan.yaml").unlink()
    (repository / "deeper" / "our-plan.yaml").symlink_to(repository / "x")
    assert jtai("status", cwd=repository).returncode == 0
    (outside / "linked").symlink_to(repository)
    assert jtai("status", outside / "linked" / PLAN, cwd=outside).returncode == 0
    (outside / "link.yaml").symlink_to(repository / PLAN)
    assert jtai("status", "link.yaml", cwd=outside).returncode == 0


def test_outside_of_a_repository_links_lead_anywhere(
    small: Path, outside: Path, jtai: Jtai
) -> None:
    (small / PLAN).rename(outside / "x.yaml")
    (small / PLAN).symlink_to(outside / "x.yaml")
    assert jtai("status", cwd=small).returncode == 0
