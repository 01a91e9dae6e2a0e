"""Lets PyTorch and Keras themselves take 25 steps with every optimizer and writes down where they went: optimizers.json. Needs both
frameworks, which the project does not; run it by hand in a folder of its own: python tests/recorded/optimizers.py

Keras runs on JAX: on TensorFlow it rounds 0.1, β and ε to float32 even where all else is float64.

What could not be recorded, because a framework defines it otherwise, stands in NOT_RECORDED and is written down too."""

import json
import os
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_ENABLE_X64"] = "1"

import jax
import keras
import numpy as np
import torch

NOT_RECORDED = [  # by whom, what of ours it is, and what it does otherwise
    {"by": "torch", "what": "clip_norm", "why": "it adds 1e-6 to the norm"},
    {"by": "keras", "what": "momentum", "why": "its velocity contains the learning rate"},
    {"by": "keras", "what": "nadam", "why": "it has another warm-up"},
]
STEPS = 25
NETWORK_STEPS = (1, 2, 3, 10, 25)  # after so many updates all 17 numbers of the network are written down
X = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
Y = [[0.0], [1.0], [1.0], [0.0]]


def quadratic(theta, of):
    return 0.5 * theta[0] ** 2 + 12.5 * theta[1] ** 2


def rosenbrock(theta, of):
    return (1 - theta[0]) ** 2 + 100 * (theta[1] - theta[0] ** 2) ** 2


def network(theta, of):
    """XOR by four tanh units and one sigmoid, mean squared error; theta is W1, b1, W2, b2 in a row."""
    w1, b1, w2, b2 = of.reshape(theta[:8], (4, 2)), theta[8:12], of.reshape(theta[12:16], (4, 1)), theta[16]
    x, y_true = of.constant(X), of.constant(Y)
    y = of.sigmoid(of.tanh(x @ of.transpose(w1) + b1) @ w2 + b2)
    return ((y - y_true) ** 2).sum() / 4


class Torch:
    """The few words in which the frameworks differ."""

    reshape, sigmoid, tanh, transpose = torch.reshape, torch.sigmoid, torch.tanh, torch.t
    constant = torch.tensor


class Jax:
    reshape, sigmoid, tanh, transpose = jax.numpy.reshape, jax.nn.sigmoid, jax.numpy.tanh, jax.numpy.transpose
    constant = jax.numpy.array


START = {
    "quadratic": (quadratic, [-2.5, 0.8]),
    "rosenbrock": (rosenbrock, [-1.2, 1.0]),
    "network": (network, [round(float(x), 3) for x in np.random.default_rng(5).uniform(-1, 1, 17)]),
}
RATES = {  # of those that take η times a gradient, and of those that divide by its root
    "plain": {"quadratic": 0.01, "rosenbrock": 0.0002, "network": 0.3},
    "divided": {"quadratic": 0.05, "rosenbrock": 0.02, "network": 0.05},
}

O, K = torch.optim, keras.optimizers
BETAS = {"beta1": 0.8, "beta2": 0.95, "eps": 0.03}


def betas(beta1=0.9, beta2=0.999, **more):
    return {"betas": (beta1, beta2), **more}


def epsilon(eps=None, **more):
    return {**more, **({} if eps is None else {"epsilon": eps})}


# our key, AMSGrad?, kind of rate, the framework's optimizer from (η, hyper), hyper-parameters that are not its defaults
TORCH = (
    ("gd", False, "plain", lambda p, lr: O.SGD(p, lr), {}),
    ("momentum", False, "plain", lambda p, lr, momentum=0.9: O.SGD(p, lr, momentum=momentum), {"momentum": 0.7}),
    ("nesterov", False, "plain", lambda p, lr, momentum=0.9: O.SGD(p, lr, momentum=momentum, nesterov=True), {"momentum": 0.7}),
    (
        "adagrad", False, "divided",
        lambda p, lr, start=0.0, **h: O.Adagrad(p, lr, initial_accumulator_value=start, **h), {"eps": 0.03, "start": 0.2},
    ),
    ("rmsprop", False, "divided", lambda p, lr, **h: O.RMSprop(p, lr, **h), {"alpha": 0.8, "eps": 0.03}),
    ("adam", False, "divided", lambda p, lr, **h: O.Adam(p, lr, **betas(**h)), BETAS),
    ("adam", True, "divided", lambda p, lr, **h: O.Adam(p, lr, amsgrad=True, **betas(**h)), BETAS),
    (
        "adamw", False, "divided",
        lambda p, lr, decay=0.01, **h: O.AdamW(p, lr, weight_decay=decay, **betas(**h)), {**BETAS, "decay": 0.2},
    ),
    (
        "nadam", False, "divided",
        lambda p, lr, psi=0.004, **h: O.NAdam(p, lr, momentum_decay=psi, **betas(**h)), {**BETAS, "psi": 0.1},
    ),
)  # fmt: skip
DEFAULTS = {"adagrad": O.Adagrad, "rmsprop": O.RMSprop, "adam": O.Adam, "adamw": O.AdamW, "nadam": O.NAdam}  # taken as they are
KERAS = (
    (
        "adagrad", False, lambda lr, start=None, **h: K.Adagrad(
            lr, **({} if start is None else {"initial_accumulator_value": start}), **epsilon(**h)
        ), {"eps": 0.03, "start": 0.2},
    ),
    (
        "rmsprop", False, lambda lr, alpha=None, **h: K.RMSprop(lr, **({} if alpha is None else {"rho": alpha}), **epsilon(**h)),
        {"alpha": 0.8, "eps": 0.03},
    ),
    ("adam", False, lambda lr, beta1=0.9, beta2=0.999, **h: K.Adam(lr, beta1, beta2, **epsilon(**h)), BETAS),
    ("adam", True, lambda lr, beta1=0.9, beta2=0.999, **h: K.Adam(lr, beta1, beta2, amsgrad=True, **epsilon(**h)), BETAS),
    (
        "adamw", False, lambda lr, decay=None, **h: K.AdamW(
            lr, **({} if decay is None else {"weight_decay": decay}),
            **{{"beta1": "beta_1", "beta2": "beta_2", "eps": "epsilon"}[name]: x for name, x in h.items()},
        ), {**BETAS, "decay": 0.2},
    ),
)  # fmt: skip
BEFORE = {  # what stands in front of the optimizer, and the hyper-parameter it brings
    "l2": lambda p, lr, l2: O.SGD(p, lr, momentum=0.9, weight_decay=l2),
    "l2 adam": lambda p, lr, l2: O.Adam(p, lr, weight_decay=l2),
}
SCHEDULES = {  # our key: (our hyper-parameters, PyTorch's schedule)
    "step": ({"gamma": 0.5, "every": 7}, lambda o: O.lr_scheduler.StepLR(o, 7, 0.5)),
    "exponential": ({"gamma": 0.9}, lambda o: O.lr_scheduler.ExponentialLR(o, 0.9)),
    "cosine": ({"total": 25}, lambda o: O.lr_scheduler.CosineAnnealingLR(o, 25)),
    "warm_up": ({"warm": 8}, lambda o: O.lr_scheduler.LinearLR(o, 1 / 8, 1.0, 7)),
}


