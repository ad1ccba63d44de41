#!/bin/sh
# Runs a test with a PostgreSQL server of its own: in a temporary folder, reached by a socket there, ended afterwards.
#
#   pg.sh COMMAND ARGUMENT...      QPP_STORE_URL says where it is
set -u
bin=
for candidate in /usr/lib/postgresql/*/bin; do
	[ ! -x "$candidate/postgres" ] || bin=$candidate
done
if [ -z "$bin" ]; then
	echo "1..0 # SKIP postgresql is not installed"
	exit 0
fi
folder=$(mktemp -d /tmp/qpp-pg-XXXXXX)
# The server refuses to be root.
as=
if [ "$(id -u)" -eq 0 ]; then
	if ! id postgres >/dev/null 2>&1; then
		echo "1..0 # SKIP there is no user postgres for the server to be"
		rm -rf "$folder"
		exit 0
	fi
	chown postgres "$folder"
	as="setpriv --reuid postgres --regid postgres --clear-groups"
fi
server=
clean() {
	if [ -n "$server" ]; then
		kill -INT "$server" 2>/dev/null
		wait "$server" 2>/dev/null
	fi
	rm -rf "$folder"
}
trap clean EXIT
trap 'exit 1' INT TERM
cd "$folder" || exit 1
# An empty cluster is made once a build and copied: making one takes seconds. Several tests start at once.
version=${bin%/bin}
cluster=${QPP_BUILD:-$folder}/postgres-${version##*/}
make_cluster() (
	flock 9
	[ ! -d "$cluster" ] || exit 0
	# shellcheck disable=SC2086  # the words of the command
	$as "$bin/initdb" -D "$folder/data" -U qpp --auth=trust -E UTF8 --locale=C.UTF-8 --no-sync >"$folder/log" 2>&1 || exit 1
	rm -rf "$cluster.new"
	cp -a "$folder/data" "$cluster.new" && mv "$cluster.new" "$cluster"
) 9>"$cluster.lock"
if ! make_cluster || { [ ! -d "$folder/data" ] && ! cp -a "$cluster" "$folder/data"; }; then
	echo "1..1"
	echo "not ok 1 - the database is made"
	sed 's/^/# /' "$folder/log"
	exit 1
fi
# The machine does not lose its power during a test, so that the server need not wait for the disk.
# shellcheck disable=SC2086
$as "$bin/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= -c shared_buffers=64MB -c fsync=off \
	-c full_page_writes=off >>"$folder/log" 2>&1 &
server=$!
tries=0
until "$bin/pg_isready" -q -h "$folder" -U qpp -d postgres; do
	tries=$((tries + 1))
	if [ "$tries" -gt 100 ]; then
		echo "1..1"
		echo "not ok 1 - the server answers"
		sed 's/^/# /' "$folder/log"
		exit 1
	fi
	sleep 0.1
done
cd "$OLDPWD" || exit 1
QPP_STORE_URL="postgres:host=$folder user=qpp dbname=postgres options='-c lock_timeout=20s'"
export QPP_STORE_URL
"$@"
