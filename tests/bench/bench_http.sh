#!/bin/sh
# How many requests a second qppd answers, beside nginx serving a static file of the same size, on the same machine in
# the same minute. Not a test: prints figures, and the ratio to the aim of a half.
#
#   bench_http.sh QPPD [SECONDS]         wants nginx and wrk (Debian: nginx-light, wrk)
set -eu
qppd=${1:?usage: bench_http.sh QPPD [SECONDS]}
seconds=${2:-10}
for program in nginx wrk; do
	command -v "$program" >/dev/null 2>&1 || { echo "$program is not installed"; exit 4; }
done
work=$(mktemp -d)
service=
server=
finish() {
	[ -z "$service" ] || kill "$service" 2>/dev/null || true
	[ -z "$server" ] || kill "$server" 2>/dev/null || true
	rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM
mkdir "$work/static"
printf 'ok\n' >"$work/static/small.txt"
head -c 4096 /dev/zero | tr '\0' 'x' >"$work/static/page.txt"
cat >"$work/nginx.conf" <<CONF
daemon off; worker_processes auto; pid $work/pid; error_log $work/error.log;
events { worker_connections 2048; }
http {
	access_log off; sendfile on; keepalive_requests 1000000;
	client_body_temp_path $work/b; proxy_temp_path $work/p; fastcgi_temp_path $work/f; uwsgi_temp_path $work/u; scgi_temp_path $work/s;
	types { text/plain txt; }
	server { listen 127.0.0.1:0; root $work; }
}
CONF
# nginx has no "any free port": one is asked of qppd, and let go again.
"$qppd" --port 0 --rate off >"$work/out" &
service=$!
while ! grep -q listens "$work/out"; do sleep 0.1; done
port=$(sed 's/.*://' "$work/out")
kill "$service"
wait "$service" || true
sed -i "s/127.0.0.1:0/127.0.0.1:$port/" "$work/nginx.conf"
nginx -p "$work" -c "$work/nginx.conf" 2>"$work/nginx.out" &
server=$!
"$qppd" --port 0 --rate off --static "$work/static" --log "$work/access.log" >"$work/out2" &
service=$!
while ! grep -q listens "$work/out2"; do sleep 0.1; done
ours=$(sed 's/.* //' "$work/out2")

# rate URL: requests a second, and the 99th percentile
rate() {
	wrk -t2 -c"$2" -d"$seconds"s --latency "$1" | awk '/99%/ { p = $2 } /Requests\/sec/ { r = $2 } /Non-2xx/ { bad = $0 } END { print r, p, bad }'
}
for connections in 64 256; do
	for file in small.txt page.txt; do
		a=$(rate "$ours/static/$file" "$connections")
		b=$(rate "http://127.0.0.1:$port/static/$file" "$connections")
		echo "$connections $file $a $b" | awk '{ printf "%4d connections, %s: qppd %d/s (99%% in %s), nginx %d/s (99%% in %s), ratio %.2f (aim 0.50)\n", $1, $2, $3, $4, $5, $6, $3 / $5 }'
	done
done
