"""Prints the message descriptors in files of a wheel, one a line in base64: what its own Python reads and writes protocol buffers by."""
import ast
import base64
import re
import sys
import zipfile

wheel, *files = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for file in files:
        text = archive.read(file).decode()
        literal = re.search(r"AddSerializedFile\((b'.*')\)$", text, re.MULTILINE).group(1)
        print(base64.b64encode(ast.literal_eval(literal)).decode())
