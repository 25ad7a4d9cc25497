"""The pieces of a highlighted text are the text, and every layer keeps its place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sacho.web.highlights import Highlight, pieces

_SPANS = st.lists(st.tuples(st.integers(0, 39), st.integers(1, 20), st.sampled_from(["kind", "actor", "date", "place"])), max_size=9)


@given(st.text(min_size=40, max_size=40), _SPANS)
def test_joined_again_the_pieces_are_the_text_and_each_holds_what_covers_it(text, spans):
    marks = [Highlight(start=s, end=min(40, s + n), field=f, id=f"c{k}") for k, (s, n, f) in enumerate(spans)]
    made = pieces(text, 0, 40, marks)
    assert "".join(p.text for p in made) == text
    for piece in made:
        end = piece.start + len(piece.text)
        assert sorted(piece.ids.split()) == sorted(m.id for m in marks if m.start < end and m.end > piece.start)
        if len({(m.start, m.end, m.field) for m in marks}) <= 6:
            assert len({layer.lane for layer in piece.layers}) == len(piece.layers), "two lines in one lane"


def test_crossing_spans_keep_their_lane_over_their_whole_length():
    marks = [Highlight(start=0, end=6, field="actor", id="a"), Highlight(start=3, end=9, field="place", id="b")]
    lanes = {layer.field: set() for p in pieces("가나다라마바사아자", 0, 9, marks) for layer in p.layers}
    for piece in pieces("가나다라마바사아자", 0, 9, marks):
        for layer in piece.layers:
            lanes[layer.field].add(layer.lane)
    assert all(len(held) == 1 for held in lanes.values()) and lanes["actor"] != lanes["place"]
