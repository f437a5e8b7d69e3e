#include "trainer/lists/print_lists.h"

#include "io/base/json.h"
#include "io/base/utf8.h"
#include "trainer/lists/list_json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* As a terminal shows it. */
static const char *show(const char *text, char out[HR_ESCAPED_LENGTH])
{
    return hr_escape(out, HR_ESCAPED_LENGTH, text, (int64_t)strlen(text));
}

static hr_status print_text(hr_list_printer *p, const hr_user_block *users, int64_t index,
                            const hr_lists *lists, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_catalogue *c = &p->recommender->catalogue;
    char buffer[HR_ID_BUFFER], title[HR_ESCAPED_LENGTH], joined[1024], genres[HR_ESCAPED_LENGTH],
        shown[HR_ESCAPED_LENGTH];
    if (p->printed > 0)
        putchar('\n');
    if (users->id.count > 0)
        printf("for user %s:\n", show(hr_ids_text(&users->id, index, buffer), shown));
    else
        printf("for a new user:\n");
    for (int64_t i = 0; i < lists->count[index]; i++) {
        const int32_t movie = lists->movie[index * lists->k + i];
        hr_list_genres(&c->genres, movie, joined, sizeof joined);
        printf("%3" PRId64 "  %8.4f  %-50s  %s  (movie %s)\n", i + 1,
               (double)lists->score[index * lists->k + i], show(hr_strings_at(&c->title, movie), title),
               show(joined, genres), show(hr_ids_text(&c->id, movie, buffer), shown));
        if (p->remarks)
            HR_TRY(p->remarks->print(p->remarks->context, i, err));
    }
done:
    return status;
}

static hr_status print_json(hr_list_printer *p, const hr_user_block *users, int64_t index,
                            const hr_lists *lists, hr_error *err)
{
    hr_status status = HR_OK;
    json_t *object = NULL;
    HR_TRY(hr_list_json(&object, &p->recommender->catalogue, users, index, lists, p->remarks, err));
    if (p->printed > 0)
        fputs(", ", stdout);
    HR_TRY(hr_json_print(object, "the list", stdout, err));
done:
    json_decref(object);
    return status;
}

static hr_status take(void *context, int64_t first, const hr_user_block *users, const hr_lists *lists,
                      hr_error *err)
{
    (void)first;
    hr_status status = HR_OK;
    hr_list_printer *p = context;
    for (int64_t i = 0; i < users->users; i++, p->printed++) {
        if (p->remarks)
            HR_TRY(p->remarks->begin(p->remarks->context, users, i, lists, err));
        HR_TRY((p->json ? print_json : print_text)(p, users, i, lists, err));
    }
done:
    return status;
}

hr_list_sink hr_list_printer_sink(hr_list_printer *printer)
{
    return (hr_list_sink){take, printer};
}

void hr_list_printer_begin(const hr_list_printer *printer)
{
    if (printer->json && printer->several)
        fputs("{\"lists\": [", stdout);
}

void hr_list_printer_end(const hr_list_printer *printer)
{
    if (printer->json && printer->several)
        puts("]}");
}
