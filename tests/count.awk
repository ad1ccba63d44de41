# Counts what the tests of a list printed as TAP, and says what failed and what was skipped, and why.
#
#   awk -v proved=STATUS -f count.awk LIST      with QPP_LOGS in the environment; STATUS is prove's
#
# A test program that printed no plan, or another number of tests than it planned, or that ended badly without a
# failed test, counts as one failure more. The last line is `N passed, N failed, N skipped`.

function fail(message) {
	failed++
	failures = failures "  " test ": " message "\n"
}

function skip(name, reason) {
	skipped++
	skips = skips "  " test (name == "" ? "" : ", " name) ": " (reason == "" ? "no reason given" : reason) "\n"
}

# The reason behind "# SKIP"; sets found.
function skip_reason(line) {
	found = match(line, /#[ \t]*([Ss][Kk][Ii][Pp]|[Tt][Oo][Dd][Oo])[A-Za-z]*/)
	return found ? substr(line, RSTART + RLENGTH + 1) : ""
}

function name_of(line) {
	sub(/^(not )?ok[ \t]*[0-9]*[ \t]*(- )?/, "", line)
	sub(/[ \t]*#.*/, "", line)
	return line
}

function read_log(file,    line, planned, seen, before, status, reason, open, shown) {
	planned = -1
	seen = 0
	before = failed
	open = 0
	while ((getline line < (file ".tap")) > 0) {
		if (line ~ /^1\.\.[0-9]+/) {
			planned = substr(line, 4) + 0
			reason = skip_reason(line)
			if (planned == 0 && found)
				skip("", reason)
		} else if (line ~ /^(not )?ok([ \t]|$)/) {
			seen++
			open = shown = 0
			reason = skip_reason(line)
			if (found) {
				skip(name_of(line), reason)
			} else if (line ~ /^not/) {
				fail(name_of(line))
				open = 1
			} else {
				passed++
			}
		} else if (line ~ /^Bail out!/) {
			fail(line)
		} else if (open && line ~ /^#/ && ++shown <= 20) {
			# What a test says about its failure follows it.
			failures = failures "      " line "\n"
		}
	}
	close(file ".tap")
	status = ""
	getline status < (file ".status")
	close(file ".status")
	if (planned < 0)
		fail("printed no plan")
	else if (planned != seen)
		fail("planned " planned " tests, ran " seen)
	if (status != "0" && failed == before)
		fail(status == 124 ? "took too long" : "ended with status " (status == "" ? "unknown" : status))
	if (failed > before)
		errors(file)
}

# The end of what a failed program said on standard error.
function errors(file,    line, n, kept, i) {
	while ((getline line < (file ".err")) > 0)
		kept[n++ % 12] = line
	close(file ".err")
	for (i = n > 12 ? n - 12 : 0; i < n; i++)
		failures = failures "      " kept[i % 12] "\n"
}

{
	test = $0
	log_name = test
	gsub(/[^A-Za-z0-9._-]/, "_", log_name)
	read_log(ENVIRON["QPP_LOGS"] "/" log_name)
}

END {
	test = "prove"
	if (proved != 0 && !failed)
		fail("ended with status " proved)
	test = "the list"
	if (!passed && !failed)
		fail("no test ran")
	if (skipped)
		printf "Skipped:\n%s", skips
	if (failed)
		printf "Failed:\n%s", failures
	printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
	exit failed > 0
}
