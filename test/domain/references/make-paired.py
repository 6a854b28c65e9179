"""Writes paired.json: McNemar's exact test by statsmodels, and the interval of a paired mean by SciPy. `python3 make-paired.py`, with pip's scipy and
statsmodels; the file says which versions wrote it."""

import json
import pathlib

import numpy
import scipy
import scipy.stats
import statsmodels
from statsmodels.stats.contingency_tables import mcnemar

counts = [(0, 0), (0, 1), (5, 0), (3, 9), (21, 25), (52, 31), (7, 140), (1200, 1290), (4000, 4000), (20000, 20600)]
tests = [
    {"first": b, "second": c, "p": float(mcnemar([[0, b], [c, 0]], exact=True).pvalue) if b + c > 0 else 1.0}
    for b, c in counts
]

random = numpy.random.default_rng(1)
means = []
for pictures in (2, 31, 100, 1000):
    probabilities = random.beta(2, 1, size=(2, pictures)).clip(1e-6, 1)
    losses = -numpy.log(probabilities)
    low, high = scipy.stats.ttest_rel(losses[1], losses[0]).confidence_interval(0.95)
    means.append(
        {
            "probabilities": probabilities.tolist(),
            "value": float((losses[1] - losses[0]).mean()),
            "low": float(low),
            "high": float(high),
        }
    )

answers = {
    "versions": {"scipy": scipy.__version__, "statsmodels": statsmodels.__version__, "numpy": numpy.__version__},
    "mcnemar": tests,
    "pairedMeans": means,
}
pathlib.Path(__file__).with_name("paired.json").write_text(json.dumps(answers) + "\n")
