"""What torchvision's networks answer, for test/models/torchvision/torchvision.native.test.ts.

Weights and pictures follow from a formula that the test computes as well, so that the answers alone are kept, in golden.json beside this file.
To make them anew, in a virtual environment with torch, torchvision and numpy (last made with torch 2.15.0 and torchvision 0.29.2):

    python -m venv /tmp/golden && /tmp/golden/bin/pip install torch torchvision numpy
    /tmp/golden/bin/python test/models/torchvision/make-golden.py
"""

import json
import pathlib

import numpy as np
import torch
import torchvision

from formula import CLASSES, IMAGENET, pictures, weight



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
