"""The network of a table of rows in Keras on TensorFlow, trained as Strata trains it."""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import tensorflow as tf
from keras import layers

from peer import read_case, serve

case = read_case()
if case["precision"] == "bfloat16":
    keras.mixed_precision.set_global_policy("mixed_bfloat16")


class LocalResponseNorm(layers.Layer):
    def __init__(self, row):
        super().__init__()
        self.row = row

    def call(self, x):
        row = self.row
        y = tf.nn.local_response_normalization(
            tf.cast(x, tf.float32), (row["neighbours"] - 1) // 2, row["k"], row["alpha"], row["beta"]
        )
        return tf.cast(y, x.dtype)


def finish(x, row):
    if row["batchNorm"]:
        x = layers.BatchNormalization(momentum=1 - row["batchNorm"]["momentum"], epsilon=row["batchNorm"]["epsilon"])(x)
    return layers.Activation(row["activation"])(x) if row["activation"] != "none" else x


def padded(x, padding):
    if isinstance(padding, str):
        return x, padding
    return (layers.ZeroPadding2D(padding)(x) if padding else x), "valid"


def convolution(x, row):
    x, padding = padded(x, row["padding"])
    groups = row["groups"]
    # TensorFlow has no gradient of grouped convolutions on a processor.
    parts = [x] if groups == 1 else [
        layers.Lambda(lambda t, i=i: tf.split(t, groups, axis=3)[i])(x) for i in range(groups)
    ]
    made = [
        layers.Conv2D(row["filters"] // groups, row["kernel"], row["stride"], padding, use_bias=not row["batchNorm"])(p)
        for p in parts
    ]
    return finish(made[0] if groups == 1 else layers.Concatenate()(made), row)


def pool(x, row):
    if row["kernel"] == "all":
        kind = layers.GlobalMaxPooling2D if row["operation"] == "max" else layers.GlobalAveragePooling2D
        return kind(keepdims=True)(x)
    kind = layers.MaxPooling2D if row["operation"] == "max" else layers.AveragePooling2D
    x, padding = padded(x, row["padding"])
    return kind(row["kernel"], row["stride"], padding)(x)


def dense(x, row):
    units = case["classes"] if row["units"] == "classes" else row["units"]
    return finish(layers.Dense(units, use_bias=not row["batchNorm"])(x), row)


def build(rows, x, heads):
    for row in rows:
        kind = row["kind"]
        if kind == "convolution":
            x = convolution(x, row)
        elif kind == "pool":
            x = pool(x, row)
        elif kind == "local-response-norm":
            x = LocalResponseNorm(row)(x)
        elif kind == "dropout":
            x = layers.Dropout(row["rate"])(x)
        elif kind == "flatten":
            x = layers.Flatten()(x)
        elif kind == "dense":
            x = dense(x, row)
        elif kind == "branches":
            x = layers.Concatenate()([build(branch, x, heads) for branch in row["branches"]])
        elif kind == "auxiliary":
            heads.append((layers.Flatten()(build(row["rows"], x, heads)), row["weight"]))
    return x


side = case["inputPixels"]
pictures = keras.Input((side, side, 3))
heads = []
logits = layers.Flatten()(build(case["rows"], pictures, heads))
model = keras.Model(pictures, [logits, *[head for head, _ in heads]])
weights = [1.0, *[weight for _, weight in heads]]

settings = case["optimizer"]
rate = case["learningRate"]
if settings["kind"] == "adam":
    optimizer = keras.optimizers.Adam(rate, settings["beta1"], settings["beta2"], settings["epsilon"])
else:
    optimizer = keras.optimizers.SGD(rate, settings["momentum"])
optimizer.build(model.trainable_variables)


@tf.function(jit_compile=case["variant"] == "XLA")
def train(pixels, targets):
    with tf.GradientTape() as tape:
        outputs = model(tf.cast(pixels, tf.float32) / 127.5 - 1, training=True)
        outputs = outputs if heads else [outputs]
        losses = [
            w * tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(targets, tf.cast(o, tf.float32)))
            for o, w in zip(outputs, weights)
        ]
        loss = tf.add_n(losses)
    gradients = tape.gradient(loss, model.trainable_variables)
    if case["clipNorm"]:
        gradients, _ = tf.clip_by_global_norm(gradients, case["clipNorm"])
    optimizer.apply(gradients, model.trainable_variables)
    return loss


parameters = sum(int(tf.size(v)) for v in model.trainable_variables)
device = "GPU" if tf.config.list_physical_devices("GPU") else "CPU"
serve(case, parameters, device, lambda batch: float(train(*batch)))
