#include "trainer/lists/text_buffer.h"

#include "io/base/json.h"
#include "io/base/memory.h"

#include <string.h>

void hr_text_buffer_free(hr_text_buffer *text)
{
    free(text->bytes);
    *text = (hr_text_buffer){0};
}

hr_status hr_text_add_bytes(hr_text_buffer *text, const char *more, int64_t length, hr_error *err)
{
    hr_status status = HR_OK;
    HR_GROW(text->bytes, text->capacity, text->used + length + 1);
    memcpy(text->bytes + text->used, more, (size_t)length);
    text->used += length;
done:
    return status;
}

hr_status hr_text_add(hr_text_buffer *text, const char *more, hr_error *err)
{
    return hr_text_add_bytes(text, more, (int64_t)strlen(more), err);
}

hr_status hr_text_add_field(hr_text_buffer *text, const char *field, hr_error *err)
{
    static const char special[] = "\t\n\r\\", letters[] = "tnr\\";
    hr_status status = HR_OK;
    while (*field) {
        const size_t plain = strcspn(field, special);
        HR_TRY(hr_text_add_bytes(text, field, (int64_t)plain, err));
        field += plain;
        if (*field) {
            const char escape[2] = {'\\', letters[strchr(special, *field) - special]};
            HR_TRY(hr_text_add_bytes(text, escape, sizeof escape, err));
            field++;
        }
    }
done:
    return status;
}

hr_status hr_text_add_id(hr_text_buffer *text, const hr_ids *ids, int64_t index, hr_error *err)
{
    return ids->number ? hr_text_add_integer(text, ids->number[index], err)
                       : hr_text_add_field(text, hr_strings_at(&ids->text, index), err);
}

hr_status hr_text_add_json(hr_text_buffer *text, json_t *value, hr_error *err)
{
    char *printed = NULL;
    hr_status status = hr_json_text(value, JSON_ENCODE_ANY, "a name", &printed, err);
    if (status == HR_OK)
        status = hr_text_add(text, printed, err);
    free(printed);
    json_decref(value);
    return status;
}

hr_status hr_text_add_id_json(hr_text_buffer *text, const hr_ids *ids, int64_t index, hr_error *err)
{
    return ids->number ? hr_text_add_integer(text, ids->number[index], err)
                       : hr_text_add_json(text, hr_ids_json(ids, index), err);
}
