/*
 * The bytes of a rule image, shared by the compiler that writes it and the
 * loader that reads it.
 *
 * An image is one stream, read from front to back; nothing in it is an address
 * or an offset. Numbers are little-endian.
 *
 *   u32   4 bytes, unsigned
 *   i64   8 bytes, two's complement
 *   text  u32 length, then that many bytes and a zero byte
 *   list  u32 count, then that many records
 *
 *   header   magic      8 bytes, QPP_RULES_MAGIC
 *            version    u32
 *            size       u32, of the whole image
 *            checksum   u64, qpp_rules_checksum() of everything behind it
 *            hash       32 bytes, over the machine blocks of the sources
 *   body     list of sections, params, tables, readings, cases, in this order
 *
 *   section  cite title prose file: text; line: u32
 *   param    name cite title unit shows_in: text; rows: list
 *   row      from to: u32; value: cell; status: u32; reading source: text
 *   table    name cite title: text; columns: list of text; rows: list
 *   row      from to: u32; one cell per column
 *   cell     kind: u32; mantissa: i64; places: u32; text   (number = mantissa / 10^places)
 *   reading  name cite says because confidence: text; alternatives: list of text
 *   case     name cite file source input facts: text; line py: u32; given expect: list of (name value: text)
 *
 * The hash identifies the rules and cannot be recomputed from the image; the
 * checksum only tells a damaged image from a whole one.
 */
#ifndef QPP_CORE_RULESET_IMAGE_H
#define QPP_CORE_RULESET_IMAGE_H

#include <stddef.h>
#include <stdint.h>

#define QPP_RULES_MAGIC "QPPRULES"

enum {
	QPP_RULES_VERSION = 2,
	QPP_RULES_HASH_BYTES = 32,
	/* Where the members of the header begin, and the body. */
	QPP_RULES_AT_VERSION = 8,
	QPP_RULES_AT_SIZE = 12,
	QPP_RULES_AT_CHECKSUM = 16,
	QPP_RULES_AT_HASH = 24,
	QPP_RULES_AT_BODY = QPP_RULES_AT_HASH + QPP_RULES_HASH_BYTES,
};

/* FNV-1a, 64 bits: any single changed byte changes it. */
static inline uint64_t qpp_rules_checksum(const unsigned char *p, size_t n)
{
	uint64_t h = 0xcbf29ce484222325;
	for (size_t i = 0; i < n; i++)
		h = (h ^ p[i]) * 0x100000001b3;
	return h;
}

/* Writes size and checksum into the header of an image that is otherwise complete (size >= the header's). */
static inline void qpp_rules_seal(unsigned char *image, size_t size)
{
	for (int i = 0; i < 4; i++)
		image[QPP_RULES_AT_SIZE + i] = (unsigned char)(size >> 8 * i);
	uint64_t sum = qpp_rules_checksum(image + QPP_RULES_AT_HASH, size - QPP_RULES_AT_HASH);
	for (int i = 0; i < 8; i++)
		image[QPP_RULES_AT_CHECKSUM + i] = (unsigned char)(sum >> 8 * i);
}

#endif
