"""Writes paired.json: McNemar's exact test by statsmodels, and the interval of a paired mean by SciPy, on what recorded runs answered to the test pictures.

`python3 make-paired.py <home>/strata.sqlite <run> <run> …`, runs on the same pictures, with pip's scipy and statsmodels; each run is set against the one that
is named before it. The answers stand beside, with six decimals, so that the test needs neither record nor Python. The file says which versions wrote it."""

import itertools
import json
import pathlib
import sqlite3
import sys

import numpy
import scipy
import scipy.stats
import statsmodels
from statsmodels.stats.contingency_tables import mcnemar

database = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)


def read(run):
    """Whether each picture's answer is right, and the true class' probability."""
    rows = database.execute(
        "SELECT label = answer, true_confidence FROM predictions WHERE run_id = ? AND split = 'test' ORDER BY example", (run,)
    ).fetchall()
    right, probability = (numpy.array(column) for column in zip(*rows))
    return right.astype(bool), probability.round(6)


runs = [read(int(run)) for run in sys.argv[2:]]
pairs = list(itertools.pairwise(runs))
counts = [(int((a & ~b).sum()), int((b & ~a).sum())) for (a, _), (b, _) in pairs]
# Where few or none disagree, and many more than any record has.
counts += [(0, 0), (0, 1), (5, 0), (3, 9), (4000, 4000), (20000, 20600)]
tests = [
    {"first": b, "second": c, "p": float(mcnemar([[0, b], [c, 0]], exact=True).pvalue) if b + c > 0 else 1.0}
    for b, c in counts
]

means = []
for pictures, ((_, first), (_, second)) in zip((2, 31, 100, 400), itertools.cycle(pairs)):
    chosen = numpy.linspace(0, len(first) - 1, pictures).astype(int)
    probabilities = numpy.array([first[chosen], second[chosen]])
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
