"""Writes event-file.base64: two values as TensorBoard's own writer has them. `python3 make-event-file.py`, with pip's tensorboard (2.21.0)."""

import base64
import io
import pathlib

from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.record_writer import RecordWriter

file = io.BytesIO()
writer = RecordWriter(file)
events = [
    Event(wall_time=1750000000, file_version="brain.Event:2"),
    *(
        Event(wall_time=1750000000, step=step, summary=Summary(value=[Summary.Value(tag=tag, simple_value=value)]))
        for tag, step, value in [("Hard loss/train, batch", 1, 1.75), ("Top-1/validation, epoch", 40_000_000_000, 0.1)]
    ),
]
for event in events:
    writer.write(event.SerializeToString())
pathlib.Path(__file__).with_name("event-file.base64").write_text(base64.b64encode(file.getvalue()).decode() + "\n")
