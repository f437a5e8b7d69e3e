/* Text files as they come: plain, gzip, zstd or a member of a zip; UTF-8, UTF-16 or Latin-1, with or without a byte
 * order mark; lines that end in LF, CRLF or CR. A reader sees UTF-8 with LF.
 *
 * A file is read in blocks of whole rows, from windows of bounded size, so that neither the file nor a long line is
 * ever in memory as a whole. Any number of readers read one file at once, each its range of the bytes. */
#ifndef HR_IO_TEXT_TEXT_FILE_H
#define HR_IO_TEXT_TEXT_FILE_H

#include "io/base/error.h"
#include "io/text/dialect.h"
#include "io/text/text_piece.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    HR_TEXT_LONGEST_ROW = 1 << 24, /* bytes; a longer one is an error: it is not text, or not of lines */
    HR_TEXT_PADDING = 64           /* readable bytes before and behind a block, and behind a sample */
};

typedef struct hr_text_file hr_text_file;

/* What was found by looking at the first bytes. */
typedef struct hr_text_facts {
    const char *path;     /* as it was given, the member of a zip included */
    const char *packing;  /* "plain", "gzip", "zip" or "zstd" */
    const char *encoding; /* "UTF-8", "UTF-16LE", "UTF-16BE" or "Latin-1" */
    const char *line_end; /* "LF", "CRLF" or "CR" */
    int64_t size;         /* bytes of the file, as packed */
    bool can_be_cut;      /* else a range that begins at 0 is the whole, and every other is empty */
} hr_text_facts;

/* Opens `path`: a file, or FILE.zip:MEMBER; FILE.zip alone where it has one member. HR_IO where it cannot be read;
 * HR_INPUT where it is not text (a Parquet or HDF5 file, a picture, …) or a damaged packed file. On success *file is
 * the caller's to close. */
hr_status hr_text_open(hr_text_file **file, const char *path, hr_error *err);
void hr_text_close(hr_text_file *file); /* NULL is allowed */

const hr_text_facts *hr_text_facts_of(const hr_text_file *file);

/* The first whole lines of the text, as many as 64 KiB hold (all of a shorter file); valid until closed. */
hr_text_piece hr_text_sample(const hr_text_file *file);

/* Whole rows next to each other, each with its LF; the bytes are the receiver's to change until the next block. */
typedef struct hr_text_block {
    char *at; /* HR_TEXT_PADDING bytes before it and behind it may be read */
    int64_t length;
    int64_t offset; /* of the first byte in the text */
    bool quotes;    /* whether a quote is in it */
    bool high;      /* whether a byte that is not ASCII is in it */
    bool returns;   /* whether a carriage return is in it */
} hr_text_block;

typedef struct hr_text_reader hr_text_reader;

/* Reads the rows that begin in bytes `begin` … `end` - 1. Ranges that touch give every row once, whatever their
 * bounds: a row that begins in the range is read to its end. Line ends in quoted fields end no row where the dialect is
 * quoted. Any number of readers at once; the caller closes each. HR_MEMORY, HR_IO. */
hr_status hr_text_reader_open(hr_text_reader **reader, const hr_text_file *file, const hr_dialect *dialect,
                              int64_t begin, int64_t end, hr_error *err);
void hr_text_reader_close(hr_text_reader *reader); /* NULL is allowed */

/* The next block; length 0 at the end. HR_INPUT for a row beyond HR_TEXT_LONGEST_ROW, a NUL byte, a packed file that is
 * damaged or cut off; HR_IO. */
hr_status hr_text_next(hr_text_reader *reader, hr_text_block *block, hr_error *err);

/* Number of the line, from 1, that the byte at `offset` is in; counts, so for messages only. 0 where it cannot be
 * read. */
int64_t hr_text_line(const hr_text_file *file, int64_t offset);

#endif
