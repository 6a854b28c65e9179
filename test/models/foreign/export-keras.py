"""Exports a small network with Keras, as model.export and as tf.saved_model.save write it, and prints its logits for the values on standard input."""
import json
import os
import sys

os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras  # noqa: E402
import numpy  # noqa: E402
import tensorflow  # noqa: E402

folder, side, classes = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
keras.utils.set_random_seed(1)
layers = keras.layers
model = keras.Sequential(
    [
        layers.Input((side, side, 3)),
        layers.Conv2D(6, 5, activation="tanh"),
        layers.AveragePooling2D(2),
        layers.Conv2D(16, 5, activation="tanh"),
        layers.AveragePooling2D(2),
        layers.Flatten(),
        layers.Dense(120, activation="tanh"),
        layers.Dense(84, activation="tanh"),
        layers.Dense(classes),
    ]
)
for variable in model.trainable_variables:
    if "bias" in variable.path:
        variable.assign(numpy.random.default_rng(2).normal(size=variable.shape) * 0.2)
model.export(os.path.join(folder, "exported"), verbose=False)
tensorflow.saved_model.save(model, os.path.join(folder, "saved"))
pictures = numpy.frombuffer(sys.stdin.buffer.read(), "uint8").reshape((-1, side, side, 3))
print(json.dumps(model(pictures.astype("float32") / 127.5 - 1).numpy().ravel().tolist()))
