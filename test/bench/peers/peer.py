"""What every peer does alike: read the case, feed noise, run steps when told, one JSON line each way."""

import json
import resource
import sys
import time

import numpy as np


def read_case():
    return json.loads(sys.stdin.readline())


def noise(case, batches=4):
    """Batches of 8-bit pictures and dense targets, a fresh one each step."""
    random = np.random.default_rng(0)
    side, size, classes = case["inputPixels"], case["batchSize"], case["classes"]
    return [
        (
            random.integers(0, 256, (size, side, side, 3), dtype=np.uint8),
            np.eye(classes, dtype=np.float32)[random.integers(0, classes, size)],
        )
        for _ in range(batches)
    ]


def serve(case, parameters, device, step):
    """Answers when the first step is done, with where it ran, then runs as many as each line asks for. `step` takes a batch and returns the loss as a number."""
    batches = noise(case)
    first_loss = step(batches[0])
    answer(parameters=parameters, device=device, loss=first_loss)
    count = 0
    for line in sys.stdin:
        millis = []
        for _ in range(json.loads(line)["steps"]):
            count += 1
            started = time.perf_counter()
            step(batches[count % len(batches)])
            millis.append((time.perf_counter() - started) * 1000)
        # Kilobytes on Linux.
        answer(millis=millis, peakMemoryBytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


def answer(**values):
    print(json.dumps(values), flush=True)
