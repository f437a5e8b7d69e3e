#include "io/base/options.h"

#include "io/base/memory.h"

#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

static void *field(const hr_option *option, void *target)
{
    return (char *)target + option->offset;
}

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

static hr_status set_choice(const hr_option *option, const char *text, int *chosen, hr_error *err)
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

static hr_status set_int(const hr_option *option, const char *text, int64_t *value, hr_error *err)
{
    char *end = NULL;
    errno = 0;
    const long long parsed = strtoll(text, &end, 10);
    if (end == text || *end != '\0' || errno != 0)
        return hr_fail(err, HR_USAGE, "--%s %s: expected a whole number", option->name, text);
    *value = parsed;
    return check_range(option, (double)parsed, err);
}

static hr_status set_real(const hr_option *option, const char *text, double *value, hr_error *err)
{
    char *end = NULL;
    const double parsed = strtod(text, &end);
    if (end == text || *end != '\0' || !isfinite(parsed))
        return hr_fail(err, HR_USAGE, "--%s %s: expected a number", option->name, text);
    *value = parsed;
    return check_range(option, parsed, err);
}

static hr_status set_text(const hr_option *option, const char *text, char *value, hr_error *err)
{
    if (*text == '\0' || strlen(text) >= HR_TEXT_LENGTH)
        return hr_fail(err, HR_USAGE, "--%s: expected 1 to %d characters, found %zu", option->name,
                       HR_TEXT_LENGTH - 1, strlen(text));
    strcpy(value, text);
    return HR_OK;
}

