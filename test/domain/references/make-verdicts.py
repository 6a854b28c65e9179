"""Writes verdicts.json: the two-way analysis of variance and Holm's correction by statsmodels, Student's t by SciPy, the Brier score by scikit-learn.
`python3 make-verdicts.py`, with pip's scipy, statsmodels and scikit-learn; the file says which versions wrote it."""

import json
import pathlib

import numpy
import pandas
import scipy
import scipy.optimize
import scipy.stats
import sklearn
import sklearn.metrics
import statsmodels
import statsmodels.formula.api
from statsmodels.stats.anova import anova_lm
from statsmodels.stats.multitest import multipletests

random = numpy.random.default_rng(1)
t = scipy.stats.t

students = [
    {"degrees": d, "tails": a, "quantile": float(t.isf(a / 2, d)), "t": x, "beyond": float(2 * t.sf(x, d))}
    for d in (1, 2, 3.5, 4, 9, 31, 499, 9999)
    for a, x in ((0.05, 0.3), (0.001, 2.5), (0.5, 7.0))
]


def crossed(differences):
    """The interval that domain/verdicts/crossed-difference.ts tells, from the mean squares of another program."""
    seeds, pictures = differences.shape
    table = pandas.DataFrame(
        [(s, p, differences[s, p]) for s in range(seeds) for p in range(pictures)], columns=["seed", "picture", "d"]
    )
    squares = anova_lm(statsmodels.formula.api.ols("d ~ C(picture) + C(seed)", table).fit())["mean_sq"]
    parts = numpy.array([max(0, squares["C(picture)"] - squares["Residual"]), squares["C(seed)"]]) / (pictures * seeds)
    error = numpy.sqrt(parts.sum())

    def quantile(tails):
        return (parts * t.isf(tails / 2, [pictures - 1, seeds - 1])).sum() / parts.sum()

    value = float(differences.mean())
    p = scipy.optimize.brentq(lambda tails: quantile(tails) - abs(value) / error, 1e-12, 1 - 1e-12, xtol=1e-15)
    low, high = value - quantile(0.05) * error, value + quantile(0.05) * error
    return {"differences": differences.tolist(), "value": value, "low": float(low), "high": float(high), "p": float(p)}


tables = [
    random.normal(0.3, 1, (seeds, pictures)) + a * random.normal(size=pictures) + b * random.normal(size=(seeds, 1))
    for seeds, pictures, a, b in ((2, 10, 0.5, 0.1), (3, 25, 0, 0), (3, 40, 1, 0.5), (5, 30, 0.3, 0.2))
]
families = [[0.01], [0.02, 0.03], [0.04, 0.011, 0.2, 0.011], [0.5, 0.6, 0.001, 0.013, 0.9]]
confidences = random.uniform(0.2, 1, 50)
rights = (random.uniform(size=50) < confidences).astype(int)

answers = {
    "versions": {one.__name__: one.__version__ for one in (numpy, scipy, statsmodels, sklearn)},
    "students": students,
    "crossed": [crossed(table) for table in tables],
    "holm": [{"ps": ps, "adjusted": multipletests(ps, method="holm")[1].tolist()} for ps in families],
    "brier": {
        "confidences": confidences.tolist(),
        "rights": rights.tolist(),
        "score": float(sklearn.metrics.brier_score_loss(rights, confidences)),
    },
}
pathlib.Path(__file__).with_name("verdicts.json").write_text(json.dumps(answers) + "\n")
