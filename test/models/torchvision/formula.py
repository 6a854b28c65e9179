"""Weights and pictures by the formula that formula.ts beside this file computes as well."""

import math

import numpy as np
import torch

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
