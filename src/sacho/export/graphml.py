"""GraphML: parties as nodes, events as edges between them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from sacho.export.outcome import Exported, Tally
from sacho.export.parties import pairs
from sacho.records import Event, Participant

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold
_NODE = {"label": "string", "label_en": "string", "country": "string", "sector": "string"}
_EDGE = {
    "event": "string", "kind": "string", "type": "string", "status": "string", "date": "string", "symmetric": "boolean",
    "goldstein": "double", "confidence": "double", "gloss": "string",
}  # fmt: skip


def write_graphml(events: Iterable[Event], out: BinaryIO) -> Exported:
    """A directed multigraph: an edge from actor to recipient, one for each pair of an event. A symmetric act is one edge a pair
    with `symmetric` true, never two. Events of a single party have no edge and are left out; their parties are nodes still.

    A node is written before the first edge that needs it.
    """
    tally = Tally("graphml")
    out.write(_head().encode())
    known: set[str] = set()
    for event in events:
        for person in (*event.actor, *event.recipient):
            if person.id not in known:
                known.add(person.id)
                out.write(_node(person).encode())
        dyads = pairs(event)
        for source, target in dyads:
            out.write(_edge(event, source, target).encode())
        if dyads:
            tally.out(len(dyads))
        else:
            tally.left("no second party")
    out.write(b"</graph>\n</graphml>\n")
    return tally.done()


def _head() -> str:
    keys = [
        f'<key id="{scope[0]}_{name}" for="{scope}" attr.name="{name}" attr.type="{kind}"/>'
        for scope, names in (("node", _NODE), ("edge", _EDGE))
        for name, kind in names.items()
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
        + "\n".join(keys)
        + '\n<graph id="sacho" edgedefault="directed">\n'
    )


def _node(person: Participant) -> str:
    values = {"label": person.name, "label_en": person.name_en, "country": person.country, "sector": person.sector}
    return f"<node id={quoteattr(_legal(person.id))}>{_data('n', values)}</node>\n"


def _edge(event: Event, source: Participant, target: Participant) -> str:
    values = {
        "event": event.id, "kind": event.kind, "type": event.type, "status": event.status.value, "date": event.date,
        "symmetric": "true" if event.symmetric else "false", "goldstein": "" if event.goldstein is None else str(event.goldstein),
        "confidence": str(event.confidence), "gloss": event.gloss.ko,
    }  # fmt: skip
    return f"<edge source={quoteattr(_legal(source.id))} target={quoteattr(_legal(target.id))}>{_data('e', values)}</edge>\n"


def _data(scope: str, values: dict[str, str]) -> str:
    return "".join(f'<data key="{scope}_{name}">{escape(_legal(value))}</data>' for name, value in values.items() if value)


def _legal(words: str) -> str:
    return _ILLEGAL.sub("\ufffd", words)
