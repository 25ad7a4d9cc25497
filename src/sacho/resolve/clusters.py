"""From scored pairs to clusters that do not depend on the order of arrival.

Tellings of equal traits are one node; nodes are compared inside their blocks. Within each connected component of the
graph of scores, the firm nodes are joined from the highest score down, never across a veto; then the
vaguer ones join the one cluster they fit, or stay alone where they fit two equally well. All of it is a function
of the set of tellings and of the judgements, so it can be undone by taking them back.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b

import msgspec

from sacho.records import Judgement, Reason, Record
from sacho.resolve.blocking import Key, keys
from sacho.resolve.judgements import Decided, decide
from sacho.resolve.pairwise import PERHAPS, SAME, Score, bridged, compare, compatible
from sacho.resolve.parties import person
from sacho.resolve.tellings import Telling

_MARGIN = 0.75  # by how much the best cluster must fit better than the next
_VAGUE = 2  # tier from which a telling joins only what it fits alone
_SHARED_REPORTS = 0.3  # share of reports that tell both: from there on they are two happenings
_WHOLE = frozenset({"launch", "drill", "deploy", "attack", "state", "sanction", "retreat"})  # states act as a whole
_DECIDED = Score(value=99.0, reasons=(Reason(field="judgement", found="same", weight=99.0),))


class Telltale(Record):
    """A pair of events with its score and reasons, for a person who wants to know why."""

    a: str
    b: str
    score: float
    reasons: tuple[Reason, ...]


class Node(msgspec.Struct, gc=False):
    """Tellings of equal traits. `name` is a hash of the traits, and orders nodes the same way in every run;
    `events` are numbers. Nothing in it is seen by the garbage collector, whose rounds would grow with the corpus."""

    telling: Telling
    name: str
    tier: int
    events: array[int]
    links: dict[int, Score]


class Resolution:
    """Tellings under resolution. `add` compares the new ones with their blocks; `clusters` groups anew only the components
    that they touched."""

    def __init__(self, judgements: Iterable[Judgement] = (), *, holds: Callable[[Key], bool] | None = None) -> None:
        """`holds`: only these blocks are looked at (`sacho.resolve.partition`)."""
        self._holds = holds
        self.decided = decide(judgements)
        self._apart = self.decided.events
        self._events: list[str] = []
        self._documents: list[str] = []
        self._published = array("i")
        self._numbers: dict[str, int] = {}  # event id -> number in the three lists above
        self._home = array("i")  # event number -> node
        self._nodes: list[Node] = []
        self._by_traits: dict[object, int] = {}
        self._blocks: dict[tuple[Key, bool], array[int]] = {}
        self._dirty: set[int] = set()
        self._groups: dict[int, tuple[int, ...]] = {}  # node -> nodes of its cluster, sorted

    def add(self, tellings: Iterable[Telling]) -> None:
        """Take in tellings; one that is known by its id is passed over."""
        for telling in tellings:
            if telling.id in self._numbers:
                continue
            traits: object = (telling.id,) if telling.id in self._apart else telling.traits
            node = self._by_traits.get(traits)
            if node is None:
                node = self._place(telling, traits)
            event = len(self._events)
            self._numbers[telling.id] = event
            self._events.append(telling.id)
            self._documents.append(telling.document)
            self._published.append(telling.published)
            self._home.append(node)
            self._nodes[node].events.append(event)
            self._dirty.add(node)

    def clusters(self) -> list[tuple[str, ...]]:
        """Event ids that belong together, each cluster and the list in canonical order (sorted ids)."""
        self._refresh()
        out = []
        for number, group in self._groups.items():
            if number == group[0]:
                out.append(tuple(sorted(self._events[i] for n in group for i in self._nodes[n].events)))
        return sorted(out)

    def components(self) -> list[tuple[str, ...]]:
        """Event ids that scores or decisions link, through however many others; no cluster reaches beyond its component."""
        self._refresh()
        todo = set(range(len(self._nodes)))
        out = []
        while todo:
            component = self._reach([next(iter(todo))])
            todo -= component
            out.append(tuple(sorted(self._events[i] for n in component for i in self._nodes[n].events)))
        return sorted(out)

    def links(self) -> Iterator[tuple[str, str]]:
        """Pairs of event ids that connect each component."""
        for number, node in enumerate(self._nodes):
            first = self._events[node.events[0]]
            yield from ((first, self._events[e]) for e in node.events[1:])
            yield from ((first, self._events[self._nodes[o].events[0]]) for o in node.links if number < o)

    def touched(self) -> frozenset[str]:
        """Events whose cluster would be worked out anew: those in a component with something new."""
        return frozenset(self._events[i] for n in self._reach(self._dirty) for i in self._nodes[n].events)

    def identify(self, cluster: Sequence[str]) -> str:
        """The id of a cluster: a hash of its earliest told event, so that later reports leave it alone."""
        first = min(cluster, key=self._told)
        return "h" + blake2b(first.encode(), digest_size=8).hexdigest()

    def why(self, a: str, b: str) -> Telltale:
        """The score of two events with its reasons. Raises KeyError for an event that was not added."""
        one, two = self._home[self._numbers[a]], self._home[self._numbers[b]]
        if one == two:
            return Telltale(a=a, b=b, score=_DECIDED.value, reasons=(Reason(field="all", found="equal in every trait", weight=99.0),))
        score = self._nodes[one].links.get(two) or compare(self._nodes[one].telling, self._nodes[two].telling)
        return Telltale(a=a, b=b, score=score.value, reasons=score.reasons)

    def joins(self) -> list[Telltale]:
        """Why each event stands in its cluster: for all but the first of a cluster, its best fit among the others, joined
        in a tree (Prim); events that a decision brought together have that as their reason."""
        self._refresh()
        out = []
        for number, group in self._groups.items():
            if number == group[0]:
                out += self._tree(group)
        return sorted(out, key=lambda t: t.a)

    def _tree(self, group: Sequence[int]) -> list[Telltale]:
        first = {n: min((self._events[i] for i in self._nodes[n].events), key=self._told) for n in group}
        order = sorted(group, key=lambda n: self._told(first[n]))
        out = [self.why(e, first[n]) for n in order for i in self._nodes[n].events if (e := self._events[i]) != first[n]]
        best = {n: (self._between(n, order[0]), order[0]) for n in order[1:]}
        while best:
            n = max(best, key=lambda n: (best[n][0], first[n]))
            out.append(self.why(first[n], first[best.pop(n)[1]]))
            for other, (value, _) in best.items():
                if self._between(other, n) > value:
                    best[other] = self._between(other, n), n
        return out

    def _told(self, event: str) -> tuple[int, str]:
        return self._published[self._numbers[event]] or 1 << 30, event

    def _between(self, n: int, m: int) -> float:
        score = self._nodes[n].links.get(m)
        return score.value if score is not None else 0.0

    def _place(self, telling: Telling, traits: object) -> int:
        number = len(self._nodes)
        name = blake2b(repr(traits).encode(), digest_size=8).hexdigest()
        node = Node(telling, name, _tier(telling), array("i"), {})
        self._nodes.append(node)
        self._by_traits[traits] = number
        for other in self._candidates(telling, number):
            score = compare(telling, self._nodes[other].telling)
            if score.value >= (SAME if max(node.tier, self._nodes[other].tier) < _VAGUE else PERHAPS):
                node.links[other] = self._nodes[other].links[number] = score
        for a, b in self.decided.same if telling.id in self._apart else ():
            other_id = b if telling.id == a else a if telling.id == b else ""
            if other_id in self._numbers:
                other = self._home[self._numbers[other_id]]
                node.links[other] = self._nodes[other].links[number] = _DECIDED
        return number

    def _candidates(self, telling: Telling, number: int) -> set[int]:
        found: set[int] = set()
        for key, active in keys(telling):
            if self._holds is not None and not self._holds(key):
                continue
            found.update(self._blocks.get((key, True), ()))
            if active:
                found.update(self._blocks.get((key, False), ()))
            block = self._blocks.get((key, active))
            if block is None:
                self._blocks[key, active] = array("i", (number,))
            else:
                block.append(number)
        found.discard(number)
        return found

    def _reach(self, start: Collection[int]) -> set[int]:
        seen, stack = set(start), list(start)
        while stack:
            for other in self._nodes[stack.pop()].links:
                if other not in seen:
                    seen.add(other)
                    stack.append(other)
        return seen

    def _refresh(self) -> None:
        todo = self._reach(self._dirty)
        self._dirty.clear()
        while todo:
            component = self._reach([next(iter(todo))])
            todo -= component
            if len(component) == 1:
                self._groups.update(dict.fromkeys(component, tuple(component)))
                continue
            for group in self._grouped(component):
                self._groups.update(dict.fromkeys(group, group))

    def _grouped(self, component: Collection[int]) -> list[tuple[int, ...]]:
        nodes = {n: self._nodes[n] for n in component}
        reports = {n: {self._documents[i] for i in node.events} for n, node in nodes.items()}
        owner = {
            self._events[node.events[0]]: n for n, node in nodes.items() if self._events[node.events[0]] in self._apart
        }
        return group_component(nodes, reports, self.decided, owner)


def group_component(
    nodes: Mapping[int, Node], reports: dict[int, set[str]], decided: Decided, owner: Mapping[str, int]
) -> list[tuple[int, ...]]:
    """Clusters of one connected component: node numbers, sorted. `reports` are the documents of each node, `owner` the
    nodes of events that somebody decided on. The order of the nodes does not matter."""
    work = _Grouping(nodes, reports, decided, owner)
    for tier in range(4):
        if tier:
            work.attach([n for n in work.order if nodes[n].tier == tier])
        work.join([n for n in work.order if nodes[n].tier == tier])
    return [tuple(sorted(group)) for group in work.realms.values()]


class _Grouping:
    """Clusters in the making. A node has a `home`, the nodes that scores brought together; homes that a person
    called the same are one `realm`, and realms come out as clusters. So a decision joins two homes whole, and what is
    unthinkable between them does not keep others from joining either."""

    def __init__(
        self, nodes: Mapping[int, Node], reports: dict[int, set[str]], decided: Decided, owner: Mapping[str, int]
    ) -> None:
        self.nodes = nodes
        self.order = sorted(nodes, key=lambda n: nodes[n].name)
        self.home = {n: n for n in nodes}
        self.members = {n: [n] for n in nodes}
        self.reports = reports
        self.realm = {n: n for n in nodes}
        self.realms = {n: [n] for n in nodes}
        self.different = [(owner[a], owner[b]) for a, b in decided.different if a in owner and b in owner]
        for a, b in sorted(decided.same):
            if a in owner and b in owner:
                self._unite_realms(owner[a], owner[b])

    def join(self, numbers: Sequence[int]) -> None:
        """Join nodes of one tier from the highest score down."""
        chosen = set(numbers)
        pairs = [
            (-score.value, sorted((self.nodes[n].name, self.nodes[o].name)), n, o)
            for n in numbers for o, score in self.nodes[n].links.items() if n < o and o in chosen and score.value >= SAME
        ]  # fmt: skip
        for _, _, n, o in sorted(pairs):
            self._unite(n, o)

    def attach(self, numbers: Sequence[int]) -> None:
        """Put each vague node into the one cluster of firmer nodes that it fits."""
        wishes = []
        for n in numbers:
            best: dict[int, tuple[float, str, int]] = {}
            for o, score in self.nodes[n].links.items():
                if self.nodes[o].tier < self.nodes[n].tier and self.realm[o] != self.realm[n]:
                    offer = (score.value, self.nodes[o].name, o)
                    best[self.realm[o]] = max(best.get(self.realm[o], offer), offer)
            ranked = sorted(best.values(), reverse=True)
            if len(ranked) == 1 or (ranked and ranked[0][0] - ranked[1][0] >= _MARGIN):
                wishes.append((-ranked[0][0], self.nodes[n].name, n, ranked[0][2]))
        for _, _, n, target in sorted(wishes):
            self._unite(target, n)

    def _unite(self, n: int, o: int) -> None:
        a, b = self.home[n], self.home[o]
        if a == b or not self._may(a, b):
            return
        for x in self.members[b]:
            self.home[x] = a
        self.members[a] += self.members.pop(b)
        self.reports[a] |= self.reports.pop(b)
        self._unite_realms(n, o)

    def _unite_realms(self, n: int, o: int) -> None:
        a, b = self.realm[n], self.realm[o]
        if a == b:
            return
        for x in self.realms[b]:
            self.realm[x] = a
        self.realms[a] += self.realms.pop(b)

    def _may(self, a: int, b: int) -> bool:
        ours, theirs = self.members[a], self.members[b]
        realms = {self.realm[ours[0]], self.realm[theirs[0]]}
        if len(realms) == 2 and any({self.realm[x], self.realm[y]} == realms for x, y in self.different):
            return False
        shared = len(self.reports[a] & self.reports[b])
        if shared > _SHARED_REPORTS * min(len(self.reports[a]), len(self.reports[b])):
            return False
        return all(self._thinkable(x, y, (*ours, *theirs)) for x in ours for y in theirs)

    def _thinkable(self, x: int, y: int, others: Sequence[int]) -> bool:
        a, b = self.nodes[x].telling, self.nodes[y].telling
        return compatible(a, b) or any(bridged(a, b, self.nodes[o].telling) for o in others)


def _tier(telling: Telling) -> int:
    """0 firm: a day and somebody named; 1: a day, states only; 2: a month or a year; 3: no time."""
    days = telling.days
    if days is None:
        return 3
    if days.vague:
        return 2
    named = any(person(p) for p in telling.parties)
    return 0 if named or telling.group in _WHOLE else 1
