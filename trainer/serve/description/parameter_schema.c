#include "trainer/serve/description/parameter_schema.h"

#include "io/base/json.h"

#include <stdlib.h>
#include <string.h>

/* Most bytes of a text where the table does not say. */
enum { USUAL_TEXT = 1000 };

static json_t *number_schema(const hr_parameter *p)
{
    const bool whole = p->kind == HR_INTEGER_PARAMETER;
    json_t *schema = json_pack("{s:s}", "type", whole ? "integer" : "number");
    json_object_set_new(schema, "minimum",
                        whole ? json_integer((json_int_t)p->minimum) : json_real(p->minimum));
    json_object_set_new(schema, "maximum",
                        whole ? json_integer((json_int_t)p->maximum) : json_real(p->maximum));
    return schema;
}

static json_t *text_schema(const hr_parameter *p)
{
    json_t *schema = p->kind == HR_ID_PARAMETER && p->where == HR_IN_BODY
                         ? json_pack("{s:[s, s]}", "type", "integer", "string")
                         : json_pack("{s:s}", "type", "string");
    if (p->minimum > 0.0)
        json_object_set_new(schema, "minLength", json_integer((json_int_t)p->minimum));
    json_object_set_new(schema, "maxLength",
                        json_integer(p->maximum > 0.0 ? (json_int_t)p->maximum : USUAL_TEXT));
    return schema;
}

static json_t *choice_schema(const hr_parameter *p)
{
    json_t *words = json_array();
    for (int i = 0; p->choices[i]; i++)
        json_array_append_new(words, json_string(p->choices[i]));
    return json_pack("{s:s, s:o}", "type", "string", "enum", words);
}

static json_t *kind_schema(const hr_parameter *p)
{
    switch (p->kind) {
    case HR_INTEGER_PARAMETER:
    case HR_REAL_PARAMETER:
        return number_schema(p);
    case HR_FLAG_PARAMETER:
        return json_pack("{s:s}", "type", "boolean");
    case HR_CHOICE_PARAMETER:
        return choice_schema(p);
    case HR_JSON_PARAMETER:
        return json_pack("{s:[s, s]}", "type", "array", "object");
    default:
        return text_schema(p);
    }
}

/* The value that the table gives, in the parameter's type. */
static json_t *default_json(const hr_parameter *p)
{
    if (p->kind == HR_INTEGER_PARAMETER)
        return json_integer(strtoll(p->otherwise, NULL, 10));
    if (p->kind == HR_REAL_PARAMETER)
        return json_real(strtod(p->otherwise, NULL));
    if (p->kind == HR_FLAG_PARAMETER)
        return json_boolean(*p->otherwise == '1' || *p->otherwise == 't');
    return json_string(p->otherwise);
}

static json_t *schema_of(const hr_parameter *p)
{
    json_t *schema = kind_schema(p);
    if (p->otherwise)
        json_object_set_new(schema, "default", default_json(p));
    if (p->repeated)
        schema = json_pack("{s:s, s:o}", "type", "array", "items", schema);
    return schema;
}

json_t *hr_parameters_json(const hr_parameter *parameters)
{
    json_t *list = json_array();
    for (const hr_parameter *p = parameters; p && p->name; p++)
        if (p->where != HR_IN_BODY)
            json_array_append_new(list, json_pack("{s:s, s:s, s:b, s:s, s:o}", "name", p->name, "in",
                                                  p->where == HR_IN_PATH ? "path" : "query", "required",
                                                  (int)(p->required || p->where == HR_IN_PATH), "description",
                                                  p->summary ? p->summary : "", "schema", schema_of(p)));
    return list;
}

json_t *hr_body_schema(const hr_parameter *parameters)
{
    json_t *schema = json_pack("{s:s, s:{}, s:[]}", "type", "object", "properties", "required");
    for (const hr_parameter *p = parameters; p && p->name; p++) {
        if (p->where != HR_IN_BODY)
            continue;
        json_t *member = schema_of(p);
        json_object_set_new(member, "description", json_string(p->summary ? p->summary : ""));
        json_object_set_new(json_object_get(schema, "properties"), p->name, member);
        if (p->required)
            json_array_append_new(json_object_get(schema, "required"), json_string(p->name));
    }
    if (json_object_size(json_object_get(schema, "properties")) > 0)
        return schema;
    json_decref(schema);
    return NULL;
}
