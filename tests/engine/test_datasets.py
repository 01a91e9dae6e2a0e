"""The data sets are the same for ever, because links name them; each is as hard as it says, which other methods than ours
confirm: a straight line fitted by least squares, the nearest neighbour, and the curve the points were drawn around."""

import numpy as np
import pytest

from engine.data import GATES, data
from engine.datasets import COUNT, DATASETS
from engine.limits import COLUMNS, SAMPLES

DRAWN = [key for key, entry in DATASETS.items() if entry.held_out]
PARTS = [(key, part) for key in DRAWN for part in ("train", "held_out")]
TWO = ("circles", "moons", "spiral")


def part_of(key, part):
    return getattr(DATASETS[key], part)


def right_by_a_line(fitted, asked):
    """The share of right answers of the straight line (or lines) that least squares fits to the classes."""

    def padded(table):
        return np.column_stack([table.x, np.ones(len(table.x))])

    line, *_ = np.linalg.lstsq(padded(fitted), 2 * fitted.y_true - 1, rcond=None)
    return right(padded(asked) @ line, asked.y_true)


def right(score, y_true):
    if y_true.shape[1] == 1:
        return np.mean((score > 0) == (y_true == 1))
    return np.mean(score.argmax(axis=1) == y_true.argmax(axis=1))


def right_by_the_nearest(fitted, asked):
    """The share of right answers if every point is given the class of the nearest point that is known."""
    distance = np.linalg.norm(asked.x[:, None] - fitted.x, axis=-1)
    return np.mean((fitted.y_true[distance.argmin(axis=1)] == asked.y_true).all(axis=1))


# Values that never change: a link says "circles" and means these.
FIRST_AND_SUM = {
    "circles": ((0.939, 0.059, 0, -4.261, 75), (0.882, -0.197, 0, 14.029, 75)),
    "moons": ((-0.928, 0.578, 0, 0.967, 75), (-0.653, 0.833, 0, -2.165, 75)),
    "spiral": ((0.363, -0.589, 0, -5.642, 75), (-0.205, -0.509, 0, -4.786, 75)),
    "blobs": ((0.038, 0.96, 1, 0, 0, -3.23, 150), (0.104, 1.246, 1, 0, 0, -9.246, 150)),
    "sine": ((0.274, 0.758, 11.305, 11.198), (0.024, 0.075, 2.384, 2.643)),
}


@pytest.mark.parametrize("key", DRAWN)
def test_a_link_finds_the_same_data(key):
    """The first sample, and the sums of all inputs and targets, of both parts."""
    found = tuple(
        (*part.x[0].tolist(), *part.y_true[0].tolist(), round(part.x.sum(), 3), round(part.y_true.sum(), 3))
        for part in (DATASETS[key].train, DATASETS[key].held_out)
    )
    assert found == FIRST_AND_SUM[key]


def test_what_there_is():
    """The gates as they are, a sample by hand, four pictures with classes, one curve; a part held out where there is more."""
    kinds = {key: entry.kind for key, entry in DATASETS.items()}
    assert kinds == {
        **dict.fromkeys(("xor", "and", "or"), "gate"),
        **dict.fromkeys(("circles", "moons", "spiral", "blobs"), "classes"),
        **dict.fromkeys(("mazur", "sine"), "regression"),
    }
    assert all(DATASETS[key].train is gate and DATASETS[key].held_out is None for key, gate in GATES.items())
    assert all(DATASETS[key].held_out is not None for key in set(DATASETS) - {*GATES, "mazur"})


@pytest.mark.parametrize("key, part", PARTS)
def test_they_are_data_like_any_other(key, part):
    """Within the limits of a reader's own table, accepted by the same check, frozen, of order 1, and short to write."""
    table = part_of(key, part)
    data(table.x, table.y_true)
    assert len(table.x) == COUNT <= SAMPLES and table.x.shape[1] + table.y_true.shape[1] <= COLUMNS
    assert 0.4 < table.x.std() < 1 and np.abs(table.x).max() < 2.5 and np.abs(table.x.mean(axis=0)).max() < 0.15
    assert not table.x.flags.writeable and not table.y_true.flags.writeable
    assert not any(np.signbit(numbers[numbers == 0]).any() for numbers in (table.x, table.y_true))
    assert all(len(repr(abs(float(number)))) <= 5 for number in (*table.x.flat, *table.y_true.flat))


@pytest.mark.parametrize("key", DRAWN)
def test_nothing_is_held_out_that_was_trained_on(key):
    """The two parts share no point; only a curve's inputs, to three decimals, meet by chance (2,000 values, 150 of each part)."""
    train, held_out = ({tuple(row) for row in part_of(key, part).x.tolist()} for part in ("train", "held_out"))
    assert len(train) > 0.9 * COUNT
    assert len(train & held_out) <= (0 if key != "sine" else 0.15 * COUNT)


