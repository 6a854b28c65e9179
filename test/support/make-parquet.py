"""Makes parquet-files.json: small files as Hugging Face ships them. With pyarrow: python make-parquet.py > parquet-files.json

Each has twelve pictures of 2 x 2 pixels as PPM, whose first value is the row, in two groups of rows; labels alternate.
"""
import base64, io, json
import pyarrow as pa, pyarrow.parquet as pq

names = ["cat", "dog"]
picture = lambda row: b"P6 2 2 255\n" + bytes([row, 100, 200] + [0] * 9)


def features(label):
    return {"info": {"features": {"image": {"_type": "Image"}, "label": label}}}


def write(labels, metadata, compression, shape="struct", rows=12, first=0):
    images = [picture(first + row) for row in range(rows)]
    if shape == "struct":
        column = pa.array([{"bytes": each, "path": f"{row}.ppm"} for row, each in enumerate(images)])
    elif shape == "paths":
        column = pa.array([{"bytes": None, "path": f"{row}.ppm"} for row in range(rows)], pa.struct([("bytes", pa.binary()), ("path", pa.string())]))
    else:
        column = pa.array(images)
    table = pa.table({"image": column, "label": labels[:rows]})
    if metadata:
        table = table.replace_schema_metadata({"huggingface": json.dumps(metadata)})
    to = io.BytesIO()
    pq.write_table(table, to, compression=compression, row_group_size=7)
    return base64.b64encode(to.getvalue()).decode()


numbers = pa.array([row % 2 for row in range(12)], pa.int64())
classes = features({"_type": "ClassLabel", "names": names})
files = {name: write(numbers, classes, name) for name in ["snappy", "zstd", "gzip", "brotli", "none"]}
files["test"] = write(numbers, classes, "snappy", rows=4, first=50)
files["words"] = write(pa.array([names[row % 2] for row in range(12)]), None, "snappy")
files["plainBytes"] = write(numbers, None, "snappy", shape="bytes")
files["unlabelled"] = write(pa.array([-1, None] * 2, pa.int64()), classes, "snappy", rows=4, first=80)
files["paths"] = write(numbers, classes, "snappy", shape="paths")
print(json.dumps(files, indent=2))
