"""Gives a Mac's app signatures that name nobody, without which its processor runs nothing: sign_mac.py FOLDER_OF_WHEEL APP."""

import sys

sys.path.insert(0, sys.argv[1])
import apple_platform  # noqa: E402 (lies in the folder that was given)

apple_platform.sign(sys.argv[2])
