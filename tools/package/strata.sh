#!/bin/sh
# `strata` in an installed Linux: commands in this terminal, pictures and nothing named in the window. As `npm start` does in a clone, it serves the app to a
# browser where no window can be shown. Links to this file are followed, so that it may stand in a folder of the PATH.
engine="$(dirname "$(dirname "$(readlink -f "$0")")")"
window="$(dirname "$(dirname "$engine")")/strata"

hindrance=
if [ -z "$DISPLAY$WAYLAND_DISPLAY" ]; then
  hindrance="there is no display"
elif [ "$(id -u)" = 0 ] && [ "$1" != --no-sandbox ]; then
  # Chromium's sandbox does not start for root.
  hindrance="root is not given one"
fi

case "${1:-app}" in
  # No command has a slash or a dot in its name.
  app | --self-test | --no-sandbox | [/.]* | [!-]*[/.]*)
    [ -z "$hindrance" ] && exec "$window" "$@"
    if [ "$1" = --self-test ]; then
      echo "The self-test opens the window ($hindrance): strata doctor does without." >&2
      exit 1
    fi
    ;;
esac
STRATA_NO_WINDOW="$hindrance" STRATA_NATIVE="$engine/native" exec "$engine/node" "$engine/src-main/entrypoints/cli.ts" "$@"
