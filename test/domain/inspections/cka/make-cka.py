"""Writes cka.json beside this file: what two layers give for 24 pictures, and by NumPy their linear CKA from batches of 8 and from all at once.

Each term of the U-statistic is summed over all fours of pictures that differ, which shares nothing with the closed form. "biased" is Kornblith's own.

python3 -m venv /tmp/numpy && /tmp/numpy/bin/pip install numpy && /tmp/numpy/bin/python test/domain/inspections/cka/make-cka.py
"""
import json
import pathlib

import numpy as np

random = np.random.default_rng(18)
pictures, batch = 24, 8
shared = random.normal(size=(pictures, 3))
layers = [
    np.maximum(0, shared @ random.normal(size=(3, 6)) + 0.5 * random.normal(size=(pictures, 6)) + 2),
    np.tanh(shared @ random.normal(size=(3, 4))),
    random.normal(size=(pictures, 5)),
]
layers = [layer.round(5) for layer in layers]


def hsic(k, l):
    """E over different i, j, q, r of k_ij (l_ij + l_qr - 2 l_iq)."""
    n = len(k)
    i, j, q, r = np.meshgrid(*[np.arange(n)] * 4, indexing="ij", sparse=True)
    differ = (i != j) & (i != q) & (i != r) & (j != q) & (j != r) & (q != r)
    terms = k[i, j] * (l[i, j] + l[q, r] - 2 * l[i, q])
    return float((terms * differ).sum() / differ.sum())


def cka(size):
    grams = [[layer[at : at + size] @ layer[at : at + size].T for at in range(0, pictures, size)] for layer in layers]

    def mean(one, other):
        return np.mean([hsic(k, l) for k, l in zip(grams[one], grams[other], strict=True)])

    own = [mean(at, at) for at in range(len(layers))]
    return [[float(mean(a, b) / np.sqrt(own[a] * own[b])) for b in range(len(layers))] for a in range(len(layers))]


def biased(x, y):
    x, y = x - x.mean(0), y - y.mean(0)
    return float(np.linalg.norm(y.T @ x) ** 2 / (np.linalg.norm(x.T @ x) * np.linalg.norm(y.T @ y)))


text = json.dumps(
    {
        "numpy": np.__version__,
        "layers": [layer.tolist() for layer in layers],
        "batch": batch,
        "hsic": hsic(layers[0][:batch] @ layers[0][:batch].T, layers[1][:batch] @ layers[1][:batch].T),
        "fromBatches": cka(batch),
        "fromAll": cka(pictures),
        "biased": [[biased(x, y) for y in layers] for x in layers],
    }
)
pathlib.Path(__file__).with_name("cka.json").write_text(text + "\n", encoding="utf-8")
