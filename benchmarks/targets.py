"""What is compared with what, and the bound that is to be reached."""

from __future__ import annotations

from typing import Literal, NamedTuple

CLICK = "minimal click program"
CLICK_HELP = "help of the minimal click program"
PYTHON = "python -I -c pass"
ONE_PLAN = "validate, one plan"
EVENTS = "libyaml's own events"
# how near to level counts as level: medians of the same command differ by this much
LEVEL = 1.05

Unit = Literal["wall", "cpu", "peak"]


class Target(NamedTuple):
    """`what` costs at most `bound` times `against`, or at least that much for a peer."""

    what: str
    against: str
    bound: float
    unit: Unit = "wall"
    at_least: bool = False
    required: bool = True


SMALL = (
    Target("jtai --version", PYTHON, 1.3),
    Target("jtai --help", CLICK_HELP, 1.15),
    Target("jtai explain RULE", CLICK, 1.3),
    Target(ONE_PLAN, CLICK, 3.4),
    Target("status, one plan, piped", CLICK, 3.5),
    Target("status, one plan, on a terminal", CLICK, 4.2),
    Target("validate, 100 KB of [", ONE_PLAN, 1.3),
    Target("validate, billion laughs", ONE_PLAN, 1.3),
)
CHANGED_PLAN = "validate, one changed plan"
GIT = "one git process"
AGAINST = "validate --against HEAD, one changed plan"
STAGED = "validate --staged, one changed plan"
# how many times each of them may run git, and what comparing may cost besides
GIT_CALLS = {AGAINST: 3, STAGED: 3}
COMPARING = 1.3


def allowed_for(edit: str) -> str:
    """The name of what an edit may cost: a good part of plain validation, and git's own time."""
    return f"{COMPARING} x plain, and git {GIT_CALLS[edit]} times, for {edit.partition(',')[0]}"


HOOK = tuple(Target(edit, allowed_for(edit), 1) for edit in GIT_CALLS)
LOADER = Target("loader", EVENTS, 4.6, "cpu")
NOT_IMPORTED = {
    "jtai --version": ("pydantic", "yaml", "rich"),
    "jtai explain RULE": ("pydantic", "yaml", "rich"),
    ONE_PLAN: ("rich",),
}


def validate_many(count: int) -> str:
    """The name of the case that validates many plans."""
    return f"validate, {count:,} plans"


def check_many(count: int, *, breached: bool = False) -> str:
    """The name of the case that judges many plans by the default policy."""
    return f"check, {count:,} plans, {'8 breaches in each' if breached else 'no breach'}"


def events_of(count: int) -> str:
    """The name of the case that reads many plans with libyaml alone."""
    return f"{EVENTS}, {count:,} plans"


def events_per_plan(count: int) -> str:
    """The name of what libyaml alone takes for one of many plans."""
    return f"{EVENTS}, one of {count:,}"


def further_plan(count: int) -> str:
    """The name of what each plan after the first costs."""
    return f"each further plan of {count:,}"


def peer_on(name: str, count: int) -> str:
    """The name of the case in which a peer checks many plans."""
    return f"{name}, {count:,} plans"


def many_targets(count: int) -> tuple[Target, ...]:
    """What is to be reached on a set of many plans."""
    ours = validate_many(count)
    bounds = {"check-jsonschema": 25, "yamllint": 35, "yamale": 3}
    if count >= 1000:
        bounds = {"check-jsonschema": 30, "yamllint": 40, "yamale": 3}
    targets = [Target(further_plan(count), events_per_plan(count), 6, "cpu")]
    targets += [
        Target(peer_on(name, count), ours, bound, "cpu", at_least=True, required=False)
        for name, bound in bounds.items()
    ]
    if count >= 1000:
        targets += [
            Target(check_many(count, breached=breached), ours, 1.2, "cpu")
            for breached in (False, True)
        ]
        targets.append(Target(ours, ONE_PLAN, 1.15, "peak"))
        targets.append(Target(ours, peer_on("ajv-cli", count), LEVEL, required=False))
    return tuple(targets)


LOOKING_BACK = 1.15
MORE_COMMITS = 8
GIT_CALLS_AT = 3


def by_hand(past: str) -> str:
    """The name of git's log and git's blobs, read from two pipes by a bare program."""
    return f"git log and cat-file by hand, {past}"


def git_part(past: str) -> str:
    """The name of the same, read by jtai's own module."""
    return f"git's part, {past}"


def events_of_versions(past: str) -> str:
    """The name of the case that reads every version with libyaml alone."""
    return f"{EVENTS}, every version, {past}"


def first_run(past: str) -> str:
    """The name of `trend` that knows nothing yet."""
    return f"trend, first run, {past}"


def reading(past: str) -> str:
    """The name of what reading every version costs, git's part in it."""
    return f"trend, first run less second, {past}"


def second_run(past: str) -> str:
    """The name of `trend` with a cache."""
    return f"trend, second run, {past}"


def status_of(past: str) -> str:
    """The name of `status` on disk, in a repository with a history."""
    return f"status, {past}"


def status_at(past: str) -> str:
    """The name of `status` of the last commit."""
    return f"status --at HEAD, {past}"


def allowed_at(past: str) -> str:
    """The name of what the status of a commit may cost."""
    return f"{LOOKING_BACK} x status, and git {GIT_CALLS_AT} times, {past}"


def memory_target(fewer: str, more: str) -> Target:
    """What many more commits of the same texts may cost; the names are of the histories."""
    return Target(first_run(more), first_run(fewer), 1.15, "peak")


def past_targets(past: str) -> tuple[Target, ...]:
    """What is to be reached on plans with a history."""
    return (
        Target(git_part(past), by_hand(past), 1.3),
        Target(first_run(past), events_of_versions(past), 0.7, "cpu"),
        Target(reading(past), events_of_versions(past), 0.7, "cpu"),
        Target(second_run(past), status_of(past), 1.5),
        Target(status_at(past), allowed_at(past), 1),
    )
