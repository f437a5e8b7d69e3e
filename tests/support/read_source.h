/* A source read whole, as text, for tests that compare what comes out. */
#ifndef HR_TESTS_SUPPORT_READ_SOURCE_H
#define HR_TESTS_SUPPORT_READ_SOURCE_H

#include "io/formats/open.h"

enum { READ_LENGTH = 1 << 16 };

/* What was read: a line for each rating, "USER ITEM VALUE TIME", where an unknown time is "-"; a letter for each rating's
 * part, t train, v valid, e test; what was said of the source; bad lines. */
typedef struct read_text {
    char rows[READ_LENGTH], parts[READ_LENGTH / 8], said[READ_LENGTH / 8];
    char items[READ_LENGTH / 8]; /* "ID [TITLE] GENRE|GENRE YEAR IMDB TMDB", a line each */
    char tags[READ_LENGTH / 8];  /* "USER ITEM [TEXT] TIME", a line each */
    char side[READ_LENGTH / 8]; /* what is wrong with side files, a line each, and their bad lines: "2 bad" */
    hr_bad_lines bad;
} read_text;

/* Reads `path` in `pieces` shares, one after the other. */
hr_status read_source(const char *path, const hr_source_options *options, int64_t pieces, read_text *out,
                      hr_error *err);

/* Writes rows to a read_text, `context`: an hr_take_rows. */
hr_status read_text_add_rows(void *context, const hr_rating_rows *rows, hr_error *err);

/* The same of items and tags. */
hr_status read_side(const char *path, const hr_source_options *options, read_text *out, hr_error *err);

/* Writes bytes, NULs too, into the test's folder and returns the path. */
const char *write_bytes(const char *name, const char *bytes, size_t count);

/* Small files, each a name, with its folder, and a text; NULL after the last. */
enum { SOURCE_FILES = 8 };
typedef const char *source_files[SOURCE_FILES][2];

/* Makes the folder "case" of the test's folder anew, with these files. */
void make_source(const source_files file);

#endif