static hr_status set_value(const hr_option *option, const char *text, void *target, hr_error *err)
{
    switch (option->kind) {
    case HR_OPTION_TEXT:
        return set_text(option, text, field(option, target), err);
    case HR_OPTION_INT:
        return set_int(option, text, field(option, target), err);
    case HR_OPTION_REAL:
        return set_real(option, text, field(option, target), err);
    case HR_OPTION_CHOICE:
        return set_choice(option, text, field(option, target), err);
    case HR_OPTION_FLAG:
        *(bool *)field(option, target) = true;
        return HR_OK;
    case HR_OPTION_HELP:
        break;
    }
    return HR_OK;
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

hr_status hr_options_parse(const hr_option *table, int argc, char **argv, void *target,
                           const char **arguments, int max_arguments, int *count, int *help, hr_error *err)
{
    hr_status status = HR_OK;
    struct option *known = getopt_table(table);
    if (!known)
        return hr_no_room(err, table_length(table), sizeof *known, "the options");
    *count = *help = 0;
    optind = 0; /* getopt starts anew */
    opterr = 0;
    /* "-": what is no option comes back as the value of option 1, in its place. ":": a missing value is told
     * apart from an unknown name. */
    for (int code = 0; (code = getopt_long(argc, argv, "-:", known, NULL)) != -1;) {
        if (code == ':')
            HR_TRY(hr_fail(err, HR_USAGE, "%s: needs a value", argv[optind - 1]));
        if (code == '?')
            HR_TRY(hr_fail(err, HR_USAGE, "%s: no such option, or an abbreviation of several",
                           argv[optind - 1]));
        if (code == 1) {
            if (*count == max_arguments)
                HR_TRY(hr_fail(err, HR_USAGE, "%s: one argument too many", optarg));
            arguments[(*count)++] = optarg;
        } else if (table[code - FIRST_CODE].kind == HR_OPTION_HELP) {
            *help = 1;
            break;
        } else {
            HR_TRY(set_value(&table[code - FIRST_CODE], optarg, target, err));
        }
    }
done:
    free(known);
    return status;
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

/* A default out of range means: there is none, the option must be given. */
static void print_default(const hr_option *option, const void *defaults, FILE *out)
{
    const void *value = const_field(option, defaults);
    if (option->kind == HR_OPTION_TEXT && *(const char *)value)
        fprintf(out, " [%s]", (const char *)value);
    else if (option->kind == HR_OPTION_INT && in_range(option, (double)*(const int64_t *)value))
        fprintf(out, " [%" PRId64 "]", *(const int64_t *)value);
    else if (option->kind == HR_OPTION_REAL && in_range(option, *(const double *)value))
        fprintf(out, " [%g]", *(const double *)value);
    else if (option->kind == HR_OPTION_CHOICE)
        fprintf(out, " [%s]", option->choices[*(const int *)value]);
}

void hr_options_print_help(const hr_option *table, const void *defaults, FILE *out)
{
    for (const hr_option *option = table; option->name; option++) {
        char name[64];
        snprintf(name, sizeof name, "--%s%s%s", option->name, option->value ? " " : "",
                 option->value ? option->value : "");
        fprintf(out, "  %-26s %s", name, option->help);
        if (option->kind != HR_OPTION_HELP)
            print_default(option, defaults, out);
        fputc('\n', out);
    }
}

json_t *hr_options_to_json(const hr_option *table, const void *target)
{
    json_t *object = json_object();
    for (const hr_option *option = table; option->name; option++) {
        const void *value = const_field(option, target);
        if (option->lifetime == HR_OPTION_CALL)
            continue;
        if (option->kind == HR_OPTION_TEXT)
            json_object_set_new(object, option->name, json_string(value));
        else if (option->kind == HR_OPTION_INT)
            json_object_set_new(object, option->name, json_integer(*(const int64_t *)value));
        else if (option->kind == HR_OPTION_REAL)
            json_object_set_new(object, option->name, json_real(*(const double *)value));
        else if (option->kind == HR_OPTION_CHOICE)
            json_object_set_new(object, option->name, json_string(option->choices[*(const int *)value]));
        else
            json_object_set_new(object, option->name, json_boolean(*(const bool *)value));
    }
    return object;
}

static hr_status value_from_json(const hr_option *option, const json_t *value, void *target, hr_error *err)
{
    void *place = field(option, target);
    if (option->kind == HR_OPTION_INT && json_is_integer(value)) {
        *(int64_t *)place = json_integer_value(value);
        return HR_OK;
    }
    if (option->kind == HR_OPTION_REAL && json_is_number(value)) {
        *(double *)place = json_number_value(value);
        return HR_OK;
    }
    if (option->kind == HR_OPTION_FLAG && json_is_boolean(value)) {
        *(bool *)place = json_is_true(value);
        return HR_OK;
    }
    if (json_is_string(value) && (option->kind == HR_OPTION_TEXT || option->kind == HR_OPTION_CHOICE))
        return *json_string_value(value) ? set_value(option, json_string_value(value), target, err) : HR_OK;
    return hr_fail(err, HR_INPUT, "the kept option %s has a value of another kind", option->name);
}

hr_status hr_options_from_json(const hr_option *table, const json_t *object, void *target, hr_error *err)
{
    for (const hr_option *option = table; option->name; option++) {
        const json_t *value =
            option->lifetime == HR_OPTION_CALL ? NULL : json_object_get(object, option->name);
        if (value && value_from_json(option, value, target, err) != HR_OK)
            return HR_INPUT;
    }
    return hr_options_check(table, target, err) == HR_OK ? HR_OK : HR_INPUT;
}

hr_status hr_options_compare_fixed(const hr_option *table, const void *kept, const void *asked, hr_error *err)
{
    hr_status status = HR_OK;
    json_t *before = hr_options_to_json(table, kept), *now = hr_options_to_json(table, asked);
    for (const hr_option *option = table; option->name && status == HR_OK; option++) {
        const json_t *x = json_object_get(before, option->name), *y = json_object_get(now, option->name);
        if (option->lifetime != HR_OPTION_FIXED || json_equal(x, y))
            continue;
        char *was = json_dumps(x, JSON_ENCODE_ANY), *is = json_dumps(y, JSON_ENCODE_ANY);
        status = hr_fail(err, HR_USAGE,
                         "--%s is %s, but the run to be resumed has %s: leave it out, or start a new run",
                         option->name, is ? is : "?", was ? was : "?");
        free(was);
        free(is);
    }
    json_decref(now);
    json_decref(before);
    return status;
}
