"""No value of a pack can be changed without the edition having another name."""

from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter, ValidationError

from policies.pack import PACKS, Pack, load_pack


def leaves(value: object, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where every single value of a pack written as JSON stands."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*at, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from leaves(inner, (*at, place))
    else:
        yield at


def other(value: object) -> Any:
    """A value of the same shape that is not this one."""
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int) else f"{value}x"


def changed(pack: Pack, part: TypeAdapter[Any], content: dict[str, Any], place: tuple[str | int, ...]) -> Pack | None:
    """The pack with the value at `place` changed, or None where this key cannot have it. Only the part it is in is read again."""
    name = str(place[0])
    inner: Any = content
    for key in place[:-1]:
        inner = inner[key]
    was = inner[place[-1]]
    inner[place[-1]] = other(was)
    try:
        read = part.validate_python(content[name])
    except ValidationError:
        return None
    finally:
        inner[place[-1]] = was
    return Pack.model_construct(**(dict(pack) | {name: read}))


def test_any_changed_value_gives_another_edition():
    pack = load_pack(PACKS / "oas")
    names, tried = {pack.edition}, 0
    for name, field in Pack.model_fields.items():
        part: TypeAdapter[Any] = TypeAdapter(field.rebuild_annotation())
        content = pack.model_dump(mode="json", exclude_none=True, include={name})
        for place in leaves(content):
            tried += 1
            if (other_pack := changed(pack, part, content, place)) is not None:
                assert other_pack.edition not in names, place
                names.add(other_pack.edition)
    assert len(names) > tried / 2
