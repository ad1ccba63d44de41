#!/bin/sh
# Plays the public notice of October 1, 2024 on the shipped synthetic state, with the clock at the day after: virtual groups for
# PY2025 are elected in a browser without JavaScript and by e-mail through a real mail server, and the agency's reviewer decides.
#
#   notice.sh QPPD QPP PRACTICES
#
# tests/browser/packages.inc says what it needs; without exim4 what goes by mail is skipped by name.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=${QPP_SOURCE:-$here/../..}
qppd=${1:?usage: notice.sh QPPD QPP PRACTICES}
qpp=$2
practices=$3
. "$root/tests/browser/packages.inc"
. "$root/tests/intake/exim.inc"
need_browser

folder=$(mktemp -d)
work=$(mktemp -d)
stop() {
	stop_exim
	rm -rf "$folder" "$work"
}
trap stop EXIT
trap 'exit 1' HUP INT TERM
need_styles "$work/static"
port=0
lmtp=0
if find_exim; then
	port=$(free_port)
	lmtp=$(free_port)
	configure_exim "$port" "$lmtp" /bin/false writer member partner stranger
	own_by_exim
	start_exim "$port"
fi
node "$here/notice.mjs" "$qppd" "$packages" "$chromium" "$work" "$qpp" "$practices" "$port" "$lmtp" "$folder/box"
