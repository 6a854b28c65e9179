"""What torchvision's layers and captum's attributions give, for test/inference/references/references.native.test.ts.

Weights and pictures follow from the formula of test/models/torchvision/formula.py, so that the answers alone are kept, in golden.json beside this file.
To make them anew, in a virtual environment with torch, torchvision, captum and numpy (last made with torch 2.15.0, torchvision 0.29.2 and captum 0.9.0):

    python -m venv /tmp/golden && /tmp/golden/bin/pip install torch torchvision captum numpy
    /tmp/golden/bin/python test/inference/references/make-golden.py
"""

import json
import pathlib

import numpy as np
import torch
import torchvision
from captum.attr import InputXGradient, IntegratedGradients, LayerGradCam, Occlusion

from sampled import sampled
from formula import CLASSES, pictures, weight

here = pathlib.Path(__file__).parent
SIDE = 224
# The likeliest.
CLASS = 8
PATCH, STRIDE = SIDE // 4, SIDE // 16
STEPS = 256


model = torchvision.models.googlenet(
    weights=None, num_classes=CLASSES, init_weights=False, transform_input=False, aux_logits=True
)
model.load_state_dict({
    name: value if name.endswith("num_batches_tracked") else weight(name, value.shape)
    for name, value in model.state_dict().items()
})
# So that the softmax is not at its end, where hiding a part of the picture would change nothing.
model.fc.weight.data *= 0.1
model.eval()
for module in model.modules():
    # A hook for gradients refuses what is changed in place.
    if isinstance(module, torch.nn.ReLU):
        module.inplace = False

pixels = torch.from_numpy(pictures(SIDE)[:1]).to(torch.float32) / 255
picture = ((pixels - 0.5) / 0.5).permute(0, 3, 1, 2).contiguous()

activations = {}
for name, module in model.named_modules():
    if type(module).__name__ == "BasicConv2d" and not name.startswith("aux"):
        def keep(_, __, output, name=name):
            # Height, width, channel.
            activations[name] = sampled(name, output[0].permute(1, 2, 0).detach().numpy())
        module.register_forward_hook(keep)
with torch.no_grad():
    logits = model(picture)
kept_activations = dict(activations)


def in_cells(name, attribution, cell):
    """Summed over colours and over square cells."""
    summed = attribution[0].sum(0).detach().numpy().astype(np.float64)
    cells = -(-SIDE // cell)
    padded = np.zeros((cells * cell, cells * cell))
    padded[:SIDE, :SIDE] = summed
    return sampled(name, padded.reshape(cells, cell, cells, cell).sum((1, 3)))


cell = -(-SIDE // 64)
grad_cam = LayerGradCam(model, model.inception5b).attribute(picture, target=CLASS, relu_attributions=True)
times_input = InputXGradient(model).attribute(picture.clone().requires_grad_(), target=CLASS)
integrated, delta = IntegratedGradients(model).attribute(
    picture, target=CLASS, n_steps=STEPS, method="riemann_middle", internal_batch_size=16, return_convergence_delta=True
)
# Our grey is 0 of the network in 8 bits.
grey = round(255 * 0.5) / 255
hidden = Occlusion(lambda x: torch.softmax(model(x), 1)).attribute(
    picture, sliding_window_shapes=(3, PATCH, PATCH), strides=(3, STRIDE, STRIDE), target=CLASS,
    baselines=(grey - 0.5) / 0.5, perturbations_per_eval=8,
)

golden = {
    "inputPixels": SIDE,
    "class": CLASS,
    "logits": sampled("logits", logits[0].numpy()),
    "activations": kept_activations,
    "gradCam": sampled("gradCam", grad_cam[0, 0].detach().numpy()),
    "gradientTimesInput": in_cells("gradientTimesInput", times_input, cell),
    "integratedGradients": in_cells("integratedGradients", integrated, cell),
    # The same for each colour, since the window takes all of them.
    "occlusion": sampled("occlusion", hidden[0, 0].detach().numpy()),
}
(here / "golden.json").write_text(json.dumps(golden, indent=1) + "\n")
print(logits, "delta", delta, "occlusion", golden["occlusion"])
print(torch.__version__, torchvision.__version__)
