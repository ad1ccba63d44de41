#!/bin/sh
# Decides whether the sources keep the rules that no compiler checks:
#
#   INCLUDEUP    src/base sees base headers only; src/core base and core headers and no system header that
#                could do input or output; src/app no adapter; an adapter its own folder and include/qpp
#                (src/adapt/api and src/adapt/portal, the faces of the service, also http, json, html and xml; xml also json)
#   FLOAT        no float, double, strtod, atof below src/cmd: figures are exact
#   YEARLITERAL  no performance year in src/core: years are rows of rules/
#   BANNED       no function that writes without a bound, splits in place, or reads the local zone
#   LONGFILE     no file over 900 lines
#   NOCOMMENT    no file without a leading comment
#
# `/* lint: NAME reason */` on the line allows one; one that is not needed is a fault itself.
#
#   lint_sources.sh [ROOT]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "${1:-${QPP_SOURCE:-$here/../..}}"

folders=
for folder in include src tools tests; do
	if [ -d "$folder" ]; then
		folders="$folders $folder"
	fi
done
# shellcheck disable=SC2086  # the folders are words
files=$(find $folders -type f \( -name '*.[ch]' -o -name '*.def' \) | LC_ALL=C sort)
if [ -z "$files" ]; then
	echo "Bail out! there are no sources in $PWD"
	exit 1
fi
# shellcheck disable=SC2086  # and so are the files
LC_ALL=C exec awk -f "$here/c_lines.awk" -f "$here/sources.awk" $files
