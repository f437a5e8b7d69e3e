#include "trainer/serve/description/shape.h"

#include "io/base/json.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

enum { NAME_LENGTH = 64, DEEPEST = 16 };

/* Where the reading is. */
typedef struct reader {
    const char *shape, *at;
    int depth;
} reader;

static json_t *read_value(reader *r);

static void skip_blanks(reader *r)
{
    while (isspace((unsigned char)*r->at))
        r->at++;
}

/* Takes a character, if it is the next one. */
static bool take(reader *r, char c)
{
    skip_blanks(r);
    if (*r->at != c)
        return false;
    r->at++;
    return true;
}

/* Takes a word of letters, digits, "_", "@", "-", "." and "*"; whether there is one. */
static bool take_name(reader *r, char name[NAME_LENGTH])
{
    int length = 0;
    skip_blanks(r);
    while (*r->at && (isalnum((unsigned char)*r->at) || strchr("_@-.*", *r->at)) && length < NAME_LENGTH - 1)
        name[length++] = *r->at++;
    name[length] = '\0';
    return length > 0;
}

static json_t *read_word(reader *r)
{
    static const struct {
        const char *word, *type;
    } words[] = {{"text", "string"}, {"integer", "integer"}, {"number", "number"}, {"flag", "boolean"}};
    char name[NAME_LENGTH];
    if (!take_name(r, name))
        return NULL;
    if (strcmp(name, "any") == 0)
        return json_object();
    if (strcmp(name, "id") == 0)
        return json_pack("{s:[s, s]}", "type", "integer", "string");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(name, words[i].word) == 0)
            return json_pack("{s:s}", "type", words[i].type);
    return NULL;
}

static json_t *read_list(reader *r)
{
    json_t *items = read_value(r);
    if (items && take(r, ']'))
        return json_pack("{s:s, s:o}", "type", "array", "items", items);
    json_decref(items);
    return NULL;
}

/* One member, into the object's schema; false for what is none. */
static bool read_member(reader *r, json_t *schema)
{
    char name[NAME_LENGTH];
    if (!take_name(r, name))
        return false;
    const bool optional = take(r, '?'), fits = take(r, ':');
    json_t *value = fits ? read_value(r) : NULL;
    if (!value)
        return false;
    if (strcmp(name, "*") == 0) {
        json_object_set_new(schema, "additionalProperties", value);
        return true;
    }
    json_object_set_new(json_object_get(schema, "properties"), name, value);
    if (!optional)
        json_array_append_new(json_object_get(schema, "required"), json_string(name));
    return true;
}

static json_t *read_object(reader *r)
{
    json_t *schema = json_pack("{s:s, s:{}, s:[]}", "type", "object", "properties", "required");
    bool fits = true;
    while (fits && !take(r, '}')) {
        fits = read_member(r, schema);
        take(r, ',');
    }
    if (fits)
        return schema;
    json_decref(schema);
    return NULL;
}

static json_t *or_null(json_t *schema)
{
    return json_pack("{s:[o, {s:s}]}", "anyOf", schema, "type", "null");
}

static json_t *read_value(reader *r)
{
    json_t *schema = NULL;
    char name[NAME_LENGTH];
    if (++r->depth > DEEPEST)
        return NULL;
    schema = take(r, '{') ? read_object(r) : take(r, '[') ? read_list(r) : read_word(r);
    r->depth--;
    if (!schema || !take(r, '|'))
        return schema;
    if (take_name(r, name) && strcmp(name, "null") == 0)
        return or_null(schema);
    json_decref(schema);
    return NULL;
}

hr_status hr_shape_schema(const char *shape, json_t **schema, hr_error *err)
{
    hr_status status = HR_OK;
    reader r = {.shape = shape, .at = shape};
    *schema = read_value(&r);
    skip_blanks(&r);
    HR_TRY(hr_json_check("a schema", err));
    if (!*schema || *r.at)
        HR_TRY(hr_fail(err, HR_INPUT, "%s: is no shape from byte %d on", shape, (int)(r.at - shape)));
done:
    if (status != HR_OK) {
        json_decref(*schema);
        *schema = NULL;
    }
    return status;
}
