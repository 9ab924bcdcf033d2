"""What the gate's verdict is in words, decided once for every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtai_cli.plan.problem import visible
from jtai_cli.report.cells import in_words
from jtai_cli.report.totals import number_of

if TYPE_CHECKING:
    from jtai_cli.facts.verdict import Verdict, Waived
    from jtai_cli.report import Judged

_OVERDUE = "overdue"
_STANDINGS = {
    "on_track": ("on track", "overdue-on-track"),
    "at_risk": ("at risk", "overdue-amber"),
    "off_track": ("off track", "overdue-red"),
    "not_started": ("not started", "overdue-not-started"),
    "unrated": ("not rated", "overdue-unrated"),
}
"""What an overdue action's rating counts as: in words, and the condition for just those."""


def closing(judged: Judged, verdict: Verdict) -> list[str]:
    """The verdict, the conditions, and what the verdict leaves out; a sentence each."""
    sentences = [
        _headline(judged, verdict),
        f"Conditions in force: {', '.join(verdict.fail_on) or 'none'}.",
        _waived(verdict),
        _older(verdict),
        _overdue_all_the_same(verdict),
    ]
    return [sentence for sentence in sentences if sentence]


def closed(verdict: Verdict) -> list[str]:
    """The plans that the gate leaves alone; a sentence each."""
    return [
        f"{visible(one.plan)} is closed since {in_words(one.closed)} and not gated."
        for one in verdict.closed
    ]


def waived_breach(waived: Waived) -> str:
    """The breach, and why it is let pass; what to do about it is not asked for now."""
    return f"{waived.problem.message}; {waiver(waived)}"


def waiver(waived: Waived) -> str:
    """Until when a breach is let pass, why, and who agreed to that; on one line."""
    reason, agreed = (visible(" ".join(text.split())) for text in (waived.reason, waived.agreed))
    return f"waived until {waived.until.isoformat()}: {reason} (agreed: {agreed})"


def _headline(judged: Judged, verdict: Verdict) -> str:
    word = "Passed" if verdict.passed else "Failed"
    as_of = f"{word} as of {in_words(verdict.as_of)}{_where(judged)}"
    gated = judged.files - len(verdict.closed)
    warnings = sum(problem.severity == "warning" for problem in judged.problems)
    also = f", and {number_of(warnings, 'warning')}" if warnings else ""
    if verdict.unjudged:
        return f"{as_of}: {_unjudged(verdict, gated)}{also}."
    if not gated:
        return f"{as_of}, with nothing to judge: {_all_closed(judged.files)}{also}."
    plans = number_of(gated, "plan")
    if verdict.passed:
        return f"{as_of}: no breach in {plans}{also}."
    broken = len({problem.plan or problem.file for problem in verdict.breaches})
    where = plans if gated == 1 else f"{broken:,} of {plans}"
    return f"{as_of}: {number_of(len(verdict.breaches), 'breach')} in {where}{also}."


def _where(judged: Judged) -> str:
    if judged.committed is None:
        return ""
    # only a look back needs it
    from jtai_cli.report.committed import in_short

    return f", as committed in {in_short(judged.committed)}"


def _unjudged(verdict: Verdict, gated: int) -> str:
    said = f"{number_of(verdict.unjudged, 'plan')} can't be judged"
    breaches = number_of(len(verdict.breaches), "breach") if verdict.breaches else "no breach"
    return f"{said}; {breaches} in {gated:,} other{'' if gated == 1 else 's'}" if gated else said


def _all_closed(files: int) -> str:
    return "the only plan is closed" if files == 1 else f"all {number_of(files, 'plan')} are closed"


def _waived(verdict: Verdict) -> str | None:
    number = len(verdict.waived)
    verb = "is" if number == 1 else "are"
    return f"{number_of(number, 'breach')} {verb} waived." if number else None


def _older(verdict: Verdict) -> str | None:
    if verdict.against is None:
        return None
    stood = f"stood at {visible(verdict.against)}"
    if not verdict.old:
        return f"No breach that {stood} is left."
    verb = "is" if verdict.old == 1 else "are"
    older = number_of(verdict.old, "older breach")
    return f"{older} that {stood} already {verb} not counted."


def _overdue_all_the_same(verdict: Verdict) -> str | None:
    """What a gate that passes has let through, and which conditions would not have."""
    total = sum(verdict.overdue.values())
    if not total or not verdict.passed:
        return None
    late = [name for name in _STANDINGS if verdict.overdue.get(name)]
    some = ", ".join(_some_overdue(verdict, name) for name in late)
    missed = [name for name in late if not _in_force(verdict, name)]
    everything = f"; '{_OVERDUE}' catches all" if len(missed) > 1 else ""
    verb = "is" if total == 1 else "are"
    return f"{number_of(total, 'action')} {verb} overdue all the same: {some}{everything}."


def _in_force(verdict: Verdict, standing: str) -> bool:
    """Whether overdue actions of this standing are breaches."""
    _, condition = _STANDINGS[standing]
    return bool({condition, _OVERDUE} & set(verdict.fail_on))


def _some_overdue(verdict: Verdict, standing: str) -> str:
    words, condition = _STANDINGS[standing]
    number = verdict.overdue[standing]
    if _in_force(verdict, standing):
        return f"{number:,} {words} ({_let_pass(verdict)})"
    # of what stood at the revision already, a condition says only how much it is
    caught = "caught" if verdict.against is None else "caught or counted"
    them = "it" if number == 1 else "them"
    return f"{number:,} {words} ({condition} would have {caught} {them})"


def _let_pass(verdict: Verdict) -> str:
    """Why breaches of a condition in force may be no breaches of a gate that passes."""
    ways = [word for word, some in (("waived", verdict.waived), ("older", verdict.old)) if some]
    return " or ".join(ways)
