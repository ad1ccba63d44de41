#!/bin/sh
# Decides whether messages of the outbox arrive at a real mail server, whole: starts aiosmtpd on a free port of the
# loopback interface, and test_smtp against it. What is missing is skipped by name.
#
#   smtp.sh TEST_SMTP
set -eu
here=$(cd "$(dirname "$0")" && pwd)
program=${1:?usage: smtp.sh TEST_SMTP}
# Debian's own Python has Debian's package; another one may stand before it.
python=
for candidate in python3 /usr/bin/python3; do
	if [ -z "$python" ] && "$candidate" -c 'import aiosmtpd' 2>/dev/null; then
		python=$candidate
	fi
done
if [ -z "$python" ]; then
	echo "1..0 # SKIP python3-aiosmtpd is not installed"
	exit 0
fi
folder=$(mktemp -d)
server=
stop() {
	[ -z "$server" ] || kill "$server" 2>/dev/null || true
	rm -rf "$folder"
}
trap stop EXIT
trap 'exit 1' HUP INT TERM
"$python" "$here/smtp_server.py" >"$folder/log" 2>"$folder/err" &
server=$!
port=
for _ in $(seq 100); do
	port=$(head -n 1 "$folder/log")
	[ -z "$port" ] || break
	sleep 0.1
done
if [ -z "$port" ]; then
	sed 's/^/# /' "$folder/err"
	echo "Bail out! the mail server did not start"
	exit 1
fi
"$program" "$port" "$folder/log"
