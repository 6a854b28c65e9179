"""What of an answer is kept: some places of it, by the formula, with the largest size of any."""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "models/torchvision"))
from formula import uniform

# Of every answer so many places are kept.
PLACES = 64


def rounded(values):
    return [float(f"{value:.7g}") for value in np.asarray(values, dtype=np.float64).ravel()]


def sampled(name, values, places=PLACES):
    """Places of a flat array by the formula, and the values there, with the largest size of any."""
    at = np.floor((uniform(f"places {name}", places) + 1) / 2 * values.size).astype(int)
    return {"largest": float(np.abs(values).max()), "values": rounded(values.ravel()[at])}