@pytest.mark.parametrize("key, part", [place for place in PARTS if place[0] != "sine"])
def test_classes_are_balanced(key, part):
    """Every class is there equally often, from the first rows on; more than two classes have one target each."""
    targets = part_of(key, part).y_true
    classes = targets.shape[1] if targets.shape[1] > 1 else 2
    assert set(targets.flat) == {0, 1}
    which = targets.argmax(axis=1) if classes > 2 else targets[:, 0]
    assert np.unique(which, return_counts=True)[1].tolist() == [COUNT // classes] * classes
    assert len(set(which[:classes])) == classes
    assert classes == 2 or (targets.sum(axis=1) == 1).all()


@pytest.mark.parametrize(
    "key, low, high", [("circles", 0.4, 0.75), ("spiral", 0.4, 0.75), ("moons", 0.8, 0.95), ("blobs", 0.95, 1)]
)
def test_what_a_straight_line_can_do(key, low, high):
    """Circles and spiral need a hidden layer, moons gain by one, blobs do without."""
    train, held_out = DATASETS[key].train, DATASETS[key].held_out
    assert low <= right_by_a_line(train, train) <= high
    assert low <= right_by_a_line(train, held_out) <= high


@pytest.mark.parametrize("key", [*TWO, "blobs"])
def test_the_held_out_part_is_of_the_same_law(key):
    """What is known of the training part tells the held-out part: the nearest neighbour is right almost always."""
    assert right_by_the_nearest(DATASETS[key].train, DATASETS[key].held_out) >= 0.97


@pytest.mark.parametrize("part", ["train", "held_out"])
def test_a_radius_separates_the_circles(part):
    """Every point of class 1 is nearer to the origin than 0.65, every other one farther; and they lie all around it."""
    table = part_of("circles", part)
    radius = np.hypot(*table.x.T)
    assert ((radius < 0.65) == (table.y_true[:, 0] == 1)).all()
    assert set(np.floor(np.arctan2(*table.x.T) / (np.pi / 3))) == {-3, -2, -1, 0, 1, 2}


@pytest.mark.parametrize("part", ["train", "held_out"])
def test_the_nearer_arc_tells_the_moons(part):
    """The upper moon's circle is centred at (−½, −¼), the lower one's at (½, ¼): each point is nearer to its own half circle."""
    table = part_of("moons", part)
    angle = np.linspace(0, np.pi, 500)
    upper = np.exp(1j * angle) - (0.5 + 0.25j)
    points = table.x @ [1, 1j]
    nearest = [np.abs(points[:, None] - arc).min(axis=1) for arc in (upper, -upper)]
    assert np.mean((nearest[1] < nearest[0]) == (table.y_true[:, 0] == 1)) == 1
    assert np.max(np.minimum(*nearest)) < 0.4  # four times the blur


@pytest.mark.parametrize("part", ["train", "held_out"])
def test_unwinding_separates_the_spiral(part):
    """Turned back by a turn and a quarter per unit of radius, one arm lies on the right, the other on the left."""
    table = part_of("spiral", part)
    points = table.x @ [1, 1j]
    unwound = points * np.exp(-2.5j * np.pi * np.abs(points))
    assert np.mean((unwound.real < 0) == (table.y_true[:, 0] == 1)) >= 0.99


@pytest.mark.parametrize("part", ["train", "held_out"])
def test_the_blobs_are_where_they_say(part):
    """The means are a triangle's corners and the width is 0.3, within four standard errors."""
    table = part_of("blobs", part)
    corners = np.array([[0, 1], [-np.sqrt(0.75), -0.5], [np.sqrt(0.75), -0.5]])
    for which, corner in enumerate(corners):
        cloud = table.x[table.y_true[:, which] == 1]
        assert np.abs(cloud.mean(axis=0) - corner).max() < 4 * 0.3 / np.sqrt(len(cloud))
        assert (cloud - corner).std() == pytest.approx(0.3, abs=4 * 0.3 / np.sqrt(2 * cloud.size))


@pytest.mark.parametrize("part", ["train", "held_out"])
def test_the_sine_is_one_period(part):
    """The targets are the imaginary part of (−1)ˣ, to three decimals; the inputs fill [−1, 1] without a large gap."""
    table = part_of("sine", part)
    assert table.x.shape == table.y_true.shape == (COUNT, 1)
    assert np.abs(table.y_true - np.power(-1 + 0j, table.x).imag).max() <= 0.0005 + 1e-12
    edges = np.sort([-1, *table.x[:, 0], 1])
    assert edges[0] == -1 and edges[-1] == 1 and np.diff(edges).max() < 0.1
