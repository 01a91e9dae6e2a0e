"""A loss of many parameters cannot be drawn; a plane through it can. A plane has two directions, every point of it is one theta,
and a run that leaves the plane is seen where its shadow falls, together with how far off it really is."""

from dataclasses import dataclass

import numpy as np

from engine.op import Array, frozen

PARALLEL = 1e-9  # two directions closer than this, relative to their length, span no plane


@dataclass(frozen=True, eq=False)
class Plane:
    """The points origin + a·across + b·up, all (P,); across and up are of length 1 and at right angles."""

    origin: Array
    across: Array
    up: Array

    def at(self, spots) -> Array:
        """Coordinates (..., 2) in the plane -> theta (..., P)."""
        spots = np.asarray(spots, dtype=float)
        return self.origin + spots[..., :1] * self.across + spots[..., 1:] * self.up

    def seen(self, theta: Array) -> tuple[Array, Array]:
        """theta (..., P) -> the nearest point's coordinates (..., 2), and the distance off the plane (...)."""
        with np.errstate(over="ignore", invalid="ignore"):
            away = theta - self.origin
            spots = np.stack([away @ self.across, away @ self.up], axis=-1)
            off = away - spots[..., :1] * self.across - spots[..., 1:] * self.up
            return spots, np.sqrt((off**2).sum(axis=-1))


def of_parameters(theta: Array, axes: tuple[int, int]) -> Plane:
    """The plane of two parameters, the others as in theta (P,): its coordinates are the two parameters themselves."""
    across, up = np.eye(len(theta))[list(axes)]
    origin = np.array(theta, dtype=float)
    origin[list(axes)] = 0.0
    return Plane(frozen(origin), frozen(across), frozen(up))


def of_directions(theta: Array, first: Array, second: Array) -> Plane:
    """The plane through theta along `first` and, at right angles, as much as possible along `second` (Gram and Schmidt).

    Where they are parallel or 0, unit vectors of parameters take their place, so there is always a plane.
    """
    chosen: list[Array] = []
    for direction in (first, second, *np.eye(len(theta))):
        rest = np.array(direction, dtype=float)
        size = float(np.linalg.norm(rest))
        for unit in chosen:
            rest = rest - (rest @ unit) * unit
        left = float(np.linalg.norm(rest))
        if len(chosen) < 2 and left > PARALLEL * max(size, PARALLEL):
            chosen.append(rest / left)
    return Plane(frozen(theta), frozen(chosen[0]), frozen(chosen[1]))
