/* Named options that fill a struct: one table gives parsing, checking, --help and JSON.
 *
 * A table ends with an entry whose name is NULL. Each option writes the field at `offset` of the target
 * struct, whose initial content is the default. */
#ifndef HR_IO_BASE_OPTIONS_H
#define HR_IO_BASE_OPTIONS_H

#include "io/base/error.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { HR_TEXT_LENGTH = 1024 };

typedef enum hr_option_kind {
    HR_OPTION_TEXT,   /* char [HR_TEXT_LENGTH] */
    HR_OPTION_INT,    /* int64_t */
    HR_OPTION_REAL,   /* double */
    HR_OPTION_FLAG,   /* bool, takes no value */
    HR_OPTION_CHOICE, /* int: index of the word in `choices` */
    HR_OPTION_HELP    /* asks for help; no field */
} hr_option_kind;

/* What becomes of an option when a run is resumed from a checkpoint. */
typedef enum hr_option_lifetime {
    HR_OPTION_CALL,  /* belongs to one call of the program: not kept */
    HR_OPTION_RUN,   /* kept in the checkpoint; the command line may change it */
    HR_OPTION_FIXED, /* kept, and may not change: the state would not fit */
} hr_option_lifetime;

typedef struct hr_option {
    const char *name;  /* without the dashes */
    const char *value; /* what stands for the value in help: "N", "FILE", …; NULL for a flag */
    hr_option_kind kind;
    hr_option_lifetime lifetime;
    size_t offset;
    double minimum, maximum;    /* of HR_OPTION_INT and HR_OPTION_REAL */
    const char *const *choices; /* HR_OPTION_CHOICE: words, NULL at the end */
    const char *help;
} hr_option;

/* Reads argv[1 …] (GNU long options, `--name value` or `--name=value`, options and arguments in any order)
 * into `target`. Other arguments are handed to `arguments`, at most `max_arguments`, their number to *count.
 * *help is set where --help was asked for; nothing else is checked then. HR_USAGE for an unknown option, a
 * missing or malformed value, a value out of range, or too many arguments. */
hr_status hr_options_parse(const hr_option *table, int argc, char **argv, void *target,
                           const char **arguments, int max_arguments, int *count, int *help, hr_error *err);

/* Checks the ranges of a target that was filled otherwise. HR_USAGE as above. */
hr_status hr_options_check(const hr_option *table, const void *target, hr_error *err);

/* Prints a line an option, with the value that `defaults` holds. */
void hr_options_print_help(const hr_option *table, const void *defaults, FILE *out);

/* The kept options as a JSON object, to be freed by json_decref; NULL where there is no room. */
json_t *hr_options_to_json(const hr_option *table, const void *target);

/* Fills the kept options that `object` names; others stay. HR_INPUT where a value is of another kind or out
 * of range. */
hr_status hr_options_from_json(const hr_option *table, const json_t *object, void *target, hr_error *err);

/* HR_USAGE where a HR_OPTION_FIXED option differs between `kept` and `asked`, naming it. */
hr_status hr_options_compare_fixed(const hr_option *table, const void *kept, const void *asked,
                                   hr_error *err);

#endif
