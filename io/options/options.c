#include "io/options/options.h"

#include "io/base/memory.h"
#include "io/base/utf8.h"
#include "io/options/spelling.h"

#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

static const void *const_field(const hr_option *option, const void *target)
{
    return (const char *)target + option->offset;
}

static bool in_range(const hr_option *option, double value)
{
    return value >= option->minimum && value <= option->maximum;
}

static hr_status check_range(const hr_option *option, double value, hr_error *err)
{
    if (in_range(option, value))
        return HR_OK;
    return hr_fail(err, HR_USAGE, "--%s %.10g: expected a value from %.10g to %.10g", option->name, value,
                   option->minimum, option->maximum);
}

static hr_status read_choice(const hr_option *option, const char *text, int *chosen, hr_error *err)
{
    char known[256] = "";
    for (int i = 0; option->choices[i]; i++) {
        if (strcmp(option->choices[i], text) == 0) {
            *chosen = i;
            return HR_OK;
        }
        const size_t used = strlen(known);
        snprintf(known + used, sizeof known - used, "%s%s", i ? ", " : "", option->choices[i]);
    }
    return hr_fail(err, HR_USAGE, "--%s %s: expected one of %s", option->name, text, known);
}

static hr_status read_int(const hr_option *option, const char *text, int64_t *value, hr_error *err)
{
    char *end = NULL;
    errno = 0;
    const long long parsed = strtoll(text, &end, 10);
    if (end == text || *end != '\0' || errno != 0)
        return hr_fail(err, HR_USAGE, "--%s %s: expected a whole number", option->name, text);
    *value = parsed;
    return check_range(option, (double)parsed, err);
}

static hr_status read_real(const hr_option *option, const char *text, double *value, hr_error *err)
{
    char *end = NULL;
    const double parsed = strtod(text, &end);
    if (end == text || *end != '\0' || !isfinite(parsed))
        return hr_fail(err, HR_USAGE, "--%s %s: expected a number", option->name, text);
    *value = parsed;
    return check_range(option, parsed, err);
}

static hr_status check_text(const hr_option *option, const char *text, hr_error *err)
{
    if (*text == '\0' || strlen(text) >= HR_TEXT_LENGTH)
        return hr_fail(err, HR_USAGE, "--%s: expected 1 to %d characters, found %zu", option->name,
                       HR_TEXT_LENGTH - 1, strlen(text));
    if (option->lifetime != HR_OPTION_CALL && !hr_utf8_is_valid(text, (int64_t)strlen(text)))
        return hr_fail(err, HR_USAGE, "--%s: not UTF-8, in which a checkpoint keeps it", option->name);
    return HR_OK;
}

hr_status hr_setting_read(hr_setting *setting, const hr_option *option, const char *text, hr_error *err)
{
    *setting = (hr_setting){.option = option};
    switch (option->kind) {
    case HR_OPTION_TEXT:
        setting->value.text = text;
        return check_text(option, text, err);
    case HR_OPTION_INT:
        return read_int(option, text, &setting->value.integer, err);
    case HR_OPTION_REAL:
        return read_real(option, text, &setting->value.real, err);
    case HR_OPTION_CHOICE:
        return read_choice(option, text, &setting->value.choice, err);
    case HR_OPTION_FLAG:
    case HR_OPTION_HELP:
        break;
    }
    return HR_OK;
}

void hr_setting_apply(const hr_setting *setting, void *target)
{
    void *field = (char *)target + setting->option->offset;
    switch (setting->option->kind) {
    case HR_OPTION_TEXT:
        strcpy(field, setting->value.text);
        break;
    case HR_OPTION_INT:
        *(int64_t *)field = setting->value.integer;
        break;
    case HR_OPTION_REAL:
        *(double *)field = setting->value.real;
        break;
    case HR_OPTION_CHOICE:
        *(int *)field = setting->value.choice;
        break;
    case HR_OPTION_FLAG:
        *(bool *)field = true;
        break;
    case HR_OPTION_HELP:
        break;
    }
}

static int table_length(const hr_option *table)
{
    int length = 0;
    while (table[length].name)
        length++;
    return length;
}

/* Above any character, which getopt_long's own codes are. */
enum { FIRST_CODE = 256 };

