"""Faulty data made sound in memory, so that the rest of a plan can still be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import BaseModel, ValidationError

from jtai_cli.plan.places import MappingPlaces, SequencePlaces, mapping_places
from jtai_cli.plan.shape import is_bad_name
from jtai_cli.plan.stand_ins import stand_in

if TYPE_CHECKING:
    from jtai_cli.plan.fault import Path
    from jtai_cli.plan.places import Places

Read = TypeVar("Read", bound=BaseModel)

_ROUNDS = 4
# For fields that must be there; a date so early puts no other date out of order.
_STAND_INS: dict[str, Any] = {
    "jtai": "1",
    "rag": "brag",
    "objectives": [],
    "ratings": [{"rating": "lost", "counts_as": "on_track"}],
    "counts_as": "on_track",
    "on": "2000-01-01",
    "until": "2100-12-31",
    "condition": "overdue",
}
# For items of lists that take only certain values.
_ITEM_STAND_INS: dict[str | int, str] = {"needs": "approval", "fail_on": "overdue"}


def errors_of(error: ValidationError) -> list[Any]:
    """What pydantic says, without what only follows: a list too short for its faulty items."""
    said = error.errors(include_url=False)
    return [each for each in said if each["type"] != "too_short" or not each["input"]]


def repaired(
    model: type[Read], data: dict[str, Any], places: MappingPlaces, errors: list[Any]
) -> tuple[Read | None, frozenset[Path]]:
    """A model from data with these pydantic errors, changed in place, and the paths that were lost.

    None where something keeps it from becoming one.
    """
    lost: set[Path] = set()
    for _ in range(_ROUNDS):
        for error in errors:
            path = error["loc"]
            if is_bad_name(error):
                path = path[:-1]
            lost.add(path)
            _mend(data, places, path, error["type"], len(lost))
        try:
            return model.model_validate(data), frozenset(lost)
        except ValidationError as error:
            errors = errors_of(error)
    return None, frozenset(lost)


def _mend(data: Any, places: Places, path: Path, kind: str, number: int) -> None:
    """Leave a faulty field out; put a stand-in for one that is missing, and for a list's item."""
    for step in path[:-1]:
        data = data[step]
        if isinstance(places, SequencePlaces):
            places = places.items[int(step)]
        else:
            places = cast("MappingPlaces", places).values[str(step)]
    last = path[-1]
    if isinstance(places, SequencePlaces):
        last = int(last)
        item = _ITEM_STAND_INS.get(path[-2], stand_in(number))
        data[last] = {} if kind == "model_type" else item
        if kind == "model_type":
            places.items[last] = mapping_places(places.mark)
    elif kind == "missing":
        group = cast("MappingPlaces", places)
        data[last] = _STAND_INS.get(str(last), stand_in(number))
        group.values[str(last)] = group.keys[str(last)] = group.mark
    else:
        data.pop(last, None)
