/*
 * What is kept secret, and what proves itself: encryption of TINs, filed bytes
 * and TOTP secrets (XChaCha20-Poly1305, bound to its purpose so that a value cannot be
 * moved to another place), keyed hashes to find them by, and the signing key.
 */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapt/store/store_int.h"

enum {
	NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
	BASE64 = sodium_base64_VARIANT_ORIGINAL_NO_PADDING
};

struct qpp_str crypt_hex(struct qpp_arena *a, const unsigned char *p, size_t n)
{
	char *hex = qpp_arena_alloc(a, n * 2 + 1);
	sodium_bin2hex(hex, n * 2 + 1, p, n);
	return (struct qpp_str){ hex, n * 2 };
}

void crypt_init(struct crypt *c, const struct qpp_keys *keys)
{
	c->keys = *keys;
	crypto_sign_seed_keypair(c->public, c->secret, keys->sign);
	sodium_bin2hex(c->public_hex, sizeof c->public_hex, c->public, sizeof c->public);
}

void crypt_end(struct crypt *c)
{
	sodium_memzero(c, sizeof *c);
}

struct qpp_str crypt_seal(const struct crypt *c, struct qpp_arena *a, const char *purpose, struct qpp_str plain)
{
	unsigned long long n;
	if (!plain.n)
		return (struct qpp_str){ "", 0 };
	unsigned char *box = qpp_arena_alloc(a, NONCE + plain.n + TAG);
	randombytes_buf(box, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(box + NONCE, &n, (const unsigned char *)plain.p, plain.n,
	                                           (const unsigned char *)purpose, strlen(purpose), NULL, box, c->keys.data);
	size_t length = sodium_base64_encoded_len(NONCE + n, BASE64);
	char *text = qpp_arena_alloc(a, length);
	sodium_bin2base64(text, length, box, NONCE + n, BASE64);
	return (struct qpp_str){ text, length - 1 };
}

enum qpp_code crypt_open(const struct crypt *c, struct qpp_arena *a, const char *purpose, struct qpp_str sealed,
                         struct qpp_str *out, struct qpp_err *err)
{
	size_t n;
	unsigned long long plain_n;
	*out = (struct qpp_str){ "", 0 };
	if (!sealed.n)
		return QPP_OK;
	unsigned char *box = qpp_arena_alloc(a, sealed.n), *plain = qpp_arena_alloc(a, sealed.n + 1);
	if (sodium_base642bin(box, sealed.n, sealed.p, sealed.n, NULL, &n, NULL, BASE64) != 0 || n < NONCE + TAG ||
	    crypto_aead_xchacha20poly1305_ietf_decrypt(plain, &plain_n, NULL, box + NONCE, n - NONCE,
	                                               (const unsigned char *)purpose, strlen(purpose), box, c->keys.data) != 0) {
		(void)qpp_fail(err, QPP_DATA, "a secret in the store cannot be decrypted", (char *)NULL);
		qpp_err_hint(err, "the key file is not the one the store was made with, or the store was changed", (char *)NULL);
		return QPP_DATA;
	}
	*out = (struct qpp_str){ (const char *)plain, plain_n };
	return QPP_OK;
}

struct qpp_str crypt_index(const struct crypt *c, struct qpp_arena *a, const char *purpose, struct qpp_str plain)
{
	unsigned char hash[QPP_KEY_BYTES];
	crypto_generichash_state state;
	crypto_generichash_init(&state, c->keys.index, sizeof c->keys.index, sizeof hash);
	crypto_generichash_update(&state, (const unsigned char *)purpose, strlen(purpose) + 1);
	crypto_generichash_update(&state, (const unsigned char *)plain.p, plain.n);
	crypto_generichash_final(&state, hash, sizeof hash);
	return crypt_hex(a, hash, sizeof hash);
}

struct qpp_str crypt_sha256(struct qpp_arena *a, struct qpp_str bytes)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256(hash, (const unsigned char *)bytes.p, bytes.n);
	return crypt_hex(a, hash, sizeof hash);
}

struct qpp_str crypt_sign(const struct crypt *c, struct qpp_arena *a, struct qpp_str text)
{
	unsigned char signature[crypto_sign_BYTES];
	crypto_sign_detached(signature, NULL, (const unsigned char *)text.p, text.n, c->secret);
	return crypt_hex(a, signature, sizeof signature);
}

/* --- the key file: 96 bytes, readable by its owner only --- */

static enum qpp_code fail_file(struct qpp_err *err, const char *what, const char *path)
{
	int why = errno;
	(void)qpp_fail(err, QPP_IO, "the key file could not be ", what, (char *)NULL);
	qpp_err_detail(err, path, ": ", strerror(why), (char *)NULL);
	return QPP_IO;
}

static enum qpp_code sync_folder(const char *path, struct qpp_err *err)
{
	char folder[4096] = ".";
	const char *slash = strrchr(path, '/');
	if (slash && (size_t)(slash - path) + 1 < sizeof folder) {
		size_t n = slash == path ? 1 : (size_t)(slash - path);
		memcpy(folder, path, n);
		folder[n] = 0;
	}
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool synced = fd >= 0 && fsync(fd) == 0;
	enum qpp_code code = synced ? QPP_OK : fail_file(err, "made durable", path);
	if (fd >= 0)
		close(fd);
	return code;
}

static enum qpp_code create_keys(const char *path, struct qpp_keys *out, struct qpp_err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return fail_file(err, "made", path);
	randombytes_buf(out, sizeof *out);
	bool written = write(fd, out, sizeof *out) == (ssize_t)sizeof *out && fsync(fd) == 0;
	enum qpp_code code = written ? QPP_OK : fail_file(err, "written", path);
	close(fd);
	return code == QPP_OK ? sync_folder(path, err) : code;
}

enum qpp_code qpp_keys_load(const char *path, bool create, struct qpp_keys *out, struct qpp_err *err)
{
	struct stat st;
	if (sodium_init() < 0)
		return qpp_fail(err, QPP_IO, "the system gives no random numbers", (char *)NULL);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT && create)
		return create_keys(path, out, err);
	if (fd < 0)
		return fail_file(err, "opened", path);
	enum qpp_code code = QPP_OK;
	if (fstat(fd, &st) != 0 || read(fd, out, sizeof *out) != (ssize_t)sizeof *out || st.st_size != (off_t)sizeof *out) {
		code = qpp_fail(err, QPP_DATA, "the key file does not have the 96 bytes of one", (char *)NULL);
		qpp_err_detail(err, path, (char *)NULL);
	} else if (st.st_mode & 077) {
		code = qpp_fail(err, QPP_DATA, "the key file can be read by others", (char *)NULL);
		qpp_err_detail(err, path, (char *)NULL);
		qpp_err_hint(err, "chmod 600 it", (char *)NULL);
	}
	close(fd);
	return code;
}
