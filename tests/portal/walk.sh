#!/bin/sh
# Plays one story through the portal as people do, in Chromium, without JavaScript: NAME.mjs beside this script says
# which, and prints TAP.
#
#   walk.sh NAME PROGRAM [ARGUMENT...]     PROGRAM serves the pages
#
# tests/browser/packages.inc says what it needs.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=${QPP_SOURCE:-$here/../..}
name=${1:?usage: walk.sh NAME PROGRAM [ARGUMENT...]}
program=${2:?usage: walk.sh NAME PROGRAM [ARGUMENT...]}
shift 2
. "$root/tests/browser/packages.inc"
need_browser

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
need_styles "$work"
# Not exec: the folder is removed at the end.
node "$here/$name.mjs" "$program" "$packages" "$chromium" "$work" "$@"
