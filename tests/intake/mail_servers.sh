#!/bin/sh
# Decides whether e-mailed elections come in and are answered through a real mail server: exim4, with a configuration,
# spool and port of its own in a temporary folder, hands messages to a pipe and to LMTP; qppd answers by SMTP through it.
# What is missing is skipped by name.
#
#   mail_servers.sh QPP QPPD POPULATE
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
qpp=${1:?usage: mail_servers.sh QPP QPPD POPULATE}
qppd=$2
populate=$3
. "$here/exim.inc"
if ! find_exim; then
	echo "1..0 # SKIP $no_exim"
	exit 0
fi
folder=$(mktemp -d)
service=
stop() {
	[ -z "$service" ] || kill "$service" 2>/dev/null || true
	stop_exim
	[ -z "$service" ] || wait "$service" 2>/dev/null || true
	rm -rf "$folder"
}
trap stop EXIT
trap 'exit 1' HUP INT TERM

port=$(free_port)
lmtp=$(free_port)
# The pipe runs as exim's user, who needs to see the program and the folder of data.
mkdir "$folder/bin" "$folder/data"
cp "$qpp" "$folder/bin/qpp"
"$populate" "$folder/data" amy.official@example.org 000000001 000000002
mkdir "$folder/data/intake"
configure_exim "$port" "$lmtp" "$folder/bin/qpp election intake --data $folder/data" pat amy.official last away
printf '{"address": "https://qpp.example", "mail": {"server": "smtp://127.0.0.1:%s", "from": "no-reply@qpp.example"}}\n' "$port" \
	>"$folder/settings.json"
own_by_exim

number=0
status=0
# check NAME COMMAND...
check() {
	number=$((number + 1))
	name=$1
	shift
	if "$@"; then
		echo "ok $number - $name"
	else
		echo "not ok $number - $name"
		status=1
		tail -n 15 "$folder/log/mainlog" 2>/dev/null | sed 's/^/# /'
		sed 's/^/# /' "$folder/qppd.log" | tail -n 5
	fi
}
talk() {
	python3 "$here/mail_servers.py" "$@"
}
waiting() {
	find "$folder/data/intake" -name '*.eml' | wc -l
}
# The election of tests/cases from the account's address.
election() {
	"$qpp" election email "$root/tests/cases/election-2025.json" --at 2024-11-15T12:00:00-05:00 --from amy.official@example.org \
		--to pipe@qpp.example --output "$1" 2>/dev/null
}

echo "1..8"
start_exim "$port"
election "$folder/election.eml"

# The service is not running: the pipe alone takes it in, and the answer waits in the outbox.
sed 's/^From:.*\r/From: Pat <pat@elsewhere.example>\r/' "$folder/election.eml" >"$folder/stranger.eml"
check "exim takes a message by SMTP" talk send "$port" pipe@qpp.example "$folder/stranger.eml"
delivered() {
	for _ in $(seq 100); do
		grep -q "=> pipe <pipe@qpp.example>" "$folder/log/mainlog" 2>/dev/null && return 0
		sleep 0.1
	done
	return 1
}
check "the pipe takes it in without the service" delivered
check "nothing is left waiting" test "$(waiting)" -eq 0

"$qppd" --port 0 --data "$folder/data" --settings "$folder/settings.json" --window open --lmtp "$lmtp" >"$folder/qppd.log" 2>&1 &
service=$!
for _ in $(seq 100); do
	grep -q "listens on" "$folder/qppd.log" && break
	sleep 0.1
done
check "a stranger is told by mail to sign in" talk wait "$folder/box" pat "the address could not be matched with the account"

# The service has the store: the pipe leaves the message to it.
talk send "$port" pipe@qpp.example "$folder/election.eml"
check "an election by the pipe is filed, and the receipt comes by mail" talk wait "$folder/box" amy.official \
	"is filed. It holds the elements"

# By LMTP, without the agreement.
sed -e 's/^Agreement: yes/Agreement: no/' -e 's/^Message-Id:.*\r/Message-Id: <second@example.org>\r/' "$folder/election.eml" >"$folder/lacks.eml"
talk send "$port" lmtp@qpp.example "$folder/lacks.eml"
check "an incomplete one by LMTP is answered with what is missing" talk wait "$folder/box" amy.official \
	"does not acknowledge a formal written agreement between all parties. When all have signed it, write one line: Agreement: yes."

# An automatic answer is taken and not answered; the one behind it is.
sed -e 's/^From:.*\r/From: away@elsewhere.example\r/' -e 's/^Subject:/Auto-Submitted: auto-replied\r\nSubject:/' -e 's/^Message-Id:.*\r/Message-Id: <third@example.org>\r/' \
	"$folder/election.eml" >"$folder/away.eml"
sed -e 's/^From:.*\r/From: last@elsewhere.example\r/' -e 's/^Message-Id:.*\r/Message-Id: <fourth@example.org>\r/' "$folder/election.eml" >"$folder/last.eml"
talk send "$port" lmtp@qpp.example "$folder/away.eml"
talk send "$port" lmtp@qpp.example "$folder/last.eml"
check "a message by LMTP behind it is answered" talk wait "$folder/box" last "the address could not be matched"
check "an automatic answer is not" test ! -e "$folder/box/away"
exit "$status"
