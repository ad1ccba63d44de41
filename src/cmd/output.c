/* Writing answers to files: whatever fails is told with the path and the system's reason. */
#include "cmd/output.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static enum qpp_code cannot_write(struct qpp_cli *cli, const char *path, int why)
{
	(void)qpp_fail(&cli->err, QPP_IO, "cannot write ", path, (char *)NULL);
	qpp_err_detail(&cli->err, strerror(why), (char *)NULL);
	return QPP_IO;
}

enum qpp_code qpp_cli_write(struct qpp_cli *cli, const char *path, struct qpp_str text)
{
	bool standard = strcmp(path, "-") == 0;
	FILE *out = standard ? stdout : fopen(path, "wb");
	if (!out)
		return cannot_write(cli, path, errno);
	bool good = fwrite(text.p, 1, text.n, out) == text.n;
	int why = errno;
	/* A full disk may show only when the last bytes leave the buffer. */
	if ((standard ? fflush(out) : fclose(out)) != 0 && good) {
		good = false;
		why = errno;
	}
	return good ? QPP_OK : cannot_write(cli, standard ? "to standard output" : path, why);
}

enum qpp_code qpp_cli_folder(struct qpp_cli *cli, const char *path)
{
	struct stat st;
	if (mkdir(path, 0777) == 0)
		return QPP_OK;
	int why = errno;
	if (why == EEXIST && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return QPP_OK;
	(void)qpp_fail(&cli->err, QPP_IO, "cannot make the folder ", path, (char *)NULL);
	qpp_err_detail(&cli->err, strerror(why), (char *)NULL);
	return QPP_IO;
}
