"""Two thousand hard inputs: see `fuzz.py`, which makes as many as one likes. Most are always the same; items made from the model are also
chosen by hypothesis, which looks for the smallest that fails."""

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import Place, Problem
from tests import fuzz


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_hard_inputs_are_read_or_told(seed: int) -> None:
    outcome = fuzz.run(500, seed)
    assert outcome.cases == 500
    assert not outcome.failures, fuzz.summary(outcome)
    assert outcome.codes["(read)"] > 10
    assert len(outcome.codes) > 20, "the cases are too much alike"


@pytest.mark.slow
@settings(max_examples=500, deadline=None)
@given(st.randoms(use_true_random=False))
def test_items_of_the_model_are_read_or_told(chance: random.Random) -> None:
    outcome = fuzz.Outcome()
    with tempfile.TemporaryDirectory() as folder:
        fuzz.one(fuzz.small_kit(Path(folder)), chance, outcome, "", (fuzz.made,))
    assert outcome.cases == 1
    assert not outcome.failures, fuzz.summary(outcome)


def test_a_place_outside_of_its_file_would_be_found() -> None:
    problem = Problem("x", "x", Place("content/a.yml", line=3, column=1))
    assert list(fuzz.wrong_places([problem], "a.yml", b"one\r\ntwo")) == ["x: line 3 of 2"]
    problem = Problem("x", "x", Place("content/a.yml", line=2, column=5))
    assert list(fuzz.wrong_places([problem], "a.yml", b"one\rtwo")) == ["x: column 5 of 3, length 1"]
