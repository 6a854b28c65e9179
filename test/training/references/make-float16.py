"""What PyTorch's mixed precision in float16 makes of a small network, for test/training/float16.native.test.ts: autocast, and GradScaler from a scale that is
too large, so that its first steps are skipped.

Weights and pictures follow from a formula that the test has as well, so that what came of them alone is kept, in float16.json beside this file. To make it
anew, in a virtual environment with torch and numpy (last made with torch 2.15.0 on a processor):

    python test/training/references/make-float16.py && npx biome check --write test/training/references
"""

import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

PICTURES, SIDE, CLASSES, FILTERS, UNITS = 6, 8, 5, 8, 16
STEPS, FIRST_SCALE = 10, 2.0**22
RATE, MOMENTUM, CLIP, DECAY = 0.02, 0.9, 0.7, 1e-2

# As Strata lays them out: kernels are [height, width, in, out], dense layers [in, out].
SHAPES = {
    "conv/kernel": (3, 3, 3, FILTERS),
    "conv/bias": (FILTERS,),
    "hidden/kernel": (SIDE * SIDE // 4 * FILTERS, UNITS),
    "hidden/bias": (UNITS,),
    "out/kernel": (UNITS, CLASSES),
    "out/bias": (CLASSES,),
}


def formula(place, shape):
    size = int(np.prod(shape))
    fan_in = size // shape[-1]
    values = np.sin(1.7 * np.arange(size) + place) * (np.sqrt(3 / fan_in) if len(shape) > 1 else 0.1)
    return torch.tensor(values.reshape(shape), dtype=torch.float32, requires_grad=True)


# Two batches take turns, so that there is something to learn.
def pixels(step):
    place = np.arange(PICTURES * SIDE * SIDE * 3)
    return ((place * 37 + (place // 7) * 11 + step % 2 * 53) % 256).reshape(PICTURES, SIDE, SIDE, 3)


def forward(weights, x):
    kernel = weights["conv/kernel"].permute(3, 2, 0, 1)
    x = F.max_pool2d(F.relu(F.conv2d(x, kernel, weights["conv/bias"], padding=1)), 2)
    x = x.permute(0, 2, 3, 1).flatten(1)
    x = F.relu(F.linear(x, weights["hidden/kernel"].T, weights["hidden/bias"]))
    return F.linear(x, weights["out/kernel"].T, weights["out/bias"])


def train(is_low):
    weights = {name: formula(place, shape) for place, (name, shape) in enumerate(SHAPES.items())}
    optimizer = torch.optim.SGD(weights.values(), RATE, MOMENTUM)
    scaler = torch.amp.GradScaler("cpu", init_scale=FIRST_SCALE, enabled=is_low)
    losses, scales = [], []
    for step in range(STEPS):
        x = torch.tensor(pixels(step), dtype=torch.float32).permute(0, 3, 1, 2) / 127.5 - 1
        labels = (torch.arange(PICTURES) + step % 2) % CLASSES
        with torch.autocast("cpu", torch.float16, enabled=is_low):
            logits = forward(weights, x)
        loss = F.cross_entropy(logits.float(), labels)
        loss = loss + DECAY * sum((w**2).sum() for name, w in weights.items() if name.endswith("kernel")) / 2
        losses.append(loss.item())
        scales.append(scaler.get_scale())
        optimizer.zero_grad()
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        torch.nn.utils.clip_grad_norm_(weights.values(), CLIP)
        scaler.step(optimizer)
        scaler.update()
    return losses, scales, {name: w.detach().flatten().tolist() for name, w in weights.items()}


losses, scales, weights = train(True)
float32_losses, _, _ = train(False)
kept = {
    "losses": losses,
    "scales": scales,
    # Of the large ones some will do.
    "weights": {name: [float(f"{value:.8g}") for value in values[:64]] for name, values in weights.items()},
}
(pathlib.Path(__file__).parent / "float16.json").write_text(json.dumps(kept) + "\n")
print(scales)
print("furthest from float32:", max(abs(a / b - 1) for a, b in zip(losses[-5:], float32_losses[-5:])))
for low, full in zip(losses, float32_losses):
    print(low, full)
