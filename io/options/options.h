/* Named options that fill a struct: one table gives parsing, checking, --help, man pages and JSON.
 *
 * A table ends with an entry whose name is NULL. Each option has a field of a struct, at `offset`. A command
 * line is read once, into settings, which are then applied over what the struct holds:
 *
 *     hr_train_options options = hr_train_defaults;
 *     hr_command_line line = {0};
 *     HR_TRY(hr_command_line_read(&line, hr_train_table, argc, argv, 1, err));
 *     hr_options_apply(&line, &options);
 */
#ifndef HR_IO_OPTIONS_OPTIONS_H
#define HR_IO_OPTIONS_OPTIONS_H

#include "io/base/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HR_TEXT_LENGTH = 1024 };

typedef enum hr_option_kind {
    HR_OPTION_TEXT,   /* char [HR_TEXT_LENGTH] */
    HR_OPTION_INT,    /* int64_t */
    HR_OPTION_REAL,   /* double */
    HR_OPTION_FLAG,   /* bool, takes no value */
    HR_OPTION_CHOICE, /* int: index of the word in `choices` */
    HR_OPTION_HELP    /* asks for help; no field */
} hr_option_kind;

/* How an option is treated when a run is resumed from a checkpoint. */
typedef enum hr_option_lifetime {
    HR_OPTION_CALL,  /* belongs to one call of the program: not kept */
    HR_OPTION_RUN,   /* kept in the checkpoint; the command line may change it */
    HR_OPTION_FIXED, /* kept, and may not change: the state would not fit */
} hr_option_lifetime;

typedef struct hr_option {
    const char *name;  /* without the dashes */
    const char *value; /* name of the value in help: "N", "FILE", …; NULL for a flag */
    hr_option_kind kind;
    hr_option_lifetime lifetime;
    size_t offset;
    double minimum, maximum;    /* of HR_OPTION_INT and HR_OPTION_REAL */
    const char *const *choices; /* HR_OPTION_CHOICE: words, NULL at the end */
    const char *help;
} hr_option;

/* An option of a command line, with its value read and checked. */
typedef struct hr_setting {
    const hr_option *option;
    union {
        const char *text; /* HR_OPTION_TEXT; a word of argv */
        int64_t integer;  /* HR_OPTION_INT */
        double real;      /* HR_OPTION_REAL */
        int choice;       /* HR_OPTION_CHOICE */
    } value;
} hr_setting;

/* Reads and checks a value; `text` must outlive the setting. HR_USAGE. */
hr_status hr_setting_read(hr_setting *setting, const hr_option *option, const char *text, hr_error *err);

/* Sets the option's field. */
void hr_setting_apply(const hr_setting *setting, void *target);

enum { HR_MAX_ARGUMENTS = 12 };

/* A command line that was read against a table. Zero-initialise; free with hr_command_line_free. */
typedef struct hr_command_line {
    hr_setting *settings; /* [count] in the order given */
    int count;
    const char *arguments[HR_MAX_ARGUMENTS]; /* [argument_count] what is no option; words of argv */
    int argument_count;
    bool help; /* --help was given; what comes after it was not read */
} hr_command_line;

/* Reads argv[1 …]: GNU long options, `--name value` or `--name=value`, options and arguments in any order, at
 * most `max_arguments` of the latter. argv must outlive the line. HR_USAGE for an unknown option, naming the one that
 * is spelled most alike, a missing or malformed value, a value out of range, or too many arguments; HR_MEMORY. */
hr_status hr_command_line_read(hr_command_line *line, const hr_option *table, int argc, char **argv,
                               int max_arguments, hr_error *err);

/* The same of options in a text, set apart by blanks, without arguments; `words` receives them and must outlive the line.
 * HR_USAGE also where the text is longer. */
enum { HR_OPTION_WORDS = 1024 };
hr_status hr_command_line_read_text(hr_command_line *line, const hr_option *table, const char *text,
                                    char words[HR_OPTION_WORDS], hr_error *err);
void hr_command_line_free(hr_command_line *line);

/* Sets the fields of the options that the line gives, the last one where an option is given twice; others
 * stay. */
void hr_options_apply(const hr_command_line *line, void *target);

/* Checks the ranges of a target that was filled otherwise. HR_USAGE as above. */
hr_status hr_options_check(const hr_option *table, const void *target, hr_error *err);

/* The kept options as a JSON object, to be freed by json_decref; for want of memory it may lack some, or be
 * NULL (io/base/json.h). */
json_t *hr_options_to_json(const hr_option *table, const void *target);

/* Fills the kept options that `object` names; others stay. HR_INPUT where a value is of another kind or out
 * of range. */
hr_status hr_options_from_json(const hr_option *table, const json_t *object, void *target, hr_error *err);

/* HR_USAGE where a HR_OPTION_FIXED option differs between `kept` and `asked`, naming it. */
hr_status hr_options_compare_fixed(const hr_option *table, const void *kept, const void *asked,
                                   hr_error *err);

#endif
