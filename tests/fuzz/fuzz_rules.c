/*
 * Fuzzing the rules compiler and the loader of its images. The first byte says
 * what the rest is: the text of a rules file, cut at NUL bytes into several;
 * an image; or an image whose header is made good first, so that the decoder
 * behind the checksum is reached.
 */
#include <stdlib.h>
#include <string.h>

#include "adapt/rules/compile.h"
#include "adapt/rules/generate.h"
#include "core/ruleset_image.h"
#include "qpp/ruleset.h"

enum { TEXT, IMAGE, SEALED_IMAGE, MODES, MOST_FILES = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void no_hash(const void *p, size_t n, unsigned char out[32])
{
	(void)p;
	(void)n;
	memset(out, 0, 32);
}

static void load_image(struct qpp_arena *a, struct qpp_str image, bool must)
{
	const struct qpp_ruleset *rs;
	struct qpp_err err;
	if (qpp_ruleset_load(a, image.p, image.n, &rs, &err) == QPP_OK)
		qpp_rules_names_header(a, rs);
	else if (must)
		abort();
}

static void compile_text(struct qpp_arena *a, struct qpp_str text)
{
	static const struct qpp_str known[] = { QPP_LIT_INIT("final_score"), QPP_LIT_INIT("quality.points") };
	struct qpp_rules_compile_options options = { known, 2, no_hash };
	struct qpp_rules_source sources[MOST_FILES];
	struct qpp_findings errors;
	struct qpp_str image;
	struct qpp_err err;
	size_t n = 0;
	while (n < MOST_FILES && qpp_str_cut(&text, 0, &sources[n].text))
		sources[n++].file = QPP_LIT("rules/fuzz.md");
	qpp_findings_init(&errors, a, 20);
	enum qpp_code code = qpp_rules_compile(a, sources, n, &options, &errors, &image, &err);
	if ((code == QPP_OK) != (errors.errors == 0))
		abort();
	/* What compiles must load. */
	if (code == QPP_OK)
		load_image(a, image, true);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct qpp_arena arena = QPP_ARENA_INIT;
	if (!n)
		return 0;
	int mode = p[0] % MODES;
	struct qpp_str rest = qpp_str_dup(&arena, (struct qpp_str){ (const char *)p + 1, n - 1 });
	if (mode == SEALED_IMAGE && rest.n >= QPP_RULES_AT_BODY) {
		unsigned char *image = (unsigned char *)rest.p;
		memcpy(image, QPP_RULES_MAGIC, QPP_RULES_AT_VERSION);
		memcpy(image + QPP_RULES_AT_VERSION, (const unsigned char[]){ QPP_RULES_VERSION, 0, 0, 0 }, 4);
		qpp_rules_seal(image, rest.n);
	}
	if (mode == TEXT)
		compile_text(&arena, rest);
	else
		load_image(&arena, rest, false);
	qpp_arena_close(&arena);
	return 0;
}
