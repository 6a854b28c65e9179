"""What torchvision's layers give, row by row, for test/inference/references/rows.native.test.ts.

Weights and pictures follow from the formula of test/models/torchvision/formula.py. To make golden-rows.json anew, in the virtual environment that
make-golden.py beside this file names (last made with torch 2.15.0 and torchvision 0.29.2):

    /tmp/golden/bin/python test/inference/references/make-golden-rows.py
"""

import json
import pathlib

import torch
import torchvision
from torch import nn

from sampled import sampled
from formula import CLASSES, IMAGENET, pictures, weight

SIDE = 224
HALF = ([0.5, 0.5, 0.5], [0.5, 0.5, 0.5])
PLACES = 32


def layers_of_lists(model):
    """AlexNet and VGG: what a convolution or dense layer gives behind its rectifier, pools, and the logits; their average pool does nothing at this size."""
    lists = [(f"{part}.{place}", module) for part in ("features", "classifier") for place, module in getattr(model, part).named_children()]
    return [(name, module) for name, module in lists if isinstance(module, (nn.ReLU, nn.MaxPool2d))] + lists[-1:]


def parts_of_googlenet(model):
    """Convolutions, pools, whole modules with their branches joined, and the logits."""
    return [(name, module) for name, module in model.named_children() if not name.startswith(("aux", "dropout"))]


def rows(model, layers, mean, std):
    model.load_state_dict({
        # So that the logits are of the size of others.
        name: value if name.endswith("num_batches_tracked") else weight(name, value.shape) * (0.1 if name == "fc.weight" else 1)
        for name, value in model.state_dict().items()
    })
    model.eval()
    found = []
    for name, module in layers(model):
        def keep(_, __, output, name=name):
            # Height, width, channel.
            values = output[0].permute(1, 2, 0) if output.dim() == 4 else output[0]
            found.append({"module": name, **sampled(name, values.detach().numpy().copy(), PLACES)})
        module.register_forward_hook(keep)
    pixels = (torch.from_numpy(pictures(SIDE)[:1]).to(torch.float32) / 255 - torch.tensor(mean)) / torch.tensor(std)
    with torch.no_grad():
        model(pixels.permute(0, 3, 1, 2).contiguous())
    return {"inputPixels": SIDE, "mean": mean, "std": std, "rows": found}


def build(name, **options):
    return getattr(torchvision.models, name)(weights=None, num_classes=CLASSES, **options)


googlenet = build("googlenet", init_weights=False, transform_input=False, aux_logits=True)
golden = {
    "alexnet-torchvision": rows(build("alexnet"), layers_of_lists, *IMAGENET),
    "vgg11": rows(build("vgg11", init_weights=False), layers_of_lists, *IMAGENET),
    "googlenet-torchvision": rows(googlenet, parts_of_googlenet, *HALF),
}
pathlib.Path(__file__).with_name("golden-rows.json").write_text(json.dumps(golden, indent=1) + "\n")
for name, one in golden.items():
    print(name, [(row["module"], row["largest"]) for row in one["rows"]])
