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
exim=
for candidate in exim4 /usr/sbin/exim4; do
	if [ -z "$exim" ] && command -v "$candidate" >/dev/null 2>&1; then
		exim=$(command -v "$candidate")
	fi
done
if [ -z "$exim" ]; then
	echo "1..0 # SKIP exim4 is not installed (Debian: exim4-daemon-light)"
	exit 0
fi
folder=$(mktemp -d)
server=
service=
stop() {
	[ -z "$server" ] || kill "$server" 2>/dev/null || true
	[ -z "$service" ] || kill "$service" 2>/dev/null || true
	[ -z "$server" ] || wait "$server" 2>/dev/null || true
	[ -z "$service" ] || wait "$service" 2>/dev/null || true
	rm -rf "$folder"
}
trap stop EXIT
trap 'exit 1' HUP INT TERM

free_port() {
	python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
port=$(free_port)
lmtp=$(free_port)
# Exim gives up the rights of root: it and the pipe run as its own user, who needs to see the program and the folders.
mkdir "$folder/spool" "$folder/log" "$folder/box" "$folder/bin" "$folder/data"
cp "$qpp" "$folder/bin/qpp"
user=$(id -un)
group=$(id -gn)
if [ "$(id -u)" = 0 ]; then
	user=Debian-exim
	group=Debian-exim
fi
"$populate" "$folder/data" amy.official@example.org 000000001 000000002
mkdir "$folder/data/intake"
cat >"$folder/exim.conf" <<CONF
primary_hostname = mx.qpp.example
exim_user = $user
exim_group = $group
spool_directory = $folder/spool
log_file_path = $folder/log/%slog
pid_file_path = $folder/exim.pid
daemon_smtp_ports = $port
local_interfaces = 127.0.0.1
deliver_drop_privilege = true
keep_environment =
tls_advertise_hosts =
host_lookup =
rfc1413_query_timeout = 0s
smtp_accept_max = 10
acl_smtp_rcpt = every
acl_smtp_data = every
begin acl
every:
  accept
begin routers
pipe:
  driver = accept
  local_parts = pipe
  transport = to_pipe
lmtp:
  driver = accept
  local_parts = lmtp
  transport = to_lmtp
people:
  driver = accept
  transport = to_box
begin transports
to_pipe:
  driver = pipe
  command = $folder/bin/qpp election intake --data $folder/data
  return_path_add
  temp_errors = 75
  return_fail_output
to_lmtp:
  driver = smtp
  protocol = lmtp
  hosts = 127.0.0.1
  port = $lmtp
  hosts_override
  allow_localhost
to_box:
  driver = appendfile
  file = $folder/box/\${lookup{\$local_part} lsearch,ret=key{$folder/people}}
  create_directory = false
begin retry
* * F,1h,2s
CONF
printf '%s:\n' pat amy.official last away >"$folder/people"
printf '{"address": "https://qpp.example", "mail": {"server": "smtp://127.0.0.1:%s", "from": "no-reply@qpp.example"}}\n' "$port" \
	>"$folder/settings.json"
if [ "$(id -u)" = 0 ]; then
	chown -R "$user:$group" "$folder"
	chown root:root "$folder/exim.conf"
fi

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
"$exim" -C "$folder/exim.conf" -bdf -q2s >"$folder/exim.log" 2>&1 &
server=$!
for _ in $(seq 100); do
	python3 -c "import socket; socket.create_connection(('127.0.0.1', $port), 1)" 2>/dev/null && break
	sleep 0.1
done
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
