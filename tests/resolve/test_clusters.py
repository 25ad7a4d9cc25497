"""What must hold of clusters whatever the reports: order, batches and undoing leave no trace."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sacho.records import Judgement
from sacho.resolve import clusters
from sacho.resolve.clusters import Resolution
from sacho.resolve.pairwise import Score
from sacho.resolve.tellings import Telling
from tests.resolve.synthetic import tellings


def resolved(batches: list[list[Telling]], judgements: tuple[Judgement, ...] = ()) -> dict[str, tuple[str, ...]]:
    resolution = Resolution(judgements)
    for batch in batches:
        resolution.add(batch)
        resolution.clusters()
    return {resolution.identify(c): c for c in resolution.clusters()}


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), count=st.integers(1, 160), cuts=st.lists(st.integers(0, 160), max_size=6), data=st.randoms())
def test_any_order_and_any_batches_give_the_same_clusters(seed: int, count: int, cuts: list[int], data: random.Random) -> None:
    made = tellings(seed, count, a_day=data.choice([5, 60, 1000]))
    whole = resolved([made])
    mixed = made[:]
    data.shuffle(mixed)
    edges = sorted({0, count, *(c for c in cuts if c < count)})
    batches = [mixed[a:b] for a, b in pairwise(edges)]
    assert resolved(batches) == whole
    assert sorted(i for c in whole.values() for i in c) == sorted(t.id for t in made)


def test_the_clusters_are_the_happenings_for_the_most_part() -> None:
    """Guards the other tests of this file: clusters that are all alone, or all one, would pass them."""
    made = tellings(1, 800)
    found = {frozenset(c) for c in resolved([made]).values()}
    sizes = [len(c) for c in found]
    assert 150 < len(found) < 400
    assert max(sizes) <= 12
    pure = sum(len({i.partition("-")[0] for i in c}) == 1 for c in found)
    assert pure / len(found) > 0.95


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_adding_one_report_leaves_every_cluster_outside_its_block_alone(seed: int) -> None:
    made = tellings(seed, 300)
    late = made.pop(seed % len(made))
    resolution = Resolution()
    resolution.add(made)
    before = {resolution.identify(c): c for c in resolution.clusters()}
    resolution.add([late])
    touched = resolution.touched()
    after = {resolution.identify(c): c for c in resolution.clusters()}
    assert late.id in touched
    assert len(touched) < 60
    days = {t.id: t for t in made}
    assert all(abs(days[i].published - late.published) < 45 for i in touched if i in days)
    for key, members in before.items():
        if not touched.intersection(members):
            assert after[key] == members


def test_a_later_report_does_not_change_the_id() -> None:
    made = tellings(5, 400)
    last = max(t.published for t in made)
    early = [t for t in made if t.published < last]
    resolution = Resolution()
    resolution.add(early)
    before = {c: resolution.identify(c) for c in resolution.clusters()}
    resolution.add(made)
    after = {resolution.identify(c): set(c) for c in resolution.clusters()}
    grown = [(c, key) for c, key in before.items() if key in after and len(after[key]) > len(c)]
    assert grown
    assert all(set(c) <= after[key] for c, key in grown)


# ---------------------------------------------------------------- judgements


def _pairs(found: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(c[0], c[-1]) for c in found.values() if len(c) > 1]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_split_merge_and_taking_back_leave_no_trace(seed: int) -> None:
    made = tellings(seed, 120)
    plain = resolved([made])
    joined = _pairs(plain)
    if not joined or len(plain) < 2:
        return
    a, b = joined[seed % len(joined)]
    others = sorted(i for c in plain.values() for i in c if a not in c)
    far = others[seed % len(others)]
    split = (Judgement(a=a, b=b, decision="different", at="1"), Judgement(a=a, b=far, decision="same", at="2"))
    homes = {i: key for key, c in resolved([made], split).items() for i in c}
    assert homes[a] != homes[b]
    assert homes[a] == homes[far]
    back = (*split, Judgement(a=b, b=a, decision="undecided", at="3"), Judgement(a=far, b=a, decision="undecided", at="4"))
    assert resolved([made], back) == plain
    assert resolved([made], tuple(reversed(back))) == plain


_DECISIONS = st.lists(
    st.tuples(st.integers(0, 159), st.integers(0, 159), st.sampled_from(["same", "different", "undecided"])), max_size=5
)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), count=st.integers(2, 160), decisions=_DECISIONS, chance=st.randoms())
def test_order_and_batches_leave_no_trace_whatever_was_decided(
    seed: int, count: int, decisions: list[tuple[int, int, str]], chance: random.Random
) -> None:
    made = tellings(seed, count, a_day=chance.choice([5, 60]))
    judged = [
        Judgement(a=made[a % count].id, b=made[b % count].id, decision=decision, at=str(n))
        for n, (a, b, decision) in enumerate(decisions) if a % count != b % count
    ]  # fmt: skip
    whole = resolved([made], tuple(judged))
    mixed = chance.sample(made, count)
    cut = chance.randrange(count)
    assert resolved([mixed[:cut], mixed[cut:]], tuple(chance.sample(judged, len(judged)))) == whole
    taken_back = [Judgement(a=j.b, b=j.a, decision="undecided", at=f"9{n}") for n, j in enumerate(judged)]
    assert resolved([mixed], (*judged, *taken_back)) == resolved([made])


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_what_was_split_and_merged_again_is_as_before(seed: int) -> None:
    made = tellings(seed, 120)
    plain = resolved([made])
    joined = _pairs(plain)
    if not joined:
        return
    a, b = joined[seed % len(joined)]
    again = (Judgement(a=a, b=b, decision="different", at="1"), Judgement(a=a, b=b, decision="same", at="2"))
    homes = {i: key for key, c in resolved([made], again).items() for i in c}
    assert homes[a] == homes[b]
    taken_back = (*again, Judgement(a=a, b=b, decision="undecided", at="3"))
    assert resolved([made], taken_back) == plain


def test_one_more_report_is_compared_with_no_more_in_a_longer_corpus(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice the years, the same work."""
    seen: list[int] = []
    counted = clusters.compare

    def counting(a: Telling, b: Telling) -> Score:
        seen.append(1)
        return counted(a, b)

    work = []
    for count in (6_000, 12_000):
        made = tellings(4, count, a_day=3)
        resolution = Resolution()
        resolution.add(t for t in made if t.id != made[300].id)
        resolution.clusters()
        monkeypatch.setattr(clusters, "compare", counting)
        seen.clear()
        resolution.add([made[300]])
        resolution.clusters()
        work.append(len(seen))
        monkeypatch.undo()
    assert work[0] == work[1]
    assert 0 < work[0] < 40


def test_same_joins_two_clusters_whole() -> None:
    made = tellings(9, 200)
    plain = resolved([made])
    one, two = [c for c in plain.values() if len(c) > 2][:2]
    after = resolved([made], (Judgement(a=one[0], b=two[1], decision="same", at="1"),))
    assert tuple(sorted((*one, *two))) in after.values()


def test_a_newer_decision_wins_over_a_chain_of_older_ones() -> None:
    made = tellings(9, 60)
    a, b, c = (t.id for t in (made[0], made[20], made[40]))
    chain = [Judgement(a=a, b=b, decision="same", at="1"), Judgement(a=b, b=c, decision="same", at="2")]
    apart = Judgement(a=a, b=c, decision="different", at="3")
    resolution = Resolution([*chain, apart])
    resolution.add(made)
    home = {i: k for k, group in enumerate(resolution.clusters()) for i in group}
    assert home[a] != home[c]
    assert home[b] == home[c]
    assert resolution.decided.overridden == (chain[0],)
