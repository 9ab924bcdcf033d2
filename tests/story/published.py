"""The real plan as it was published, and what was reported of it later: where the story begins."""

from pathlib import Path

from tests.story.splice import last_update, without

COMMITTEE = "2025-10-15"
"""The day of the report to committee whose six updates the real plan records."""

_REAL = Path(__file__).parents[2] / "plans" / "reading-jtai-2025.yaml"
_NOTICE = """\
# An invented year of a real plan. The plan is "Joint Targeted Area Inspection: Reading.
# Multi-Agency Improvement Plan" as it was published in 2025. What changes in it later is made up,
# but for six updates of 15 October 2025, and so is everyone who changes it.
"""


def _published(text: str) -> str:
    """The plan before its first update, and without the notes that cite the report to committee."""
    first, _, rest = text.partition("\n#\n")
    body = rest.partition("\n\n")[2]
    text = without(f"{first}\n#\n{_NOTICE}\n{body}", "updates")
    assert COMMITTEE not in text
    return without(text, "note", about="15 October 2025")


def _reported(text: str) -> dict[str, str]:
    refs = [line.split('"')[1] for line in text.split("\n") if line.startswith("      - ref: ")]
    return {ref: words for ref in refs if (words := last_update(text, ref))}


PUBLISHED = _published(_REAL.read_text(encoding="utf-8"))
REPORTED = _reported(_REAL.read_text(encoding="utf-8"))
"""The words of the real updates, by action."""
