"""The network of a table of rows in PyTorch, trained as Strata trains it."""

import torch
import torch.nn.functional as F
from torch import nn

from peer import read_case, serve

case = read_case()
torch.manual_seed(0)
device = "cuda" if torch.cuda.is_available() else "cpu"
# As TensorFlow does on a GPU by itself; on a processor it means nothing.
torch.set_float32_matmul_precision("high" if device == "cuda" else "highest")


def same_padding(size, kernel, stride):
    """TensorFlow's: what is missing, the larger half behind."""
    missing = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return missing // 2, missing - missing // 2


class Padded(nn.Module):
    """Pads where the two sides differ, which PyTorch's own layers cannot."""

    def __init__(self, inner, padding, value):
        super().__init__()
        self.inner, self.padding, self.value = inner, padding, value

    def forward(self, x):
        return self.inner(F.pad(x, self.padding, value=self.value))


def slide(row, shape, kernel, make, value=0.0):
    """`make(padding)` with its own padding where both sides are alike."""
    if row["padding"] == "valid":
        return make((0, 0))
    if row["padding"] != "same":
        return make((row["padding"], row["padding"]))
    top, bottom = same_padding(shape[2], kernel[0], row["stride"])
    left, right = same_padding(shape[3], kernel[1], row["stride"])
    if top == bottom and left == right:
        return make((top, left))
    return Padded(make((0, 0)), (left, right, top, bottom), value)


def finish(layer, channels, row, norm):
    layers = [layer]
    if row["batchNorm"]:
        layers.append(norm(channels, eps=row["batchNorm"]["epsilon"], momentum=row["batchNorm"]["momentum"]))
    if row["activation"] != "none":
        layers.append(nn.ReLU(inplace=True) if row["activation"] == "relu" else nn.Tanh())
    return nn.Sequential(*layers)


def convolution(row, shape):
    def make(padding):
        return nn.Conv2d(
            shape[1], row["filters"], row["kernel"], row["stride"], padding, groups=row["groups"], bias=not row["batchNorm"]
        )

    return finish(slide(row, shape, row["kernel"], make), row["filters"], row, nn.BatchNorm2d)


def pool(row, shape):
    kernel = row["kernel"]
    if kernel == "all":
        return nn.AdaptiveMaxPool2d(1) if row["operation"] == "max" else nn.AdaptiveAvgPool2d(1)
    if row["operation"] == "max":
        return slide(row, shape, (kernel, kernel), lambda p: nn.MaxPool2d(kernel, row["stride"], p), float("-inf"))
    counts = row["padding"] != "same"
    return slide(row, shape, (kernel, kernel), lambda p: nn.AvgPool2d(kernel, row["stride"], p, count_include_pad=counts))


def dense(row, shape):
    units = case["classes"] if row["units"] == "classes" else row["units"]
    return finish(nn.Linear(shape[1], units, bias=not row["batchNorm"]), units, row, nn.BatchNorm1d)


class Branches(nn.Module):
    def __init__(self, row, shape):
        super().__init__()
        self.branches = nn.ModuleList(Rows(branch, shape) for branch in row["branches"])

    def forward(self, x):
        return torch.cat([branch(x)[0] for branch in self.branches], 1)


def layer(row, shape):
    kind = row["kind"]
    if kind == "convolution":
        return convolution(row, shape)
    if kind == "pool":
        return pool(row, shape)
    if kind == "local-response-norm":
        # PyTorch divides α by the number of neighbours.
        n = row["neighbours"]
        return nn.LocalResponseNorm(n, row["alpha"] * n, row["beta"], row["k"])
    if kind == "dropout":
        return nn.Dropout(row["rate"])
    if kind == "flatten":
        return nn.Flatten()
    if kind == "dense":
        return dense(row, shape)
    if kind == "branches":
        return Branches(row, shape)
    raise ValueError(kind)


class Rows(nn.Module):
    """Rows one after the other; a pass gives the output and the heads' outputs on the way. Each layer is made for the shape that reaches it."""

    def __init__(self, rows, shape):
        super().__init__()
        self.layers, self.heads, self.weights = nn.ModuleList(), nn.ModuleDict(), []
        x = torch.zeros(shape)
        for row in rows:
            if row["kind"] == "auxiliary":
                self.heads[str(len(self.layers))] = Rows(row["rows"], x.shape)
                self.weights.append(row["weight"])
                continue
            made = layer(row, x.shape).eval()
            with torch.no_grad():
                x = made(x)
            self.layers.append(made)
        self.shape = x.shape

    def forward(self, x):
        heads = []
        for i, made in enumerate(self.layers):
            if str(i) in self.heads:
                heads.append(self.heads[str(i)](x)[0].flatten(1))
            x = made(x)
        return x, heads


side = case["inputPixels"]
model = Rows(case["rows"], (1, 3, side, side)).train()
if case["variant"] != "default":
    model = model.to(memory_format=torch.channels_last)
model = model.to(device)
settings = case["optimizer"]
if settings["kind"] == "adam":
    optimizer = torch.optim.Adam(
        model.parameters(), case["learningRate"], (settings["beta1"], settings["beta2"]), settings["epsilon"], fused=True
    )
else:
    optimizer = torch.optim.SGD(model.parameters(), case["learningRate"], settings["momentum"], fused=True)


def loss_of(pixels, targets):
    x = pixels.permute(0, 3, 1, 2).to(torch.float32) / 127.5 - 1
    x = x.contiguous() if case["variant"] == "default" else x.contiguous(memory_format=torch.channels_last)
    with torch.autocast(device, torch.bfloat16, enabled=case["precision"] == "bfloat16"):
        logits, heads = model(x)
    loss = F.cross_entropy(logits.flatten(1).float(), targets)
    for head, weight in zip(heads, model.weights):
        loss = loss + weight * F.cross_entropy(head.float(), targets)
    return loss


forward = torch.compile(loss_of) if case["variant"] == "channels last, compiled" else loss_of


def step(batch):
    optimizer.zero_grad(set_to_none=True)
    loss = forward(*(torch.from_numpy(part).to(device) for part in batch))
    loss.backward()
    if case["clipNorm"]:
        nn.utils.clip_grad_norm_(model.parameters(), case["clipNorm"])
    optimizer.step()
    return loss.item()


serve(case, sum(p.numel() for p in model.parameters()), "GPU" if device == "cuda" else "CPU", step)
