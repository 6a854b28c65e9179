"""Loads an exported SavedModel and prints its logits and probabilities for the pictures on standard input, as JSON: what exports.native.test.ts asks."""

import json
import sys

import numpy as np
import tensorflow as tf

folder, side = sys.argv[1], int(sys.argv[2])
pictures = np.frombuffer(sys.stdin.buffer.read(), np.uint8).reshape(-1, side, side, 3)
serve = tf.saved_model.load(folder).signatures["serving_default"]
answer = serve(pictures=tf.constant(pictures))
print(json.dumps({name: value.numpy().tolist() for name, value in answer.items()}))
