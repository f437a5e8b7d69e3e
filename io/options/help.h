/* Pages of help, written once and shown twice: on a terminal, wrapped at its width, and as a man page.
 *
 *     hr_help help = hr_help_terminal(stdout);
 *     hr_help_begin(&help, &head);
 *     hr_help_paragraph(&help, "Stops early by recall@20.");
 *     hr_help_section(&help, "options");
 *     hr_help_options(&help, table, &defaults);
 *     hr_help_section(&help, "example");
 *     hr_help_command(&help, "halorec train data.h5");
 *
 * Text is UTF-8 without line breaks. None of these functions fails; the owner of the stream checks it
 * with ferror. */
#ifndef HR_IO_OPTIONS_HELP_H
#define HR_IO_OPTIONS_HELP_H

#include "io/options/options.h"

#include <stdbool.h>
#include <stdio.h>

typedef struct hr_help {
    FILE *out;
    bool man;     /* whether it is a man page: roff with the man macros */
    bool colours; /* whether headings and terms are bold, on a terminal */
    int width;    /* characters of a line */
} hr_help;

/* A terminal's page is as wide as the environment's COLUMNS or, without it, the terminal of `out`; 80 where
 * `out` is none. */
hr_help hr_help_terminal(FILE *out);
hr_help hr_help_man(FILE *out);

/* What a page begins with. */
typedef struct hr_help_head {
    const char *name;     /* of the man page: "halorec-train" */
    const char *synopsis; /* the command line: "halorec train DATA.h5 [options]" */
    const char *summary;  /* a sentence without its full stop: "Trains a model on all ranks" */
} hr_help_head;
void hr_help_begin(hr_help *help, const hr_help_head *head);

/* Begins a section; title in lower case. */
void hr_help_section(hr_help *help, const char *title);

/* Text right after a heading, or a paragraph after something else. */
void hr_help_text(hr_help *help, const char *text);
void hr_help_paragraph(hr_help *help, const char *text);

/* Terms and what they mean, in two columns. */
typedef struct hr_help_item {
    const char *term, *text;
} hr_help_item;
void hr_help_list(hr_help *help, const hr_help_item *items, int count);

/* A list of the options, each with the value that `defaults` holds; a default out of an option's range means
 * that it has none. */
void hr_help_options(hr_help *help, const hr_option *table, const void *defaults);

/* A command to be copied: not wrapped. */
void hr_help_command(hr_help *help, const char *command);

#endif
