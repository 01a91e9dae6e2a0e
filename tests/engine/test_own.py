"""A reader's own table as part of an experiment: it survives the address and the file to the last digit and letter, whatever its
columns are called, and what is wrong in it is refused by row and column."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.experiment import NETWORK, NETWORKS, Experiment, data_of, history_of
from engine.file import FORMAT, read_file, write_file
from engine.limits import CELL, FILE_MB, TOLD
from engine.own import own, read_own, written_own
from engine.recipe import read
from engine.refused import Refused
from engine.table import read_table
from engine.words import Place
from tests.strategies import examples

cell = st.floats(*CELL).map(lambda x: x + 0.0)
name = st.text("aZ9 é权ß,;:|'=%&#+@\\$<", min_size=1, max_size=8)


@st.composite
def tables(draw):
    columns, targets = draw(st.integers(2, 5)), 1
    rows = draw(st.lists(st.lists(cell, min_size=columns, max_size=columns), min_size=1, max_size=6))
    header = ",".join(f'"{draw(name)}x{j}"' for j in range(columns)) + "\n" if draw(st.booleans()) else ""
    return own(read_table(header + "\n".join(",".join(map(repr, row)) for row in rows), targets))


@examples(100)
@given(tables())
def test_a_table_survives_its_word(mine):
    """Numbers and names come back exactly, through the address's word and through the whole address."""
    back = read_own(written_own(mine), "own")
    assert back == mine and back.table.x_names == mine.table.x_names and back.table.y_names == mine.table.y_names
    assert np.array_equal(back.table.data.x, mine.table.data.x) and np.array_equal(back.table.data.y_true, mine.table.data.y_true)


@examples(50)
@given(tables())
def test_a_table_survives_the_file(mine):
    """The file holds it without a limit of length, with the moment."""
    experiment = Experiment(data="own", own=mine, activation="identity", weights=None)
    found = read_file(write_file(experiment, Place(k=3, m=2)).encode())
    assert found.experiment == experiment and (found.place.k, found.place.m) == (3, 2) and not found.refused


@pytest.mark.parametrize("source", ["1\u200bx,2y\n3,4\n5,6", "1" * 40 + "x,b\n3,4", "“1”,b\n3,4"])
def test_names_that_nearly_are_numbers(source):
    """What a column is called never becomes a sample on the way through the address."""
    mine = own(read_table(source))
    back = read_own(written_own(mine), "own")
    assert back == mine and np.array_equal(back.table.data.x, mine.table.data.x)


def test_equal_tables_are_equal_experiments():
    """The same numbers typed twice are the same experiment; another number or another name is another one."""
    a, b, c, d = (own(read_table(t)) for t in ("1,2\n3,4", "1;2\n3;4", "1,2\n3,5", "p,q\n1,2\n3,4"))
    assert a == b and hash(a) == hash(b) and a != c and a != d


def test_own_data_are_trained_on():
    """The run's first loss is that of these rows, worked out here."""
    mine = own(read_table("1,2,1\n2,1,0"))
    experiment = Experiment(data="own", own=mine, activation="identity", weights=(0.5, 0.25))
    y = np.array([[1, 2], [2, 1]]) @ [0.5, 0.25]
    assert history_of(experiment, 0).loss[0] == pytest.approx(np.mean((y - [1, 0]) ** 2))
    assert data_of(experiment) is mine.table.data


@pytest.mark.parametrize("word,says", [
    ("1:0,0,0", "own must be like"), ("0::1,2", "own must be a whole number"), ("1::1,2;3,x", "Row 2, column 2"),
    ("1::1,2;3", "Row 2 must have 2 cells"), ("1::", "holds no row"), ("3::1,2", "at least one column of inputs"),
])  # fmt: skip
def test_a_wrong_table_is_named_and_xor_is_kept(word, says):
    """The refusal says what is wrong with it; the rest of the link is read."""
    found = read({"data": "own", "own": word, "hidden": "4:tanh", "bias": "1"})
    assert found.experiment.data == "xor" and found.experiment.hidden == ((4, "tanh"),)
    assert any(says in str(reason) for reason in found.refused)


@pytest.mark.parametrize("called,count", [("a,b", 2), ("a,b,c,d", 4)])
def test_names_are_as_many_as_columns(called, count):
    """Too few or too many names beside the rows of a link are refused, as names."""
    found = read({"data": "own", "own": f"1:{called}:0,0,0;0,1,1"})
    assert f"as many names as columns, 3, not {count}" in str(found.refused[0])


def test_own_data_without_a_table_are_named():
    """data=own alone cannot be shown."""
    found = read({"data": "own"})
    assert found.experiment.data == "xor" and "own=" in str(found.refused[0])


FILE = json.loads(write_file(NETWORK, Place()))


@pytest.mark.parametrize("change,says", [
    ({"format": "another"}, "format must be"), ({"version": 2}, "must be 1, not “2”"), ({"words": []}, "words as an object"),
    ({"version": True}, "not “True”"), ({"version": 1.0}, "not “1.0”"),
])  # fmt: skip
def test_what_is_no_such_file_is_refused_whole(change, says):
    """Another format, a later version, a list for an object."""
    with pytest.raises(Refused, match=says):
        read_file(json.dumps({**FILE, **change}).encode())


@pytest.mark.parametrize("source,says", [
    (b"{", "line 1, column 2"), (b"\xff\xfe\x00", "UTF-8"), (b"[1]", "format must be"), (b"[" * 100_000, "JSON"),
    (b" " * (FILE_MB * 2**20 + 1), "2 MB"), (b"1" * 5000, "JSON"),
    (rb'{"words": {"data": "\ud800"}}', "UTF-8"), (rb'{"words": {"\udfff": "xor"}}', "UTF-8"),
])  # fmt: skip
def test_hostile_files_are_refused(source, says):
    """Half a file, another encoding, a nest too deep, a number too long, a file too large, half a character as a text or as a
    name: a sentence each, never an error."""
    with pytest.raises(Refused, match=says):
        read_file(source)


def test_each_field_is_read_by_its_own_rule():
    """A wrong, an unknown and a numeric field are named; the others count."""
    words = {**FILE["words"], "lr": "fast", "colour": "red", "seed": 7, "hidden": "2:relu"}
    found = read_file(json.dumps({**FILE, "words": words}).encode())
    assert found.experiment.hidden == ((2, "relu"),) and found.experiment.rates == Experiment().rates
    said = " ".join(map(str, found.refused))
    assert len(found.refused) == 3 and "“colour”" in said and "seed must be text" in said and "lr must be" in said
    assert FILE["format"] == FORMAT


@pytest.mark.parametrize("more", [0, 1, 30_000])
def test_only_a_few_of_many_refusals_are_told(more):
    """The first are named, of the others only their number."""
    words = {**FILE["words"], **{f"word{n}": "" for n in range(TOLD + more)}}
    found = read_file(json.dumps({**FILE, "words": words}).encode())
    said = [str(reason) for reason in found.refused]
    assert found.experiment == NETWORK and all(f"“word{n}”" in said[n] for n in range(TOLD))
    assert said[TOLD:] == ([f"… and others that could not be read: {more:,}."] if more else [])


@pytest.mark.parametrize("key", NETWORKS)
def test_every_network_survives_the_file(key):
    """Presets, with a pinned run and typed weights."""
    place = Place(k=2, m=3, pin=replace(NETWORKS[key], rates=((0, 0.25),)), depth="unit")
    found = read_file(write_file(NETWORKS[key], place).encode())
    assert found.experiment == NETWORKS[key] and found.place == place and not found.refused
