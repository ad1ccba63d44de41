#!/bin/sh
# Decides whether src/base and src/core are pure, as the linker sees it: nothing outside them is needed but
# memory, the moving of bytes, and the compiler's own arithmetic, and no object holds data that can change.
# The list below is what another host (a database, a browser) must offer.
#
#   lint_pure.sh ARCHIVE
set -eu
archive=${1:?usage: lint_pure.sh ARCHIVE}

if [ ! -f "$archive" ]; then
	echo "1..1"
	echo "not ok 1 - the archive of the pure part is built"
	echo "# there is no $archive"
	exit 1
fi

offenders=$(LC_ALL=C nm -A "$archive" | awk '
	BEGIN {
		n = split("memcpy memmove memset memcmp memchr strlen malloc free realloc calloc " \
		          "__stack_chk_fail _GLOBAL_OFFSET_TABLE_ qpp_rules_image qpp_rules_image_size", v)
		for (i = 1; i <= n; i++)
			allowed[v[i]] = 1
	}
	# libx.a:file.c.o:0000000000000000 T name     or     libx.a:file.c.o:                 U name
	NF >= 2 {
		type = $(NF - 1)
		object = $1
		sub(/:[0-9a-f]*$/, "", object)
		sub(/.*:/, "", object)
		if (type ~ /^[Uwv]$/) {
			objects[$NF] = objects[$NF] " " object
			wanted[$NF] = 1
		} else if (type ~ /^[A-Z]$/) {
			defined[$NF] = 1
		}
	}
	# 128-bit arithmetic of gcc and clang; what sanitizers add; the checked twins of the functions above.
	function compiler(name) {
		return name ~ /^__(u?div|u?mod|u?divmod|mul|ashl|ashr|lshr)(ti|di)[345]$/ ||
		       name ~ /^__(asan|ubsan|sanitizer|sancov|gcov|llvm)_/ || name ~ /^__mem(cpy|move|set)_chk$/
	}
	END {
		for (name in wanted)
			if (!(name in defined) && !(name in allowed) && !compiler(name))
				print "#   " name " is wanted by" objects[name]
	}' | LC_ALL=C sort)

echo "1..2"
status=0
if [ -n "$offenders" ]; then
	echo "not ok 1 - the base and the core need nothing but memory and arithmetic"
	printf '%s\n' "$offenders"
	status=1
else
	echo "ok 1 - the base and the core need nothing but memory and arithmetic"
fi

# Tables of pointers are in .data.rel.ro: fixed up once by the loader, constant for us. Sanitizers add data of their own.
if LC_ALL=C nm "$archive" | grep -q '__asan_init\|__ubsan_'; then
	echo "ok 2 # SKIP built with sanitizers, which add data of their own"
	exit "$status"
fi
changing=$(LC_ALL=C objdump -h "$archive" | awk '
	/file format/ { object = $1; sub(/:$/, "", object) }
	$2 ~ /^\.(data|bss|tdata|tbss)(\.|$)/ && $2 !~ /^\.data\.rel\.ro/ && $3 !~ /^0+$/ {
		print "#   " object " has changing data in " $2
	}')
if [ -n "$changing" ]; then
	echo "not ok 2 - no object of the base and the core holds changing data"
	printf '%s\n' "$changing"
	status=1
else
	echo "ok 2 - no object of the base and the core holds changing data"
fi
exit "$status"
