/* Reviews of Amazon, Goodreads, Yelp and others: an object a line, whose members have names that columns have. */
#include "io/formats/json_lines.h"

#include "io/base/json.h"
#include "io/base/memory.h"
#include "io/formats/format.h"
#include "io/readers/rating_columns.h"
#include "io/side/genre_pieces.h"
#include "io/side/python_literal.h"
#include "io/text/numbers.h"
#include "io/text/rows.h"
#include "io/text/times.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const hr_dialect lines = {.separator = HR_SEPARATOR_NONE};

/* Names of the members: what hr_source_add_file keeps. */
typedef struct members {
    char name[HR_ROLES][HR_COLUMN_NAME]; /* empty where there is none */
    bool implicit;
} members;

/* A share being read. */
typedef struct reading {
    const members *of;
    hr_row_sink *sink;
} reading;

/* The text of a member that is an id; false where it is neither text nor a whole number. */
static bool id_of(const json_t *object, const char *name, char buffer[32], hr_text_piece *id)
{
    const json_t *value = json_object_get(object, name);
    if (json_is_string(value)) {
        *id = (hr_text_piece){json_string_value(value), (int64_t)json_string_length(value)};
    } else if (json_is_integer(value)) {
        *id =
            (hr_text_piece){buffer, snprintf(buffer, 32, "%" JSON_INTEGER_FORMAT, json_integer_value(value))};
    } else {
        return false;
    }
    return true;
}

/* A member that is a number, or text that is one. */
static bool number_of(const json_t *object, const char *name, double *number)
{
    const json_t *value = json_object_get(object, name);
    *number = json_number_value(value);
    return json_is_number(value) ||
           (json_is_string(value) && hr_number_parse(hr_piece_of(json_string_value(value)), false, number));
}