static struct option *getopt_table(const hr_option *table)
{
    const int length = table_length(table);
    struct option *known = hr_alloc(length + 1, sizeof *known);
    for (int i = 0; known && i < length; i++)
        known[i] = (struct option){table[i].name, table[i].value ? required_argument : no_argument, NULL,
                                   FIRST_CODE + i};
    return known;
}

/* Names the option that somebody may have meant. */
static hr_status no_such_option(const hr_option *table, const char *word, hr_error *err)
{
    const char *name = word + strspn(word, "-");
    const int length = (int)strcspn(name, "=");
    hr_nearest nearest = hr_nearest_to(name, length);
    for (const hr_option *option = table; option->name; option++)
        hr_nearest_offer(&nearest, option->name);
    if (!nearest.word)
        return hr_fail(err, HR_USAGE, "%s: no such option", word);
    return hr_fail(err, HR_USAGE, "%s: no such option, or an abbreviation of several; did you mean --%s?",
                   word, nearest.word);
}

/* What getopt_long found: an option by its code, an argument (1), or what is wrong (':' and '?'). */
static hr_status take(hr_command_line *line, const hr_option *table, int code, char **argv, int max_arguments,
                      hr_error *err)
{
    if (code == ':')
        return hr_fail(err, HR_USAGE, "%s: needs a value", argv[optind - 1]);
    if (code == '?')
        return no_such_option(table, argv[optind - 1], err);
    if (code != 1)
        return hr_setting_read(&line->settings[line->count++], &table[code - FIRST_CODE], optarg, err);
    if (line->argument_count == max_arguments)
        return hr_fail(err, HR_USAGE, "%s: one argument too many", optarg);
    line->arguments[line->argument_count++] = optarg;
    return HR_OK;
}

hr_status hr_command_line_read(hr_command_line *line, const hr_option *table, int argc, char **argv,
                               int max_arguments, hr_error *err)
{
    hr_status status = HR_OK;
    struct option *known = getopt_table(table);
    *line = (hr_command_line){.count = 0};
    if (!known)
        return hr_fail_memory(err, table_length(table), sizeof *known, "the options");
    HR_ALLOC(line->settings, argc);
    optind = 0; /* getopt starts anew */
    opterr = 0;
    /* "-": an argument is returned as the value of option 1, in the order of the line. ":": a missing value
     * is told apart from an unknown name. */
    for (int code = 0; !line->help && (code = getopt_long(argc, argv, "-:", known, NULL)) != -1;)
        if (code >= FIRST_CODE && table[code - FIRST_CODE].kind == HR_OPTION_HELP)
            line->help = true;
        else
            HR_TRY(take(line, table, code, argv, max_arguments, err));
done:
    free(known);
    return status;
}

hr_status hr_command_line_read_text(hr_command_line *line, const hr_option *table, const char *text,
                                    char words[HR_OPTION_WORDS], hr_error *err)
{
    char *argv[HR_OPTION_WORDS / 2 + 2] = {""}, *rest = NULL;
    int argc = 1;
    *line = (hr_command_line){.count = 0};
    if (strlen(text) >= HR_OPTION_WORDS)
        return hr_fail(err, HR_USAGE, "%.60s…: more than %d bytes of options", text, HR_OPTION_WORDS - 1);
    strcpy(words, text);
    for (char *word = strtok_r(words, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
        argv[argc++] = word;
    return hr_command_line_read(line, table, argc, argv, 0, err);
}

void hr_command_line_free(hr_command_line *line)
{
    free(line->settings);
    *line = (hr_command_line){.count = 0};
}

void hr_options_apply(const hr_command_line *line, void *target)
{
    for (int i = 0; i < line->count; i++)
        hr_setting_apply(&line->settings[i], target);
}

hr_status hr_options_check(const hr_option *table, const void *target, hr_error *err)
{
    hr_status status = HR_OK;
    for (const hr_option *option = table; option->name && status == HR_OK; option++) {
        if (option->kind == HR_OPTION_INT)
            status = check_range(option, (double)*(const int64_t *)const_field(option, target), err);
        else if (option->kind == HR_OPTION_REAL)
            status = check_range(option, *(const double *)const_field(option, target), err);
    }
    return status;
}
