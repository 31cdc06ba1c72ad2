"""Records with comments, and sides that edit them, for properties of the merge.

A side is plain data written out by `dump`, so that a reference merge can work on the data alone.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Value = Any
WORDS = st.sampled_from(["un", "deux", "trois", "quatre", "œuf", "l’ENT", "a: b", "- tiret", "#x"])
STATES = st.sampled_from(["draft", "submitted", "discussed", "sent"])
PROJECTS = ["e-lyco", "ent-mip", "i-cart", "ecollege-31"]
AXES = [f"axe-{name}" for name in "abcdef"]


@st.composite
def positions(draw: st.DrawFn) -> list[Value]:
    names = draw(st.lists(st.sampled_from(PROJECTS), unique=True, max_size=4))
    return [
        {
            "project": name,
            "stance": draw(STATES),
            **draw(st.fixed_dictionaries({}, optional={"reason": WORDS})),
        }
        for name in names
    ]


@st.composite
def requests(draw: st.DrawFn) -> dict[str, Value]:
    optional = {
        "service": WORDS,
        "axes": st.lists(st.sampled_from(AXES), unique=True, min_size=1, max_size=4),
        "origin": WORDS,
        "positions": positions(),
        "created": st.sampled_from(["2012", "2012-02", "~2013"]),
    }
    return {
        "title": draw(WORDS),
        "need": [draw(WORDS) for _ in range(draw(st.integers(1, 4)))],
        "state": draw(STATES),
        **draw(st.fixed_dictionaries({}, optional=optional)),
    }


IDS = [f"demande-{name}" for name in "abcdefgh"]


@st.composite
def collections(draw: st.DrawFn) -> dict[str, Value]:
    names = draw(st.lists(st.sampled_from(IDS[:5]), unique=True, max_size=4))
    return {name: draw(requests()) for name in names}


@st.composite
def edited(draw: st.DrawFn, content: dict[str, Value]) -> dict[str, Value]:
    """*content* after what one person may do to it."""
    result = {key: _copy(value) for key, value in content.items()}
    for _ in range(draw(st.integers(0, 4))):
        _edit(draw, result)
    if draw(st.integers(0, 9)) == 0:
        result = dict(draw(st.permutations(list(result.items()))))
    return result


def _copy(value: Value) -> Value:
    if isinstance(value, dict):
        return {key: _copy(each) for key, each in value.items()}
    return [_copy(each) for each in value] if isinstance(value, list) else value


def _edit(draw: st.DrawFn, result: dict[str, Value]) -> None:
    what = draw(st.sampled_from(["add", "remove", "field", "field", "field", "field"]))
    if what == "add" or not result:
        name = draw(st.sampled_from(IDS))
        if name not in result:
            place = draw(st.integers(0, len(result)))
            pairs = list(result.items())
            pairs.insert(place, (name, draw(requests())))
            result.clear()
            result.update(pairs)
        return
    name = draw(st.sampled_from(sorted(result)))
    if what == "remove":
        del result[name]
    else:
        _edit_record(draw, result[name])


def _edit_record(draw: st.DrawFn, record: dict[str, Value]) -> None:
    other = draw(requests())
    key = draw(
        st.sampled_from(["title", "need", "state", "service", "axes", "origin", "positions"])
    )
    if key == "positions" and record.get(key) and draw(st.booleans()):
        chosen = draw(st.sampled_from(record[key]))
        chosen["stance" if draw(st.booleans()) else "reason"] = draw(WORDS)
    elif key in other:
        record[key] = other[key]
    elif key in record and key not in {"title", "need", "state"}:
        del record[key]


def dump(content: dict[str, Value], style: int = 0, comments: dict[str, str] | None = None) -> str:
    """*content* as a person would write it; *style* chooses among quotes and brackets."""
    parts = []
    for name, record in content.items():
        said = (comments or {}).get(name)
        parts.append((f"# {said}\n" if said else "") + f"{name}:\n" + _dump_record(record, style))
    return "\n".join(parts)


def _dump_record(record: dict[str, Value], style: int) -> str:
    lines = []
    for key, value in record.items():
        if key == "need":
            lines += ["  need: |", *(f"    {line}" for line in value)]
        elif key == "positions":
            lines += ["  positions:" if value else "  positions: []"]
            for each in value:
                fields = [f"{name}: {quoted(text, style)}" for name, text in each.items()]
                lines += [f"    - {fields[0]}", *(f"      {field}" for field in fields[1:])]
        elif key == "axes" and style % 2:
            lines += ["  axes:", *(f"    - {quoted(each, style)}" for each in value)]
        elif key == "axes":
            lines += [f"  axes: [{', '.join(quoted(each, style) for each in value)}]"]
        else:
            lines += [f"  {key}: {quoted(value, style)}"]
    return "".join(line + "\n" for line in lines)


def quoted(text: str, style: int = 0) -> str:
    is_special = any(each in text for each in (": ", "#", "- "))
    return f'"{text}"' if is_special or style > 1 else text


def loaded(content: dict[str, Value]) -> dict[str, Value]:
    """*content* as the parser gives it back."""
    return {
        name: {
            key: "\n".join(value) + "\n" if key == "need" else value for key, value in each.items()
        }
        for name, each in content.items()
    }
