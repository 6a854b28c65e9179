"""Unpacks the named members of a wheel: unpack.py WHEEL FOLDER PATTERN... A pattern's * stops at a slash.

Ends with 1 if a pattern fits nothing, unless a ? stands before it.
"""

import shutil
import sys
import zipfile
from pathlib import Path, PurePosixPath

wheel, folder, *asked = sys.argv[1:]
patterns = [pattern.removeprefix("?") for pattern in asked]
missing = {pattern for pattern in asked if not pattern.startswith("?")}
with zipfile.ZipFile(wheel) as archive:
    for member in archive.infolist():
        fitting = {pattern for pattern in patterns if PurePosixPath(member.filename).match(pattern)}
        if not fitting or member.is_dir():
            continue
        missing -= fitting
        target = Path(folder, member.filename)
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(member) as source, open(target, "wb") as destination:
            shutil.copyfileobj(source, destination, 1 << 20)
        if member.external_attr >> 16 & 0o111:
            target.chmod(0o755)
if missing:
    sys.exit(f"nothing in the wheel is named {', '.join(sorted(missing))}")
