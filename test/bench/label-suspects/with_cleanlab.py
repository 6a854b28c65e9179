"""Suspects by cleanlab: a JSON document with `labels` and `probabilities` on standard input, positions in the order of each ranking on standard output."""
import json
import sys

import numpy
from cleanlab.filter import find_label_issues

given = json.load(sys.stdin)
labels, probabilities = numpy.array(given["labels"]), numpy.array(given["probabilities"])
found = {
    f"{kind}, {ranking}": find_label_issues(
        labels, probabilities, filter_by=kind, return_indices_ranked_by=ranking, n_jobs=1
    ).tolist()
    for kind in ("prune_by_noise_rate", "confident_learning")
    for ranking in ("self_confidence", "normalized_margin")
}
json.dump(found, sys.stdout)
