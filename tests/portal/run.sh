#!/bin/sh
# Decides whether the portal's pages hold: every view in every state valid by tidy and without a fault that axe finds,
# wide and at 320 pixels, with the CMS Design System's styles and without.
#
#   run.sh SHOW
#
# tests/browser/packages.inc says what it needs.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=${QPP_SOURCE:-$here/../..}
show=${1:?usage: run.sh SHOW}
. "$root/tests/browser/packages.inc"
need_browser
command -v tidy >/dev/null 2>&1 || skip "tidy is not installed"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
need_styles "$work/pages/static"
mkdir -p "$work/bare/static"
cp "$root"/web/* "$work/bare/static/"
"$show" "$work/pages"
"$show" "$work/bare"
# Not exec: the pages are removed at the end.
node "$here/pages.mjs" "$work" "$packages" "$chromium"
