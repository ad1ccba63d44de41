#!/bin/sh
# Decides whether the commands in docs/stories.md print what the page says. Every line of a ```console block that begins
# with "$ " is run, in a scratch folder where `samples` are the shipped files; what it prints, and an exit status other
# than 0, must be the lines below it. TAP, a test for each section.
#
#   run.sh QPP                 compare
#   run.sh QPP --regenerate    write what is printed into the page: read the difference before it is committed
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=${QPP_SOURCE:-$(cd "$here/../.." && pwd)}
page=$root/docs/stories.md
case ${1:?usage: run.sh QPP [--regenerate]} in
/*) qpp=$1 ;;
*) qpp=$PWD/$1 ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
mkdir "$work/bin" "$work/here"
ln -s "$qpp" "$work/bin/qpp"
ln -s "$root/samples" "$work/here/samples"
PATH=$work/bin:$PATH
export PATH
cd "$work/here" || exit 1

# The page with every command run again.
inside=
while IFS= read -r line; do
	case $line in
	'```console') inside=yes ;;
	'```') inside= ;;
	'$ '*)
		if [ -n "$inside" ]; then
			printf '%s\n' "$line"
			sh -c "${line#??}" >"$work/out" 2>"$work/err" </dev/null
			status=$?
			cat "$work/err" "$work/out"
			[ "$status" -eq 0 ] || printf '(exit status %d)\n' "$status"
			continue
		fi
		;;
	esac
	if [ -z "$inside" ] || [ "$line" = '```console' ]; then
		printf '%s\n' "$line"
	fi
done <"$page" >"$work/now"

if [ "${2:-}" = --regenerate ]; then
	cp "$work/now" "$page"
	exit 0
fi

# A file for each section: what stands there, what is printed.
split() {
	mkdir "$work/$2"
	awk -v to="$work/$2" '/^## / { n++ } { print > (to "/" n + 0) }' "$1"
}
split "$page" said
split "$work/now" printed
sections=$(ls "$work/said" | wc -l)
commands=$(grep -c '^\$ ' "$page")
echo "1..$((sections + 1))"
status=0
for k in $(seq 0 $((sections - 1))); do
	name=$(head -n 1 "$work/said/$k" | sed 's/^#* *//')
	if diff -u "$work/said/$k" "$work/printed/$k" >"$work/diff"; then
		echo "ok $((k + 1)) - $name"
	else
		echo "not ok $((k + 1)) - $name"
		sed 's/^/# /' "$work/diff" | head -n 60
		status=1
	fi
done
if [ "$commands" -ge 10 ] && [ "$sections" -ge 4 ]; then
	echo "ok $((sections + 1)) - the page has commands that were run"
else
	echo "not ok $((sections + 1)) - the page has commands that were run: $commands in $sections sections"
	status=1
fi
exit "$status"
