# What every lint of C sources needs: a line without its comments. Used as
# `awk -f c_lines.awk -f LINT.awk FILE...`; call split_line($0) for every line,
# in order, and set in_comment to 0 where a file begins.
#
#   code     the line without comments, and with string and character literals emptied
#   text     the line without comments
#   comment  the text of the comments of the line

function split_line(line,    rest, two, at) {
	code = text = comment = ""
	rest = line
	while (rest != "") {
		if (in_comment) {
			at = index(rest, "*/")
			if (!at) {
				comment = comment rest
				return
			}
			comment = comment substr(rest, 1, at - 1) " "
			rest = substr(rest, at + 2)
			in_comment = 0
			code = code " "
			text = text " "
			continue
		}
		if (!match(rest, /\/\*|\/\/|"|'/)) {
			code = code rest
			text = text rest
			return
		}
		code = code substr(rest, 1, RSTART - 1)
		text = text substr(rest, 1, RSTART - 1)
		rest = substr(rest, RSTART)
		two = substr(rest, 1, 2)
		if (two == "/*") {
			in_comment = 1
			rest = substr(rest, 3)
		} else if (two == "//") {
			comment = comment substr(rest, 3)
			return
		} else {
			if (!match(rest, /^"([^"\\]|\\.)*"/) && !match(rest, /^'([^'\\]|\\.)*'/))
				RLENGTH = length(rest)
			code = code substr(rest, 1, 1) substr(rest, 1, 1)
			text = text substr(rest, 1, RLENGTH)
			rest = substr(rest, RLENGTH + 1)
		}
	}
}

# The word stands in s, not as a part of a longer one.
function has_word(s, word) {
	return (" " s " ") ~ ("[^A-Za-z0-9_]" word "[^A-Za-z0-9_]")
}

function base_name(path) {
	sub(/.*\//, "", path)
	return path
}

function dir_name(path) {
	sub(/\/[^\/]*$/, "", path)
	return path
}
