"""Data that can't be mended: the rest of the plan is then not looked at."""

from typing import Any

import pytest
from pydantic import ValidationError

from jtai_cli.plan.fields import Date
from jtai_cli.plan.model import Plan
from jtai_cli.plan.places import MappingPlaces
from jtai_cli.plan.repair import errors_of, repaired
from jtai_cli.plan.source import read_source


class NeedsAnotherDate(Plan):
    another: Date


def test_data_for_which_there_is_no_stand_in_gives_no_plan() -> None:
    source = read_source("plan.yaml", b"jtai: 1\nid: a\ntitle: A\nrag: brag\nobjectives: []\n")
    data: Any = source.data
    assert isinstance(source.places, MappingPlaces)
    with pytest.raises(ValidationError) as refused:
        NeedsAnotherDate.model_validate(data)

    plan, lost = repaired(NeedsAnotherDate, data, source.places, errors_of(refused.value))

    assert plan is None
    assert lost == {("another",)}
