"""Where the weights start. Each recipe draws one layer's weights W (n_out, n_in) from a random generator; biases start at zero.
A start decides more than it seems: weights that start equal stay equal, and too small ones hardly pass a gradient on."""

import numpy as np

from engine.op import Array

EQUAL = 0.5  # the one number of the symmetric network: neither 0 nor so large that a unit saturates
SMALL = 0.01
LARGE = 2.0


def zeros(shape, rng) -> Array:
    """All weights 0: no unit differs from another, and no gradient passes back through a weight of 0."""
    return np.zeros(shape)


def equal(shape, rng) -> Array:
    """All weights the same number. The units of a layer then get the same gradient and stay copies of each other for ever:
    "symmetry breaking" in Rumelhart, Hinton and Williams 1986 (Parallel Distributed Processing, chapter 8)."""
    return np.full(shape, EQUAL)


def glorot_uniform(shape, rng) -> Array:
    """Uniform on ±√(6 / (n_in + n_out)): Glorot and Bengio 2010, eq. 16; the default of Keras's Dense."""
    limit = np.sqrt(6 / sum(shape))
    return rng.uniform(-limit, limit, shape)


def he_normal(shape, rng) -> Array:
    """Normal with standard deviation √(2 / n_in), made for ReLU: He, Zhang, Ren and Sun 2015, eq. 10."""
    return rng.normal(0, np.sqrt(2 / shape[-1]), shape)


def small_normal(shape, rng) -> Array:
    """Normal with standard deviation 0.01 whatever the width, as in Krizhevsky, Sutskever and Hinton 2012, section 5."""
    return rng.normal(0, SMALL, shape)


def large_normal(shape, rng) -> Array:
    """Normal with standard deviation 2 whatever the width: a sum of eight such terms already drives a tanh flat."""
    return rng.normal(0, LARGE, shape)


INITIALISERS = {entry.__name__: entry for entry in (zeros, equal, glorot_uniform, he_normal, small_normal, large_normal)}
