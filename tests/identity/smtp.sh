#!/bin/sh
# Decides whether messages of the outbox arrive at a real mail server, whole: starts aiosmtpd on a free port of the
# loopback interface, and test_smtp against it. What is missing is skipped by name.
#
#   smtp.sh TEST_SMTP
set -eu
here=$(cd "$(dirname "$0")" && pwd)
program=${1:?usage: smtp.sh TEST_SMTP}
if ! python3 -c 'import aiosmtpd' 2>/dev/null; then
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
python3 "$here/smtp_server.py" >"$folder/log" 2>"$folder/err" &
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
