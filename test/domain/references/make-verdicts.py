"""Writes verdicts.json: the two-way analysis of variance and Holm's correction by statsmodels, Student's t and the folded normal by SciPy, the Brier score by scikit-learn, on what
the runs of two arms of a recorded experiment answered to the test pictures.

`python3 make-verdicts.py <home>/strata.sqlite <run>,<run>,… <run>,<run>,…`, five of each arm in the order of their seeds, with pip's scipy, statsmodels and
scikit-learn. The differences stand beside, with six decimals, so that the test needs neither record nor Python. The file says which versions wrote it."""

import json
import pathlib
import sqlite3
import sys

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

database = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
t = scipy.stats.t


def read(runs):
    """Rows of each run: whether each picture's answer is right, its probability, and that of the true class."""
    answers = "SELECT label = answer, confidence, true_confidence FROM predictions WHERE run_id = ? AND split = 'test' ORDER BY example"
    return numpy.array([database.execute(answers, (run,)).fetchall() for run in runs.split(",")])


arms = [read(runs) for runs in sys.argv[2:4]]
measures = {
    "top1": lambda answers: answers[..., 0],
    "hardLoss": lambda answers: -numpy.log(answers[..., 2]),
    "answerBrier": lambda answers: (answers[..., 1] - answers[..., 0]) ** 2,
}


def differences_in(measure, seeds, pictures):
    """Of the arms' first seeds, at pictures that lie at equal distances."""
    chosen = numpy.linspace(0, arms[0].shape[1] - 1, pictures).astype(int)
    first, second = (measures[measure](arm[:seeds, chosen]) for arm in arms)
    return (second - first).round(6)


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


def calibration(seeds, pictures):
    """ECE of the second arm less the first's, whose interval is wider by what chance may add to each: domain/verdicts/calibration-errors.ts, by numpy and SciPy."""
    chosen = numpy.linspace(0, arms[0].shape[1] - 1, pictures).astype(int)
    answers = [arm[:seeds, chosen, :2].round(6) for arm in arms]
    values, biases = [], []
    for arm in answers:
        right, confidence = arm[..., 0], arm[..., 1]
        bins = numpy.digitize(confidence, numpy.arange(1, 15) / 15, right=True)
        signed, bias = numpy.zeros(right.shape), 0
        for seed in range(seeds):
            for one in numpy.unique(bins[seed]):
                within = bins[seed] == one
                count, off = within.sum(), right[seed, within] - confidence[seed, within]
                gap, share = off.sum() / pictures, (right[seed, within].sum() + 1) / (count + 2)
                spread = share * (1 - share) + confidence[seed, within].var() + (share - confidence[seed, within].mean()) ** 2
                # The gap has one right and one wrong answer more in its deviation, as its spread has.
                added = count * (share - confidence[seed, within].mean()) / pictures
                deviation = numpy.sqrt(count * spread / pictures**2 - added**2 / pictures)
                signed[seed, within] = numpy.sign(gap) * off
                least = max(0, abs(gap) / deviation - 1.5)
                bias += deviation * (scipy.stats.foldnorm(least).mean() - least) / seeds
        values.append(signed)
        biases.append(bias)
    plain = crossed(values[1] - values[0])
    return {
        "answers": [[{"rights": one[:, 0].astype(int).tolist(), "confidences": one[:, 1].tolist()} for one in arm] for arm in answers],
        "value": plain["value"],
        "low": plain["low"] - biases[1],
        "high": plain["high"] + biases[0],
    }


tables = [
    differences_in(measure, seeds, pictures)
    for measure, seeds, pictures in (
        ("top1", 5, 60),
        ("hardLoss", 2, 10),
        ("hardLoss", 3, 40),
        ("hardLoss", 5, 60),
        ("answerBrier", 3, 25),
        ("answerBrier", 5, 60),
    )
]
crossings = [crossed(table) for table in tables]
families = [[0.01], [0.02, 0.03], [0.04, 0.011, 0.2, 0.011], [one["p"] for one in crossings]]
confidences = arms[1][0, :50, 1].round(6)
rights = arms[1][0, :50, 0].astype(int)

answers = {
    "versions": {one.__name__: one.__version__ for one in (numpy, scipy, statsmodels, sklearn)},
    "students": students,
    "crossed": crossings,
    "holm": [{"ps": ps, "adjusted": multipletests(ps, method="holm")[1].tolist()} for ps in families],
    "calibrations": [calibration(3, 40), calibration(5, 80)],
    "brier": {
        "confidences": confidences.tolist(),
        "rights": rights.tolist(),
        "score": float(sklearn.metrics.brier_score_loss(rights, confidences)),
    },
}
pathlib.Path(__file__).with_name("verdicts.json").write_text(json.dumps(answers) + "\n")
