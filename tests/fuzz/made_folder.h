/* A folder of files made of an input, for targets that read several files.
 *
 * The input is text: each file stands behind a line "@@NAME". A NAME of FILE.zip:MEMBER or FILE.npz:MEMBER is a member of an
 * archive, and content behind a NAME that ends in ".gz" is packed unless it is already. */
#ifndef HR_TESTS_FUZZ_MADE_FOLDER_H
#define HR_TESTS_FUZZ_MADE_FOLDER_H

#include "tests/fuzz/input.h"

enum { MADE_FILES = 16, MADE_PATH = 256 };

typedef struct made_folder {
    int files;
    char path[MADE_FILES][MADE_PATH]; /* of each file, archives once */
} made_folder;

/* The folder, which is made at the first call and is the process's own: in $HALOREC_FUZZ_FOLDER, else in /dev/shm. */
const char *made_folder_path(void);

/* Makes the files. What is malformed is left out. */
void made_folder_fill(made_folder *folder, input in);

/* Removes them. */
void made_folder_empty(made_folder *folder);

#endif
