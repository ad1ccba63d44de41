/* Answers that go into files. */
#ifndef QPP_CMD_OUTPUT_H
#define QPP_CMD_OUTPUT_H

#include "cmd/cli.h"

/* Writes `text` to the file, over what is there; "-" is standard output. QPP_IO naming the path. */
enum qpp_code qpp_cli_write(struct qpp_cli *cli, const char *path, struct qpp_str text);

/* A folder to write into, made when there is none; the folder it stands in must exist. */
enum qpp_code qpp_cli_folder(struct qpp_cli *cli, const char *path);

#endif
