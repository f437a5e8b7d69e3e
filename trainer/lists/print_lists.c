#include "trainer/lists/print_lists.h"

#include "io/base/json.h"
#include "io/base/utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* As a terminal shows it. */
static const char *show(const char *text, char out[HR_ESCAPED_LENGTH])
{
    return hr_escape(out, HR_ESCAPED_LENGTH, text, (int64_t)strlen(text));
}

static void join_genres(const hr_genres *genres, int64_t movie, char *joined, size_t size)
{
    size_t used = 0;
    *joined = '\0';
    for (int64_t i = genres->ptr[movie]; i < genres->ptr[movie + 1] && used < size; i++)
        used += (size_t)snprintf(joined + used, size - used, "%s%s", used ? "|" : "",
                                 hr_strings_at(&genres->name, genres->genre[i]));
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
        join_genres(&c->genres, movie, joined, sizeof joined);
        printf("%3" PRId64 "  %8.4f  %-50s  %s  (movie %s)\n", i + 1,
               (double)lists->score[index * lists->k + i], show(hr_strings_at(&c->title, movie), title),
               show(joined, genres), show(hr_ids_text(&c->id, movie, buffer), shown));
        if (p->remarks)
            HR_TRY(p->remarks->print(p->remarks->context, i, err));
    }
done:
    return status;
}

/* The JSON object of one movie of a list. */
static json_t *movie_json(const hr_catalogue *c, int32_t movie, float score)
{
    char joined[4096];
    join_genres(&c->genres, movie, joined, sizeof joined);
    return json_pack("{s:o, s:f, s:o, s:o}", "movie", hr_ids_json(&c->id, movie), "score", (double)score,
                     "title", hr_json_string(hr_strings_at(&c->title, movie)), "genres",
                     hr_json_string(joined));
}

static hr_status print_json(hr_list_printer *p, const hr_user_block *users, int64_t index,
                            const hr_lists *lists, hr_error *err)
{
    hr_status status = HR_OK;
    json_t *list = json_array();
    json_t *object =
        json_pack("{s:o, s:o}", "user", users->id.count > 0 ? hr_ids_json(&users->id, index) : json_null(),
                  "recommendations", list);
    for (int64_t i = 0; i < lists->count[index]; i++) {
        const int64_t at = index * lists->k + i;
        json_t *movie = movie_json(&p->recommender->catalogue, lists->movie[at], lists->score[at]);
        json_array_append_new(list, movie);
        if (p->remarks)
            HR_TRY(p->remarks->add(p->remarks->context, i, movie, err));
    }
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
