"""Trains the article's program with Keras itself and writes down what it did: keras_xor.json. Needs Keras and TensorFlow, which
the project does not; run it by hand in a folder of its own: python tests/recorded/keras_xor.py"""

import json
import os
from pathlib import Path

os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

import keras
import numpy as np
import tensorflow as tf

EPOCHS = 1000
KEPT = (1, 2, 3, 10, 100, 300, 1000)  # after so many epochs the weights are written down
CHOSEN = {"2, 1": [2.0, 1.0, 0.0], "1.25, 0.25": [1.25, 0.25, 0.0], "with a bias": [0.4, -0.7, 0.3], "dead": [-0.5, -1.0, 0.0]}
SEEDS = range(4)

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
Y = np.array([[0], [1], [1], [0]])


def train(precision: str, start: list[float] | None = None, seed: int | None = None) -> dict:
    """One run of the article's program: from the given (w1, w2, b), or as Keras draws them with a seed."""
    keras.backend.set_floatx(precision)
    if seed is not None:
        keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, activation="relu")])
    model.compile(optimizer=keras.optimizers.SGD(learning_rate=0.01), loss="mse")
    if start is not None:
        model.set_weights([np.array([start[:1], start[1:2]]), np.array(start[2:])])
    thetas = [flat(model)]
    at_end = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: thetas.append(flat(model)))
    x, y = X.astype(precision), Y.astype(precision)
    run = model.fit(x, y, batch_size=4, epochs=EPOCHS, shuffle=False, verbose=0, callbacks=[at_end])
    kept = {str(k): thetas[k] for k in KEPT}
    losses = {str(k): run.history["loss"][k - 1] for k in KEPT}  # Keras reports the loss before the epoch's one update
    return {"seed": seed, "precision": precision, "start": thetas[0], "theta_after": kept, "loss_before_update": losses}


def flat(model) -> list[float]:
    """(w1, w2, b) of the model, every digit."""
    kernel, bias = model.get_weights()
    return [float(x) for x in (*kernel[:, 0], *bias)]


if __name__ == "__main__":
    runs = [
        {"name": name, **train(precision, start=start)} for name, start in CHOSEN.items() for precision in ("float64", "float32")
    ]
    runs += [{"name": f"seed {seed}", **train("float64", seed=seed)} for seed in SEEDS]
    versions = {"keras": keras.__version__, "backend": keras.backend.backend(), "tensorflow": tf.__version__}
    text = json.dumps({"made_with": versions, "epochs": EPOCHS, "rate": 0.01, "runs": runs}, indent=1)
    Path(__file__).with_suffix(".json").write_text(text + "\n", encoding="utf-8")
