"""What torchvision's networks answer, for test/models/torchvision/torchvision.native.test.ts.

Weights and pictures follow from a formula that the test computes as well, so that the answers alone are kept, in golden.json beside this file.
To make them anew, in a virtual environment with torch, torchvision and numpy (last made with torch 2.15.0 and torchvision 0.29.2):

    python -m venv /tmp/golden && /tmp/golden/bin/pip install torch torchvision numpy
    /tmp/golden/bin/python test/models/torchvision/make-golden.py
"""

import json
import math
import pathlib

import numpy as np
import torch
import torchvision

CLASSES = 10
PICTURES = 2
IMAGENET = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])


def uniform(name, count):
    """Numbers in [-1, 1) by a hash of the name and each one's index: FNV-1a, then the finaliser of MurmurHash3."""
    start = 2166136261
    for byte in name.encode():
        start = ((start ^ byte) * 16777619) & 0xFFFFFFFF
    x = np.arange(count, dtype=np.uint32) * np.uint32(0x9E3779B1) + np.uint32(start)
    x ^= x >> np.uint32(16)
    x *= np.uint32(0x85EBCA6B)
    x ^= x >> np.uint32(13)
    x *= np.uint32(0xC2B2AE35)
    x ^= x >> np.uint32(16)
    return x.astype(np.float64) / 2.0**31 - 1


def weight(name, shape):
    values = uniform(name, math.prod(shape))
    if name.endswith("running_mean"):
        values = 0.1 * values
    elif name.endswith("running_var"):
        values = 1 + 0.5 * values
    elif name.endswith("bias"):
        values = 0.1 * values
    elif name.endswith("bn.weight"):
        values = 1 + 0.2 * values
    else:
        values = math.sqrt(6 / math.prod(shape[1:])) * values
    return torch.from_numpy(values.astype(np.float32).reshape(shape))


def pictures(side):
    """8-bit values, [pictures, side, side, 3]."""
    values = uniform("pictures", PICTURES * side * side * 3)
    return np.floor((values + 1) * 128).astype(np.uint8).reshape(PICTURES, side, side, 3)


def answers(model, side, mean, std, heads):
    model.load_state_dict({
        name: value if name.endswith("num_batches_tracked") else weight(name, value.shape)
        for name, value in model.state_dict().items()
    })
    model.eval()
    # In an evaluation torchvision leaves its heads out: each is asked itself, with what comes by in front of it.
    auxiliary = {}
    for head, before in heads.items():
        def ask(module, inputs, output, head=head):
            auxiliary[head] = getattr(model, head)(output).tolist()
        model.get_submodule(before).register_forward_hook(ask)
    pixels = torch.from_numpy(pictures(side)).to(torch.float32) / 255
    pixels = (pixels - torch.tensor(mean)) / torch.tensor(std)
    with torch.no_grad():
        logits = model(pixels.permute(0, 3, 1, 2).contiguous())
    return {"inputPixels": side, "mean": mean, "std": std, "logits": logits.tolist(), "auxiliary": auxiliary}


def build(name, **options):
    # Without `init_weights` the larger networks draw from a slow distribution that is thrown away at once.
    return getattr(torchvision.models, name)(weights=None, num_classes=CLASSES, **options)


HALF = ([0.5, 0.5, 0.5], [0.5, 0.5, 0.5])
inception = {"init_weights": False, "transform_input": False, "aux_logits": True}
golden = {
    "vgg11": answers(build("vgg11", init_weights=False), 224, *IMAGENET, {}),
    "vgg13": answers(build("vgg13", init_weights=False), 224, *IMAGENET, {}),
    "vgg16": answers(build("vgg16", init_weights=False), 224, *IMAGENET, {}),
    "vgg19": answers(build("vgg19", init_weights=False), 224, *IMAGENET, {}),
    "alexnet-torchvision": answers(build("alexnet"), 224, *IMAGENET, {}),
    "inception-v3-torchvision": answers(build("inception_v3", **inception), 299, *HALF, {"AuxLogits": "Mixed_6e"}),
    "googlenet-torchvision": answers(
        build("googlenet", **inception), 224, *HALF, {"aux1": "inception4a", "aux2": "inception4d"}
    ),
}
# With `transform_input`, as its published weights are used: pictures in ImageNet's scaling, rescaled inside to half.
transformed = build("inception_v3", **{**inception, "transform_input": True})
golden["inception-v3-torchvision, transformed"] = {
    **answers(transformed, 299, *IMAGENET, {}),
    **{"mean": HALF[0], "std": HALF[1]},
}
file = pathlib.Path(__file__).with_name("golden.json")
file.write_text(json.dumps(golden, indent=1) + "\n")
for name, one in golden.items():
    print(name, np.abs(np.array(one["logits"])).max(), one["logits"][0][:3])
