# The rule of lint_findings.sh. Arguments: the table's file, then every C source and header.
#
# Which argument of a call is a finding's code is read off the sources: any
# function with a parameter `const char *code` takes one there, qpp_find() and
# every helper around it. A code may be a literal, or a choice between literals.

function fault(name, message) {
	n_reports[name]++
	reports[name] = reports[name] "#   " message "\n"
}

FNR == 1 {
	in_comment = in_table = 0
}

# The table.
FILENAME == ARGV[1] {
	if ($0 ~ /^```table[ \t]+findings[ \t]*$/) {
		in_table = tables = 1
	} else if ($0 ~ /^```/) {
		in_table = 0
	} else if (in_table && $1 == "columns") {
		for (i = 2; i <= NF; i++)
			column[$i] = i - 1
	} else if (in_table && NF && $1 != "check") {
		row()
	}
	next
}

function row(    name, severity) {
	if (!column["code"]) {
		fault("table", FILENAME ":" FNR ": a row before the line that names a column `code`")
		return
	}
	name = $(column["code"])
	if (name !~ /^[a-z][A-Za-z0-9]+$/)
		fault("table", FILENAME ":" FNR ": \"" name "\" is not a code: letters, the first of them small")
	if (name in listed)
		fault("table", FILENAME ":" FNR ": " name " stands already in line " listed[name])
	else
		listed[name] = FNR
	severity = column["severity"] ? $(column["severity"]) : ""
	if (column["severity"] && severity !~ /^(error|warning|information|any|-)$/)
		fault("table", FILENAME ":" FNR ": " severity " is no severity")
}

# The sources: without comments, all the lines of a file in one text.
{
	split_line($0)
	source[FILENAME] = source[FILENAME] text "\n"
}

function line_of(file, at,    before) {
	before = substr(source[file], 1, at)
	return file ":" 1 + gsub(/\n/, "", before)
}

# Notes which functions of a file take a code, and where. Static ones are its own.
function find_takers(file,    rest, parameters, name, before) {
	rest = source[file]
	before = ""
	while (match(rest, /[A-Za-z_][A-Za-z0-9_]*\([^(){};]*const char \*code[ \t\n]*[,)]/)) {
		before = before substr(rest, 1, RSTART - 1)
		parameters = substr(rest, RSTART, RLENGTH)
		rest = substr(rest, RSTART + RLENGTH)
		name = parameters
		sub(/\(.*/, "", name)
		sub(/const char \*code[ \t\n]*[,)]$/, "", parameters)
		# What stands between the end of the last declaration and the name.
		sub(/.*[;}]/, "", before)
		if (has_word(before, "static"))
			own_taker[file, name] = 1 + gsub(/,/, "", parameters)
		else
			taker[name] = 1 + gsub(/,/, "", parameters)
		before = before parameters
	}
}

# The literals of argument `which` of the call whose "(" stands at `at`; the calls inside it are found on their own.
function note_literals(file, at, which,    depth, n, length_of, s, c, literal) {
	s = substr(source[file], at, 4000)
	depth = 0
	n = 1
	while (match(s, /[(){}\[\],"']/)) {
		c = substr(s, RSTART, 1)
		s = substr(s, RSTART)
		length_of = 1
		if (c == "(" || c == "{" || c == "[") {
			depth++
		} else if (c == ")" || c == "}" || c == "]") {
			if (--depth == 0)
				return
		} else if (c == ",") {
			if (depth == 1 && ++n > which)
				return
		} else {
			if (!match(s, /^"([^"\\]|\\.)*"/) && !match(s, /^'([^'\\]|\\.)*'/))
				return
			length_of = RLENGTH
			literal = substr(s, 2, RLENGTH - 2)
			if (c == "\"" && n == which && depth == 1)
				note_use(literal, file, at)
		}
		s = substr(s, length_of + 1)
	}
}

function note_use(name, file, at) {
	uses++
	if (name !~ /^[a-z][A-Za-z0-9]+$/)
		fault("used", line_of(file, at) ": \"" name "\" is not a code: letters, the first of them small")
	else if (!(name in listed) && !((name, file) in told)) {
		fault("used", line_of(file, at) ": " name " is not in the table of " ARGV[1])
		told[name, file] = 1
	}
}

function find_calls(file, name, which,    rest, at, before) {
	rest = source[file]
	at = 0
	while (match(rest, name "[ \t\n]*[(]")) {
		before = RSTART > 1 ? substr(rest, RSTART - 1, 1) : " "
		at += RSTART + RLENGTH - 1
		rest = substr(rest, RSTART + RLENGTH)
		if (before !~ /[A-Za-z0-9_]/)
			note_literals(file, at, which)
	}
}

END {
	for (i = 2; i < ARGC; i++)
		find_takers(ARGV[i])
	for (i = 2; i < ARGC; i++) {
		file = ARGV[i]
		for (name in taker)
			if (!((file, name) in own_taker) && index(source[file], name))
				find_calls(file, name, taker[name])
		for (key in own_taker) {
			split(key, part, SUBSEP)
			if (part[1] == file)
				find_calls(file, part[2], own_taker[key])
		}
	}
	for (name in listed) {
		found = 0
		for (file in source)
			if (index(source[file], "\"" name "\"")) {
				found = 1
				break
			}
		if (!found)
			fault("listed", ARGV[1] ":" listed[name] ": " name " is used nowhere")
	}
	if (!tables)
		fault("table", ARGV[1] ": has no table named findings")
	if (!uses)
		fault("used", "no call with a code was found: the lint no longer understands the sources")
	n = split("table used listed", names)
	say["table"] = "the table of findings is well formed"
	say["used"] = "every code that is used stands in the table"
	say["listed"] = "every code of the table is used"
	print "1.." n
	for (i = 1; i <= n; i++) {
		bad = n_reports[names[i]] > 0
		printf "%s %d - %s\n", bad ? "not ok" : "ok", i, say[names[i]]
		printf "%s", reports[names[i]]
		status = status || bad
	}
	exit status
}