static bool time_of(const json_t *object, const char *name, hr_time_unit unit, int64_t *time)
{
    char text[64];
    const json_t *value = json_object_get(object, name);
    if (!value || json_is_null(value)) {
        *time = HR_NO_TIME;
        return true;
    }
    if (json_is_string(value))
        return hr_time_parse_as(hr_piece_of(json_string_value(value)), unit, time);
    if (json_is_integer(value))
        snprintf(text, sizeof text, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    else
        snprintf(text, sizeof text, "%.17g", json_number_value(value));
    return json_is_number(value) && hr_time_parse_as(hr_piece_of(text), unit, time);
}

static hr_status take_object(const reading *r, const json_t *object, int64_t offset, hr_error *err)
{
    char user[32], item[32];
    const members *of = r->of;
    hr_rating_row rating = {.value = 1.0, .time = HR_NO_TIME, .offset = offset};
    if (!id_of(object, of->name[HR_ROLE_USER], user, &rating.user))
        return hr_row_sink_bad(r->sink, offset, err,
                               "member %s: found no text or whole number, expected a user",
                               of->name[HR_ROLE_USER]);
    if (!id_of(object, of->name[HR_ROLE_ITEM], item, &rating.item))
        return hr_row_sink_bad(r->sink, offset, err,
                               "member %s: found no text or whole number, expected an item",
                               of->name[HR_ROLE_ITEM]);
    if (!of->implicit && !number_of(object, of->name[HR_ROLE_RATING], &rating.value))
        return hr_row_sink_bad(r->sink, offset, err, "member %s: found no number, expected a rating",
                               of->name[HR_ROLE_RATING]);
    const hr_time_unit unit = r->sink->source->options.time_unit;
    if (*of->name[HR_ROLE_TIME] && !time_of(object, of->name[HR_ROLE_TIME], unit, &rating.time))
        return hr_row_sink_bad(r->sink, offset, err, "member %s: expected " HR_TIME_EXPECTED,
                               of->name[HR_ROLE_TIME]);
    return hr_row_sink_add(r->sink, &rating, err);
}

static hr_status take_line(void *context, const hr_row *row, hr_error *err)
{
    const reading *r = context;
    hr_status status = HR_OK;
    json_t *object = NULL;
    HR_TRY(hr_python_literal(row->field[0], &object, err));
    if (!json_is_object(object))
        HR_TRY(hr_row_sink_bad(r->sink, row->offset, err, "found \"%.*s\", expected a JSON object",
                               HR_PIECE(row->field[0])));
    else
        HR_TRY(take_object(r, object, row->offset, err));
done:
    json_decref(object);
    return status;
}

static hr_status read_share(const void *how, const hr_text_file *text, int64_t begin, int64_t end,
                            hr_row_sink *sink, hr_error *err)
{
    reading r = {how, sink};
    return hr_text_rows(text, &lines, begin, end, take_line, &r, err);
}

/* The object of the first line, or NULL. HR_MEMORY. */
static hr_status first_object(hr_text_piece sample, json_t **object, hr_error *err)
{
    hr_status status = HR_OK;
    *object = NULL;
    const char *end = sample.length > 0 ? memchr(sample.at, '\n', (size_t)sample.length) : NULL;
    const hr_text_piece line = {sample.at, end ? end - sample.at : sample.length};
    if (line.length > 0 && *line.at == '{')
        status = hr_python_literal(line, object, err);
    if (!json_is_object(*object)) {
        json_decref(*object);
        *object = NULL;
    }
    return status;
}

/* Finds which members have which roles, by their names; false where none is a user or an item. */
static bool find_members(json_t *object, members *of)
{
    hr_row header = {0};
    hr_rating_columns columns;
    const char *name;
    json_t *value;
    json_object_foreach(object, name, value)
    {
        (void)value;
        if (header.fields < HR_ROW_FIELDS)
            header.field[header.fields++] = hr_piece_of(name);
    }
    hr_columns_by_name(&header, &columns);
    for (int role = 0; role < HR_ROLES; role++)
        if (columns.index[role] >= 0)
            snprintf(of->name[role], HR_COLUMN_NAME, "%s", header.field[columns.index[role]].at);
    return *of->name[HR_ROLE_USER] && *of->name[HR_ROLE_ITEM];
}

hr_status hr_json_fail(const char *path, hr_error *err)
{
    return hr_fail(err, HR_INPUT,
                   "%s: JSON whose first line is no object with a user and an item, expected lines such as "
                   "{\"user\": 1, \"item\": 31, \"rating\": 4}; a list of objects becomes such lines by "
                   "jq -c '.[]' %s",
                   path, path);
}

/* The byte behind blanks and line ends; 0 where there is none. */
static char next_byte(const char **at, const char *end)
{
    while (*at < end && (**at == ' ' || **at == '\t' || **at == '\r' || **at == '\n'))
        ++*at;
    return *at < end ? *(*at)++ : '\0';
}

bool hr_json_is_like(hr_text_piece sample)
{
    const char *at = sample.at, *end = sample.at + sample.length;
    const char first = next_byte(&at, end), second = next_byte(&at, end);
    return (first == '[' && (second == '{' || second == '[' || second == '"')) ||
           (first == '{' && second == '"');
}

static bool is_like(const char *path, hr_text_piece sample)
{
    hr_error ignored;
    members of = {0};
    json_t *object = NULL;
    const bool unknown =
        first_object(sample, &object, &ignored) != HR_OK; /* for want of memory: `add` says so */
    const bool has = unknown || (object && find_members(object, &of));
    (void)path;
    json_decref(object);
    return has;
}

static hr_status add(hr_source *source, const char *path, uint8_t split, hr_error *err)
{
    hr_status status = HR_OK;
    hr_text_file *text = NULL;
    members *of = NULL;
    json_t *object = NULL;
    HR_ALLOC(of, 1);
    HR_TRY(hr_text_open(&text, path, err));
    HR_TRY(first_object(hr_text_sample(text), &object, err));
    if (!object || !find_members(object, of))
        HR_TRY(hr_json_fail(path, err));
    of->implicit = source->options.implicit || !*of->name[HR_ROLE_RATING];
    source->facts.has_values = source->facts.has_values && !of->implicit;
    source->facts.has_times = source->facts.has_times && *of->name[HR_ROLE_TIME];
    HR_TRY(hr_source_say(source, err, "%s: JSON lines; user is %s, item is %s, rating is %s, time is %s",
                         path, of->name[HR_ROLE_USER], of->name[HR_ROLE_ITEM],
                         of->implicit ? "1" : of->name[HR_ROLE_RATING],
                         *of->name[HR_ROLE_TIME] ? of->name[HR_ROLE_TIME] : "not there"));
    status = hr_source_add_file(source, text, split, read_share, of, err);
    text = NULL;
    of = NULL;
done:
    json_decref(object);
    hr_text_close(text);
    free(of);
    return status;
}

static hr_status beside(hr_source *source, const hr_listing *listing, const char *file, hr_error *err)
{
    return hr_json_meta_add(source, listing, file, err);
}

const hr_format hr_format_json = {
    .name = "json",
    .summary = "JSON lines, such as Amazon's reviews_NAME_5.json and NAME.jsonl; titles of meta_NAME.json",
    .ratings = "*.json *.jsonl *.ndjson",
    .is_like = is_like,
    .add = add,
    .beside = beside,
};
