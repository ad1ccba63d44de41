#!/bin/sh
# Runs one fuzzer for some time: builds it with clang's libFuzzer and sanitizers, since the other tests are built
# by gcc, feeds it the files given as seeds, and prints TAP. What made it fail is kept in the build folder.
#
#   fuzz.sh SOURCE SECONDS [SEED...]        wants QPP_BUILD, where the rules are compiled; SEED is a file or a folder
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=${QPP_SOURCE:-$(cd "$here/../.." && pwd)}
build=${QPP_BUILD:?QPP_BUILD names the build folder}
source=$1
seconds=$2
shift 2
cd "$root"

if ! command -v clang >/dev/null 2>&1; then
	echo "1..0 # SKIP clang is not installed"
	exit 0
fi
name=$(basename "$source" .c)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
mkdir "$scratch/corpus" "$scratch/seeds"
for seed in "$@"; do
	cp -R "$seed" "$scratch/seeds/"
done
kept=$build/fuzz
mkdir -p "$kept"

echo "1..2"
# The rooms that read hostile bytes; what the fuzzer does not call is not linked.
sources=$(find src/base src/core src/adapt/rules src/adapt/catalog src/adapt/csv src/adapt/json src/adapt/x12 src/adapt/xml src/app/remit.c src/adapt/http/decode.c src/adapt/http/multipart.c src/adapt/http/request.c src/adapt/http/response.c src/adapt/http/router.c src/adapt/http/scan.c src/adapt/http/versions.c -name '*.c' ! -name 'write*' ! -name 'read_set.c')
libraries="-lyajl -lexpat -lsodium"
if [ "$name" = fuzz_mime ]; then
	# Messages: the store's side of the intake is not needed.
	sources=$(find src/base src/core src/adapt/csv src/adapt/mail/mime_html.c src/adapt/mail/mime_read.c src/app/clock.c src/app/mail_address.c \
		src/app/intake_csv.c src/app/intake_fields.c src/app/intake_kind.c src/app/intake_lines.c src/app/intake_read.c src/app/intake_says.c \
		-name '*.c')
	libraries="-lsodium $(pkg-config --cflags --libs gmime-3.0)"
fi
# shellcheck disable=SC2086  # these are words
if ! clang -std=c17 -D_GNU_SOURCE -g -O1 -w -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
	-ffunction-sections -Wl,--gc-sections -Iinclude -Isrc -I"$build" "$source" "$build/rules_image.c" \
	$sources $libraries \
	-o "$scratch/$name" >"$scratch/build.log" 2>&1; then
	echo "not ok 1 - $name builds"
	tail -n 20 "$scratch/build.log" | sed 's/^/# /'
	echo "not ok 2 - $name runs: it was not built"
	exit 1
fi
echo "ok 1 - $name builds"
if "$scratch/$name" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 \
	-artifact_prefix="$kept/$name-" "$scratch/corpus" "$scratch/seeds" >"$scratch/run.log" 2>&1; then
	echo "ok 2 - $name runs for $seconds seconds without harm"
	grep '^stat::number_of_executed_units' "$scratch/run.log" | sed 's/^/# /'
else
	echo "not ok 2 - $name runs for $seconds seconds without harm"
	tail -n 40 "$scratch/run.log" | sed 's/^/# /'
	exit 1
fi