def by_torch(name, make, lr, cut=None, schedule=None, **hyper) -> list[list[float]]:
    loss, start = START[name]
    theta = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimizer, path = make([theta], lr, **hyper), [start]
    scheduler = schedule(optimizer) if schedule else None
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss(theta, Torch).backward()
        if cut:
            torch.nn.utils.clip_grad_value_([theta], cut)
        optimizer.step()
        if scheduler:
            scheduler.step()
        path.append(theta.tolist())
    return path


def by_keras(name, make, lr, **hyper) -> list[list[float]]:
    loss, start = START[name]
    theta = keras.Variable(np.array(start), dtype="float64")
    optimizer, path = make(lr, **hyper), [start]
    optimizer.build([theta])
    gradient = jax.grad(lambda values: loss(values, Jax))
    for _ in range(STEPS):
        optimizer.apply([gradient(theta.value)], [theta])
        path.append(np.array(theta.value).tolist())
    return path


def run(path, name, **more) -> dict:
    kept = NETWORK_STEPS if name == "network" else range(1, STEPS + 1)
    return {**more, "objective": name, "theta": {k: path[k] for k in kept}}


def runs() -> list[dict]:
    found = []
    for key, amsgrad, kind, make, chosen in TORCH:
        for name in START:
            for hyper in ({}, chosen) if chosen else ({},):
                bare = DEFAULTS.get(key) if not hyper and not amsgrad else None
                lr = RATES[kind][name]
                path = by_torch(name, bare or make, lr, **hyper)
                found.append(run(path, name, key=key, flavour="pytorch", amsgrad=amsgrad, rate=lr, hyper=hyper))
    for key, amsgrad, make, chosen in KERAS:
        for name in START:
            for hyper in ({}, chosen):
                lr = RATES["divided"][name]
                path = by_keras(name, make, lr, **hyper)
                found.append(run(path, name, key=key, flavour="keras", amsgrad=amsgrad, rate=lr, hyper=hyper))
    return found


def around() -> list[dict]:
    """With something in front of the optimizer, on Rosenbrock; by: whose run it is."""
    name, plain, divided = "rosenbrock", RATES["plain"]["rosenbrock"], RATES["divided"]["rosenbrock"]
    found = [
        run(by_torch(name, BEFORE["l2"], plain, l2=0.3), name, by="torch", key="momentum", rate=plain, around={"l2": 0.3}),
        run(by_torch(name, BEFORE["l2 adam"], divided, l2=0.3), name, by="torch", key="adam", rate=divided, around={"l2": 0.3}),
        run(by_torch(name, TORCH[0][3], 0.01, cut=20.0), name, by="torch", key="gd", rate=0.01, around={"clip_value": 20.0}),
        run(
            by_keras(name, lambda lr: K.SGD(lr, clipvalue=20.0), 0.01),
            name,
            by="keras",
            key="gd",
            rate=0.01,
            around={"clip_value": 20.0},
        ),
        run(
            by_keras(name, lambda lr: K.SGD(lr, global_clipnorm=20.0), 0.01),
            name,
            by="keras",
            key="gd",
            rate=0.01,
            around={"clip_norm": 20.0},
        ),
    ]
    for key, (hyper, schedule) in SCHEDULES.items():
        path = by_torch(name, TORCH[0][3], plain, schedule=schedule)
        found.append(run(path, name, by="torch", key="gd", rate=plain, schedule=key, around=hyper))
    return found


if __name__ == "__main__":
    keras.backend.set_floatx("float64")
    torch.set_default_dtype(torch.float64)  # NAdam keeps a product in the default precision
    versions = {"torch": torch.__version__, "keras": keras.__version__, "jax": jax.__version__}
    starts = {name: start for name, (_, start) in START.items()}
    lines = {"made_with": versions, "starts": starts, "not_recorded": NOT_RECORDED, "runs": runs(), "around": around()}
    text = ",\n".join(
        f'"{name}": ' + ("[\n" + ",\n".join(map(json.dumps, x)) + "\n]" if isinstance(x, list) else json.dumps(x))
        for name, x in lines.items()
    )
    Path(__file__).with_suffix(".json").write_text("{\n" + text + "\n}\n", encoding="utf-8")
