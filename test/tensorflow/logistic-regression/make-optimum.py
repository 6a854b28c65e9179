"""Writes optimum.json beside this file: labelled values, and by NumPy's Newton steps the least that multinomial logistic regression with L2 can reach on them.

python3 -m venv /tmp/numpy && /tmp/numpy/bin/pip install numpy && /tmp/numpy/bin/python test/tensorflow/logistic-regression/make-optimum.py
"""
import json
import pathlib

import numpy as np

random = np.random.default_rng(7)
pictures, channels, classes, decay = 60, 4, 3, 0.05
labels = random.integers(classes, size=pictures)
values = (random.normal(size=(pictures, channels)) + random.normal(size=(classes, channels))[labels]).round(4)
inputs = np.hstack([values, np.ones((pictures, 1))])
targets = np.eye(classes)[labels]
# Offsets take no decay. A little on them alone makes the step unique: all offsets may move together.
held = np.repeat(np.r_[np.full(channels, decay), 1e-9], classes)


def softmax(logits):
    exps = np.exp(logits - logits.max(1, keepdims=True))
    return exps / exps.sum(1, keepdims=True)


weights = np.zeros((channels + 1) * classes)
for _ in range(50):
    shares = softmax(inputs @ weights.reshape(-1, classes))
    gradient = (inputs.T @ (shares - targets) / pictures).ravel() + held * weights
    hessian = np.diag(held)
    for x, p in zip(inputs, shares, strict=True):
        hessian += np.kron(np.outer(x, x), np.diag(p) - np.outer(p, p)) / pictures
    weights -= np.linalg.solve(hessian, gradient)
assert np.abs(gradient).max() < 1e-12
shares = softmax(inputs @ weights.reshape(-1, classes))
own = weights.reshape(-1, classes)[:channels]
answer = {
    "numpy": np.__version__,
    **{"channels": channels, "classes": classes, "decay": decay},
    "values": values.ravel().tolist(),
    "labels": labels.tolist(),
    "weights": own.ravel().tolist(),
    "loss": float(-np.log(shares[np.arange(pictures), labels]).mean() + decay / 2 * (own**2).sum()),
    "correct": int((shares.argmax(1) == labels).sum()),
}
pathlib.Path(__file__).with_name("optimum.json").write_text(json.dumps(answer) + "\n", encoding="utf-8")
