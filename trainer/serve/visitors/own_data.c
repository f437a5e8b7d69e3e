#include "trainer/serve/visitors/own_data.h"

#include "io/base/json.h"
#include "io/base/memory.h"
#include "trainer/serve/store/movies.h"
#include "trainer/serve/store/tokens.h"
#include "trainer/serve/visitors/rated_movies.h"
#include "trainer/serve/visitors/who.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* The opinion number `i` as an object; of a click without "rating". */
static hr_status append_json(hr_visitors *v, const hr_catalogue *catalogue, const hr_opinions *opinions,
                             int64_t i, bool rated, json_t *list, hr_error *err)
{
    hr_rated_movie movie;
    const char *id = hr_strings_at(&opinions->movie, i);
    const hr_status status = hr_rated_movie_find(v, catalogue, id, &movie, err);
    json_t *object = json_pack("{s:o, s:o, s:I}", "movie", hr_rated_movie_id(catalogue, id), "title",
                               hr_json_string(movie.title), "time", (json_int_t)opinions->time[i]);
    if (rated)
        json_object_set_new(object, "rating", json_real(opinions->value[i]));
    json_array_append_new(list, object);
    hr_rated_movie_free(&movie);
    return status;
}

static hr_status list_json(hr_visitors *v, const hr_catalogue *catalogue, const hr_opinions *opinions,
                           bool rated, json_t **list, hr_error *err)
{
    hr_status status = HR_OK;
    *list = json_array();
    for (int64_t i = 0; i < opinions->count; i++)
        HR_TRY(append_json(v, catalogue, opinions, i, rated, *list, err));
    HR_TRY(hr_json_check("a list of ratings", err));
done:
    return status;
}

hr_status hr_own_ratings_json(hr_visitors *v, const hr_catalogue *catalogue, const hr_opinions *ratings,
                              json_t **list, hr_error *err)
{
    return list_json(v, catalogue, ratings, true, list, err);
}

/* An id as a field: in quotes where it has a comma, a quote or an end of line. */
static void print_field(FILE *out, const char *text)
{
    if (!strpbrk(text, ",\"\r\n")) {
        fputs(text, out);
        return;
    }
    fputc('"', out);
    for (; *text; text++)
        fprintf(out, "%s%c", *text == '"' ? "\"" : "", *text);
    fputc('"', out);
}

hr_status hr_own_ratings_csv(int64_t visitor, const hr_opinions *ratings, char **text, size_t *length,
                             hr_error *err)
{
    FILE *out = open_memstream(text, length);
    if (!out)
        return hr_fail_memory(err, 1, 1, "a list of ratings");
    fputs("userId,movieId,rating,timestamp\n", out);
    for (int64_t i = 0; i < ratings->count; i++) {
        fprintf(out, "%" PRId64 ",", visitor);
        print_field(out, hr_strings_at(&ratings->movie, i));
        fprintf(out, ",%.9g,%" PRId64 "\n", ratings->value[i], ratings->time[i]);
    }
    if (fclose(out) == 0)
        return HR_OK;
    free(*text);
    *text = NULL;
    return hr_fail_memory(err, 1, 1, "a list of ratings");
}

static hr_status add_opinions(hr_visitors *v, const hr_catalogue *catalogue, int64_t visitor, json_t *data,
                              hr_error *err)
{
    hr_status status = HR_OK;
    hr_opinions ratings = {0}, clicks = {0};
    json_t *list = NULL, *opened = NULL;
    HR_TRY(hr_store_ratings_of(&v->store, visitor, &ratings, err));
    HR_TRY(hr_store_clicks_of(&v->store, visitor, INT64_MAX, &clicks, err));
    HR_TRY(list_json(v, catalogue, &ratings, true, &list, err));
    HR_TRY(list_json(v, catalogue, &clicks, false, &opened, err));
    json_object_set(data, "ratings", list);
    json_object_set(data, "clicks", opened);
done:
    json_decref(list);
    json_decref(opened);
    hr_opinions_free(&ratings);
    hr_opinions_free(&clicks);
    return status;
}

hr_status hr_own_data(hr_visitors *v, const hr_catalogue *catalogue, const hr_account *account, json_t **data,
                      hr_error *err)
{
    hr_status status = HR_OK;
    json_t *movies = NULL, *tokens = NULL;
    *data = json_pack("{s:s, s:I, s:I}", "name", account->name, "visitor", (json_int_t)account->visitor,
                      "created", (json_int_t)account->created);
    HR_TRY(add_opinions(v, catalogue, account->visitor, *data, err));
    HR_TRY(hr_store_list_movies(&v->store, 0, account->visitor, INT64_MAX, &movies, err));
    HR_TRY(hr_store_list_tokens(&v->store, account->visitor, hr_now(), &tokens, err));
    json_object_set(*data, "movies", movies);
    json_object_set(*data, "tokens", tokens);
    HR_TRY(hr_json_check("an account", err));
done:
    json_decref(movies);
    json_decref(tokens);
    return status;
}
