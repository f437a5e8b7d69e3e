#include "io/base/json.h"
#include "trainer/serve/store/movies.h"
#include "trainer/serve/visitors/rated_movies.h"
#include "trainer/serve/visitors/routes.h"
#include "trainer/serve/visitors/who.h"

#include <stdio.h>
#include <string.h>

enum {
    MOST_MOVIES = 1000,
    MOST_LISTED = 1000,
    MOST_GENRES = 20,
    GENRE_BYTES = 50,
    GENRES_BYTES = MOST_GENRES * (GENRE_BYTES + 1)
};

static bool is_control(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7F)
            return true;
    return false;
}

/* Joins the genres by |; otherwise the answer is a problem. */
static hr_status join_genres(const hr_request *request, char genres[GENRES_BYTES], hr_answer *answer)
{
    size_t used = 0;
    const char *genre;
    genres[0] = '\0';
    for (int i = 0; (genre = hr_request_text_at(request, "genres", i)) != NULL; i++) {
        if (i == MOST_GENRES)
            return hr_answer_problem(answer, 422, "genres", "genres: expected at most %d", MOST_GENRES);
        if (is_control(genre) || strchr(genre, '|') || !*genre)
            return hr_answer_problem(answer, 422, "genres",
                                     "genres: expected names without | and control characters");
        used += (size_t)snprintf(genres + used, GENRES_BYTES - used, "%s%s", used ? "|" : "", genre);
    }
    return HR_OK;
}

static hr_status answer_movie(hr_visitors *v, int64_t movie, hr_answer *answer, hr_error *err)
{
    json_t *list = NULL;
    const hr_status status = hr_store_list_movies(&v->store, movie, 0, 1, &list, err);
    json_t *description = json_incref(json_array_get(list, 0));
    json_decref(list);
    if (status == HR_OK && !description)
        return hr_answer_problem(answer, 404, "id", "no added movie has this id");
    if (status == HR_OK)
        return hr_answer_json(answer, description, err);
    json_decref(description);
    return status;
}

static hr_status add(hr_visitors *v, const hr_request *request, int64_t visitor, const char *genres,
                     hr_answer *answer, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t movie = 0;
    const char *title = hr_request_text(request, "title");
    status = hr_store_add_movie(&v->store, visitor, title, (int)hr_request_integer(request, "year"), genres,
                                hr_now(), MOST_MOVIES, &movie, err);
    if (status == HR_USAGE)
        return hr_answer_problem(answer, 409, NULL, "%s", err->text);
    HR_TRY(status);
    HR_TRY(answer_movie(v, movie, answer, err));
    HR_TRY(hr_answer_header(answer, err, "Location", "/movies/added/%lld", (long long)movie));
    answer->status = 201;
done:
    return status;
}

static hr_status post_movie(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_visitors *v = context;
    hr_status status = HR_OK;
    hr_token who;
    hr_account account;
    char genres[GENRES_BYTES];
    if (is_control(hr_request_text(request, "title")))
        return hr_answer_problem(answer, 422, "title", "title: expected a text without control characters");
    HR_TRY(join_genres(request, genres, answer));
    if (answer->status == 0)
        HR_TRY(hr_visitor_owns(v, request, answer, &who, &account, err));
    if (answer->status == 0)
        HR_TRY(hr_take_attempt(v, HR_UPLOAD_OF_VISITOR, account.name, answer, err));
    if (answer->status == 0)
        HR_TRY(add(v, request, who.visitor, genres, answer, err));
done:
    return status;
}

static hr_status get_movies(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_visitors *v = context;
    json_t *list = NULL;
    const hr_status status =
        hr_store_list_movies(&v->store, 0, 0, hr_request_integer(request, "top_k"), &list, err);
    if (status == HR_OK)
        return hr_answer_json(answer, json_pack("{s:o}", "movies", list), err);
    json_decref(list);
    return status;
}

static hr_status get_movie(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    const int64_t movie = hr_added_movie_number(hr_request_text(request, "id"));
    if (movie == 0)
        return hr_answer_problem(answer, 404, "id", "no added movie has this id");
    return answer_movie(context, movie, answer, err);
}

static hr_status delete_movie(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_visitors *v = context;
    hr_status status = HR_OK;
    hr_token who;
    hr_account account;
    int64_t removed = 0;
    HR_TRY(hr_visitor_owns(v, request, answer, &who, &account, err));
    if (answer->status != 0)
        return HR_OK;
    HR_TRY(hr_store_remove_movie(&v->store, who.visitor,
                                 hr_added_movie_number(hr_request_text(request, "id")), &removed, err));
    if (removed == 0)
        return hr_answer_problem(answer, 404, "id", "the account has added no movie with this id");
    HR_TRY(hr_answer_json(answer, json_pack("{s:I}", "removed", (json_int_t)removed), err));
done:
    return status;
}

static const hr_parameter added[] = {{.name = "title",
                                      .where = HR_IN_BODY,
                                      .kind = HR_TEXT_PARAMETER,
                                      .required = true,
                                      .minimum = 1,
                                      .maximum = 300,
                                      .summary = "without the year"},
                                     {.name = "year",
                                      .where = HR_IN_BODY,
                                      .kind = HR_INTEGER_PARAMETER,
                                      .minimum = 0,
                                      .maximum = 2200,
                                      .otherwise = "0",
                                      .summary = "0: unknown"},
                                     {.name = "genres",
                                      .where = HR_IN_BODY,
                                      .kind = HR_TEXT_PARAMETER,
                                      .repeated = true,
                                      .minimum = 1,
                                      .maximum = GENRE_BYTES,
                                      .summary = "names"},
                                     {0}};
static const hr_parameter top_k[] = {{.name = "top_k",
                                      .kind = HR_INTEGER_PARAMETER,
                                      .minimum = 1,
                                      .maximum = MOST_LISTED,
                                      .otherwise = "50",
                                      .summary = "number of movies"},
                                     {0}};
static const hr_parameter one[] = {
    {.name = "id", .where = HR_IN_PATH, .kind = HR_ID_PARAMETER, .summary = "the added movie's id"}, {0}};

#define MOVIE_KEYS                                                                                           \
    "{movie: integer, title: text, year: integer, genres: [text], created: integer, picture: any}"

const hr_route hr_added_movie_routes[] = {{.method = "GET",
                                           .path = "/movies/added",
                                           .summary = "Movies that visitors have added, the latest first",
                                           .parameters = top_k,
                                           .handle = get_movies,
                                           .answers = "{movies: [" MOVIE_KEYS "]}"},
                                          {.method = "GET",
                                           .path = "/movies/added/{id}",
                                           .summary = "A movie that a visitor has added",
                                           .parameters = one,
                                           .handle = get_movie,
                                           .answers = MOVIE_KEYS},
                                          {.method = "POST",
                                           .path = "/movies",
                                           .summary = "Adds a movie, which can be rated at once and is "
                                                      "recommended after the next training; needs an account",
                                           .parameters = added,
                                           .handle = post_movie,
                                           .answers = MOVIE_KEYS},
                                          {.method = "DELETE",
                                           .path = "/movies/{id}",
                                           .summary = "Removes a movie that the account has added",
                                           .parameters = one,
                                           .handle = delete_movie,
                                           .answers = "{removed: integer}"},
                                          {0}};
