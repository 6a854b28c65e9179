"""Writes calibration.json: calibration and per-class figures of recorded runs, by scikit-learn, SciPy and an ECE of its own.

`python3 make-calibration.py <home>/strata.sqlite <run> <run>…`, with pip's scikit-learn. It reads the logits that real runs left in the record, the first
300 pictures of each split, and puts them beside the answers, so that the test needs neither record nor Python. The file says which versions wrote it."""

import base64
import json
import pathlib
import sqlite3
import sys

import numpy
import scipy
import scipy.optimize
import scipy.special
import sklearn
from sklearn import metrics
from sklearn.calibration import calibration_curve

pictures = 300
bins = 15


def read(database, run, split):
    classes, labels, logits = database.execute(
        "SELECT classes, labels, logits FROM logits WHERE run_id = ? AND split = ?", (run, split)
    ).fetchone()
    labels = numpy.frombuffer(labels, "<i4")
    logits = numpy.frombuffer(logits, "<f4").reshape(-1, classes)
    # At equal distances, so that every class is among them.
    chosen = numpy.linspace(0, len(labels) - 1, pictures).astype(int)
    return labels[chosen], logits[chosen]


def own_ece(confidence, right):
    error = 0.0
    for lower in range(bins):
        inside = (confidence > lower / bins) & (confidence <= (lower + 1) / bins)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return float(error)


def own_equal_mass_ece(confidence, right):
    order = numpy.sort(confidence)
    uppers = numpy.unique([order[int(numpy.ceil((i + 1) * len(order) / bins)) - 1] for i in range(bins)])
    places = numpy.searchsorted(uppers, confidence, side="left")
    return float(
        sum(
            (places == i).mean() * abs(right[places == i].mean() - confidence[places == i].mean())
            for i in range(len(uppers))
        )
    )


def decomposed(confidence, right, divergence, uncertainty):
    places = numpy.clip(numpy.digitize(confidence, numpy.arange(1, bins) / bins, right=True), 0, bins - 1)
    base = right.mean()
    parts = {"reliability": 0.0, "resolution": 0.0, "uncertainty": float(uncertainty(base))}
    for i in numpy.unique(places):
        inside = places == i
        parts["reliability"] += float(inside.mean() * divergence(right[inside].mean(), confidence[inside].mean()))
        parts["resolution"] += float(inside.mean() * divergence(right[inside].mean(), base))
    return parts


def divergence_of(share, forecast):
    return scipy.special.rel_entr(share, forecast) + scipy.special.rel_entr(1 - share, 1 - forecast)


def scores(labels, logits, temperature=1.0):
    probabilities = scipy.special.softmax(logits.astype(float) / temperature, axis=1)
    answer = probabilities.argmax(axis=1)
    confidence = probabilities.max(axis=1)
    right = (answer == labels).astype(float)
    named = list(range(logits.shape[1]))
    return probabilities, answer, confidence, right, {
        "top1": float(metrics.accuracy_score(labels, answer)),
        "meanConfidence": float(confidence.mean()),
        "hardLoss": float(metrics.log_loss(labels, probabilities, labels=named)),
        "brier": float(metrics.brier_score_loss(labels, probabilities, labels=named, scale_by_half=False)),
        "ece": own_ece(confidence, right),
    }


def temperature_of(labels, logits):
    logits = logits.astype(float)

    def slope(beta):
        shares = scipy.special.softmax(beta * logits, axis=1)
        return float(((shares * logits).sum(axis=1) - logits[numpy.arange(len(labels)), labels]).mean())

    return 1 / scipy.optimize.brentq(slope, 0.05, 20, xtol=1e-15, rtol=4 * numpy.finfo(float).eps)


def answers_of(database, run):
    (validation_labels, validation), (test_labels, test) = (read(database, run, s) for s in ("validation", "test"))
    probabilities, answer, confidence, right, told = scores(test_labels, test)
    accuracy, mean_confidence = calibration_curve(right, confidence, n_bins=bins, strategy="uniform")
    temperature = temperature_of(validation_labels, validation)
    named = list(range(test.shape[1]))
    precision, recall, f1, support = metrics.precision_recall_fscore_support(
        test_labels, answer, labels=named, zero_division=numpy.nan
    )
    empty = lambda values: [None if numpy.isnan(value) else float(value) for value in values]
    encode = lambda values: base64.b64encode(values.tobytes()).decode()
    return {
        "classes": test.shape[1],
        "validation": {"labels": validation_labels.tolist(), "logits": encode(validation)},
        "test": {"labels": test_labels.tolist(), "logits": encode(test)},
        "scores": told,
        "equalMassEce": own_equal_mass_ece(confidence, right),
        "curve": {"accuracy": accuracy.tolist(), "confidence": mean_confidence.tolist()},
        "brierOfAnswer": {"score": float(metrics.brier_score_loss(right, confidence))}
        | decomposed(confidence, right, lambda a, b: (a - b) ** 2, lambda p: p * (1 - p)),
        "logScoreOfAnswer": {"score": float(metrics.log_loss(right, confidence, labels=[0, 1]))}
        | decomposed(confidence, right, divergence_of, lambda p: scipy.special.entr(p) + scipy.special.entr(1 - p)),
        "temperature": temperature,
        "after": scores(test_labels, test, temperature)[4],
        "perClass": {
            "confusion": metrics.confusion_matrix(test_labels, answer, labels=named).tolist(),
            "precision": empty(precision),
            "recall": empty(recall),
            "f1": empty(f1),
            "support": support.tolist(),
            "balancedAccuracy": float(metrics.balanced_accuracy_score(test_labels, answer)),
        },
    }


database = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
answers = {
    "versions": {"scikit-learn": sklearn.__version__, "scipy": scipy.__version__, "numpy": numpy.__version__},
    "runs": [answers_of(database, int(run)) for run in sys.argv[2:]],
}
pathlib.Path(__file__).with_name("calibration.json").write_text(json.dumps(answers) + "\n")
