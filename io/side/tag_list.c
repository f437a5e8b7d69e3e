#include "io/side/tag_list.h"

#include "io/base/memory.h"
#include "io/base/search.h"
#include "io/base/sort.h"
#include "io/base/strings.h"
#include "io/text/numbers.h"
#include "io/text/times.h"

/* Texts of tags by number. */
typedef struct tag_names {
    hr_strings text;
    hr_keyed *by_number; /* [text.count] ascending */
    int64_t capacity;
} tag_names;

/* A list being read. */
typedef struct reading {
    const tag_names *names; /* NULL where the list has texts */
    hr_take_tag *take;
    void *context;
} reading;

static hr_status take_name(void *context, hr_side_file *file, const hr_text_piece *field, const hr_row *row,
                           hr_error *err)
{
    tag_names *names = context;
    hr_status status = HR_OK;
    int64_t number = 0;
    (void)row;
    if (!hr_side_number(field[0], &number)) {
        hr_side_bad(file, "found tag number \"%.*s\", expected a whole number", HR_PIECE(field[0]));
        return HR_OK;
    }
    HR_GROW(names->by_number, names->capacity, names->text.count + 1);
    names->by_number[names->text.count] = (hr_keyed){number, names->text.count};
    HR_TRY(hr_strings_append(&names->text, field[1].at ? field[1].at : "", field[1].length, err));
done:
    return status;
}

static bool is_less(const void *array, int64_t index, int64_t wanted)
{
    return ((const hr_keyed *)array)[index].key < wanted;
}

/* The text of a tag's number; a piece without bytes where there is none. */
static hr_text_piece find_name(const tag_names *names, hr_text_piece written)
{
    int64_t number = 0;
    if (!hr_side_number(written, &number))
        return (hr_text_piece){NULL, 0};
    const int64_t at = hr_bisect(names->by_number, names->text.count, number, is_less);
    if (at == names->text.count || names->by_number[at].key != number)
        return (hr_text_piece){NULL, 0};
    return hr_piece_of(hr_strings_at(&names->text, names->by_number[at].value));
}

static hr_status take_tag(void *context, hr_side_file *file, const hr_text_piece *field, const hr_row *row,
                          hr_error *err)
{
    const reading *r = context;
    hr_tag_row tag = {
        .user = field[HR_TAG_USER], .item = hr_id_trimmed(field[HR_TAG_ITEM]), .time = HR_NO_TIME};
    const hr_text_piece written = field[HR_TAG_TEXT], time = field[HR_TAG_TIME];
    (void)row;
    tag.text = r->names ? find_name(r->names, written) : written;
    if (time.at && !hr_time_parse(time, &tag.time))
        hr_side_bad(file, "found time \"%.*s\", expected " HR_TIME_EXPECTED, HR_PIECE(time));
    else if (r->names && !tag.text.at)
        hr_side_bad(file, "found tag number \"%.*s\", which no tag has", HR_PIECE(written));
    else if (tag.item.length == 0 || tag.text.length == 0)
        hr_side_bad(file, "the %s is empty", tag.item.length == 0 ? "item" : "tag");
    else
        return r->take(r->context, &tag, err);
    return HR_OK;
}

hr_status hr_tag_list_read(const char *path, const char *names_path, const hr_side_form *form,
                           hr_take_tag *take, void *context, hr_side_report *report, hr_error *err)
{
    static const hr_side_form name_form = {.names = {"id tagid", "value tagvalue tag tagname name"}};
    hr_status status = HR_OK;
    tag_names names = {0};
    reading r = {names_path ? &names : NULL, take, context};
    if (names_path) {
        HR_TRY(hr_side_table_read(names_path, &name_form, take_name, &names, report, err));
        hr_sort_keyed(names.by_number, names.text.count);
    }
    HR_TRY(hr_side_table_read(path, form, take_tag, &r, report, err));
done:
    hr_strings_free(&names.text);
    free(names.by_number);
    return status;
}
