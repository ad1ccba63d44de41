# The rules of lint_sources.sh, which says what they are. Arguments: every C
# source and header, relative to the root of the tree.

BEGIN {
	say["INCLUDEUP"] = "includes point downward, and the core asks nothing of the system"
	say["FLOAT"] = "no binary floating point where figures are made"
	say["YEARLITERAL"] = "no year stands in the core"
	say["BANNED"] = "no banned function is called"
	say["LONGFILE"] = "no file has more than 900 lines"
	say["NOCOMMENT"] = "every file begins by saying what it decides"
	say["SUPPRESSION"] = "every suppression names a lint and a reason, and is needed"
	n_names = split("INCLUDEUP FLOAT YEARLITERAL BANNED LONGFILE NOCOMMENT SUPPRESSION", names)
	words("arena.h str.h buf.h dec.h money.h day.h instant.h zone.h err.h finding.h errors.def", base_headers)
	words("stddef.h stdint.h stdbool.h string.h stdarg.h stdalign.h limits.h", pure_headers)
	# Made by the build from rules/.
	words("rule_names.h", generated)
	n_banned = split("strcpy strncpy strcat sprintf vsprintf strtok gets atoi atol gmtime localtime system popen", banned)
	n_floats = split("float double strtod atof", floats)
	for (i = 1; i < ARGC; i++) {
		exists[ARGV[i]] = 1
		by_name[base_name(ARGV[i])] = ARGV[i]
	}
}

function words(list, set,    i, n, v) {
	n = split(list, v)
	for (i = 1; i <= n; i++)
		set[v[i]] = 1
}

