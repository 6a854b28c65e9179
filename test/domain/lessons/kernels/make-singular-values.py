"""Writes singular-values.json beside this file: kernels, their singular values by NumPy, and how far their best sums of r separable ones are from them.

python3 -m venv /tmp/numpy && /tmp/numpy/bin/pip install numpy && /tmp/numpy/bin/python test/domain/lessons/kernels/make-singular-values.py
"""
import json
import pathlib

import numpy as np

random = np.random.default_rng(17)


def drawn(height, width):
    return random.uniform(-1, 1, (height, width)).round(6)


kernels = {
    "3×3": drawn(3, 3),
    "5×5": drawn(5, 5),
    "7×7": drawn(7, 7),
    "11×11": drawn(11, 11),
    "wide": drawn(3, 5),
    "tall": drawn(7, 2),
    "of rank 2": (np.outer(range(5), range(1, 6)) + np.outer([1, 0, -1, 0, 1], [2, 1, 0, -1, -2])).astype(float),
    "near to rank 1": np.outer(drawn(7, 1), drawn(1, 7)).round(6) + 1e-6 * drawn(7, 7),
    "one value": np.eye(1, 9, 4).reshape(3, 3),
}
answers = []
for name, kernel in kernels.items():
    u, s, v = np.linalg.svd(kernel, full_matrices=False)
    errors = [float(np.linalg.norm(kernel - (u[:, :r] * s[:r]) @ v[:r])) for r in range(len(s) + 1)]
    answers.append({"name": name, "kernel": kernel.tolist(), "singularValues": s.tolist(), "errors": errors})
text = json.dumps({"numpy": np.__version__, "answers": answers}, ensure_ascii=False)
pathlib.Path(__file__).with_name("singular-values.json").write_text(text + "\n", encoding="utf-8")