function layer(path) {
	if (path ~ /^include\//)
		return "include"
	if (path ~ /^src\/adapt\//)
		return "adapt"
	if (match(path, /^src\/[^\/]*\//))
		return substr(path, 5, RLENGTH - 5)
	return dir_name(path)
}

# A fault of the line at hand: kept until its suppression, if any, is known.
function fault(name, message) {
	faults++
	fault_name[faults] = name
	fault_text[faults] = FILENAME ":" FNR ": " message
	fault_line[faults] = FILENAME ":" FNR
}

function suppression(    s, name, reason) {
	if (!match(comment, /lint: */))
		return
	s = substr(comment, RSTART + RLENGTH)
	name = s
	sub(/[^A-Za-z].*/, "", name)
	reason = substr(s, length(name) + 1)
	gsub(/[^A-Za-z]/, "", reason)
	if (!(name in say) || name == "SUPPRESSION")
		fault("SUPPRESSION", "there is no lint named \"" name "\"")
	else if (length(reason) < 8)
		fault("SUPPRESSION", "the suppression of " name " gives no reason")
	else
		# A file is too long, or unexplained, as a whole.
		suppressed[name == "LONGFILE" || name == "NOCOMMENT" ? FILENAME SUBSEP name : FILENAME ":" FNR SUBSEP name] = 1
}

# Where an include leads: the way the compiler looks, then any file of that name.
function resolve(name) {
	if ((dir_name(FILENAME) "/" name) in exists)
		return dir_name(FILENAME) "/" name
	if (("include/" name) in exists)
		return "include/" name
	if (("src/" name) in exists)
		return "src/" name
	return base_name(name) in by_name ? by_name[base_name(name)] : ""
}

function check_system_include(name) {
	if (here == "core" && !(name in pure_headers))
		fault("INCLUDEUP", "the core is pure: <" name "> is not for it")
	else if (here == "base" && !(name in pure_headers) && name != "stdlib.h")
		fault("INCLUDEUP", "the base asks the system for memory only: <" name "> is not for it")
	else if (here == "include" && !(name in pure_headers))
		fault("INCLUDEUP", "public headers need no <" name ">")
}

# The faces of the service put the adapters of one exchange together: what came in by http goes out as json or html.
# XML is read into the document of json, so that one reader serves both.
function face(to) {
	if (dir_name(FILENAME) == "src/adapt/xml")
		return to == "src/adapt/json"
	return dir_name(FILENAME) ~ /^src\/adapt\/(api|portal)$/ && to ~ /^src\/adapt\/(http|json|html|xml)$/
}

function check_own_include(name,    target, to, allowed) {
	if (here == "cmd" || here == "tools" || here == "ext" || here ~ /^tests/)
		return
	target = resolve(name)
	if (target == "") {
		if (!(base_name(name) in generated) || here == "base" || here == "include")
			fault("INCLUDEUP", "\"" name "\" is not in the tree")
		return
	}
	to = layer(target)
	allowed = to == "include"
	if (here == "base")
		allowed = to == "base" || (to == "include" && base_name(target) in base_headers)
	else if (here == "core")
		allowed = allowed || to == "core"
	else if (here == "app")
		allowed = allowed || to == "app" || to == "core"
	else if (here == "adapt")
		allowed = allowed || to == "app" || to == "core" || dir_name(target) == dir_name(FILENAME) || face(dir_name(target))
	if (!allowed)
		fault("INCLUDEUP", dir_name(FILENAME) " may not include " target)
}

# A fault of the file as a whole.
function file_fault(name, message,    key) {
	key = last SUBSEP name
	if (key in suppressed)
		used[key] = 1
	else
		report(name, last ": " message)
}

function finish_file() {
	if (last == "")
		return
	if (lines > 900)
		file_fault("LONGFILE", "has " lines " lines")
	if (!opened)
		file_fault("NOCOMMENT", "does not begin with a comment that says what it decides")
}

function report(name, message) {
	n_reports[name]++
	reports[name] = reports[name] "#   " message "\n"
}

FNR == 1 {
	finish_file()
	last = FILENAME
	here = layer(FILENAME)
	opened = begun = in_comment = 0
	heading = ""
}

{
	lines = FNR
	split_line($0)
	suppression()
	# The first thing in a file is a comment of some words.
	if (!opened && !begun) {
		heading = heading comment
		if (code ~ /[^ \t]/)
			begun = 1
		if (gsub(/[A-Za-z]+/, "&", heading) >= 3)
			opened = 1
	}
}

text ~ /^[ \t]*#[ \t]*include/ {
	if (match(text, /<[^>]*>/))
		check_system_include(substr(text, RSTART + 1, RLENGTH - 2))
	else if (match(text, /"[^"]*"/))
		check_own_include(substr(text, RSTART + 1, RLENGTH - 2))
}

# Where text stands on a page is no figure: the drawing library measures in double.
here ~ /^(core|base|include|app|adapt)$/ && FILENAME !~ /src\/adapt\/pdf\// {
	for (i = 1; i <= n_floats; i++)
		if (index(code, floats[i]) && has_word(code, floats[i]))
			fault("FLOAT", floats[i])
}

here == "core" && text ~ /20[12][0-9]/ {
	if ((" " text " ") ~ /[^A-Za-z0-9_]20(1[7-9]|2[0-9])[^A-Za-z0-9_]/)
		fault("YEARLITERAL", "a year in the core; years are rows of rules/")
}

here !~ /^tests/ && index(code, "(") {
	for (i = 1; i <= n_banned; i++)
		if (index(code, banned[i]) && (" " code) ~ ("[^A-Za-z0-9_.>]" banned[i] "[ \t]*[(]"))
			fault("BANNED", banned[i] "()")
}

END {
	finish_file()
	for (i = 1; i <= faults; i++) {
		key = fault_line[i] SUBSEP fault_name[i]
		if (key in suppressed)
			used[key] = 1
		else
			report(fault_name[i], fault_text[i])
	}
	for (key in suppressed)
		if (!(key in used)) {
			split(key, part, SUBSEP)
			report("SUPPRESSION", part[1] ": nothing here needs the suppression of " part[2])
		}
	print "1.." n_names
	for (i = 1; i <= n_names; i++) {
		bad = n_reports[names[i]] > 0
		printf "%s %d - %s %s\n", bad ? "not ok" : "ok", i, names[i], say[names[i]]
		printf "%s", reports[names[i]]
		status = status || bad
	}
	exit status
}
