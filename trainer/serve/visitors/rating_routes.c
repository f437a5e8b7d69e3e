#include "io/base/json.h"
#include "trainer/serve/visitors/own_data.h"
#include "trainer/serve/visitors/rated_movies.h"
#include "trainer/serve/visitors/routes.h"
#include "trainer/serve/visitors/who.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of a dataset that does not say it. */
static const double usual_lowest = 0.5, usual_highest = 5;

/* Which values a rating may have: those of the dataset's scale, or of its train ratings. */
static hr_status find_scale(hr_snapshot *s, double *lowest, double *highest, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = s->loaded.source.dataset;
    const bool seen = isfinite(s->train.lowest) && isfinite(s->train.highest);
    *lowest = seen ? s->train.lowest : usual_lowest;
    *highest = seen ? s->train.highest : usual_highest;
    if (hr_h5_has_attribute(file, "scale_low") && hr_h5_has_attribute(file, "scale_high")) {
        HR_TRY(hr_h5_get_f64(file, "scale_low", lowest, err));
        HR_TRY(hr_h5_get_f64(file, "scale_high", highest, err));
    }
done:
    return status;
}

static const char *const formats[] = {"json", "csv", NULL};

static hr_status answer_csv(hr_answer *answer, int64_t visitor, const hr_opinions *ratings, hr_error *err)
{
    char *text = NULL;
    size_t length = 0;
    const hr_status status = hr_own_ratings_csv(visitor, ratings, &text, &length, err);
    if (status != HR_OK)
        return status;
    hr_answer_bytes(answer, "text/csv; charset=utf-8", text, length);
    return hr_answer_header(answer, err, "Content-Disposition", "attachment; filename=\"ratings.csv\"");
}

static hr_status answer_list(hr_visitors *v, hr_snapshot *s, const hr_opinions *ratings, hr_answer *answer,
                             hr_error *err)
{
    hr_status status = HR_OK;
    double lowest, highest;
    json_t *list = NULL;
    HR_TRY(find_scale(s, &lowest, &highest, err));
    HR_TRY(hr_own_ratings_json(v, &s->catalogue, ratings, &list, err));
    HR_TRY(hr_answer_json(
        answer, json_pack("{s:O, s:f, s:f}", "ratings", list, "lowest", lowest, "highest", highest), err));
done:
    json_decref(list);
    return status;
}

static hr_status get_ratings(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_visitors *v = context;
    hr_status status = HR_OK;
    hr_token who;
    hr_opinions ratings = {0};
    hr_snapshot *s = hr_served_take(v->served);
    HR_TRY(hr_visitor_asks(v, request, answer, &who, err));
    if (answer->status != 0)
        goto done;
    HR_TRY(hr_store_ratings_of(&v->store, who.visitor, &ratings, err));
    if (hr_request_choice(request, "format") == 1)
        HR_TRY(answer_csv(answer, who.visitor, &ratings, err));
    else
        HR_TRY(answer_list(v, s, &ratings, answer, err));
done:
    hr_opinions_free(&ratings);
    hr_snapshot_release(s);
    return status;
}

/* The movie's id: of the path or of the body. */
static const char *movie_of(const hr_request *request)
{
    return hr_request_has(request, "id") ? hr_request_text(request, "id") : hr_request_text(request, "movie");
}

static const char *movie_field(const hr_request *request)
{
    return hr_request_has(request, "id") ? "id" : "movie";
}

/* Whether there is the movie, and a rating of it may have the value; otherwise the answer is a problem. */
static hr_status check_rating(hr_visitors *v, hr_snapshot *s, const hr_request *request,
                              hr_rated_movie *movie, hr_answer *answer, hr_error *err)
{
    hr_status status = HR_OK;
    double lowest, highest;
    const double rating = hr_request_has(request, "rating") ? hr_request_real(request, "rating") : NAN;
    HR_TRY(hr_rated_movie_find(v, &s->catalogue, movie_of(request), movie, err));
    HR_TRY(find_scale(s, &lowest, &highest, err));
    if (!movie->is_there)
        return hr_answer_problem(answer, 404, movie_field(request), "no movie has the id %s",
                                 movie_of(request));
    if (rating < lowest || rating > highest)
        return hr_answer_problem(answer, 422, "rating", "rating: expected a number from %g to %g, found %g",
                                 lowest, highest, rating);
done:
    return status;
}

static hr_status keep_rating(hr_visitors *v, const hr_snapshot *s, const hr_token *who,
                             const hr_request *request, const hr_rated_movie *movie, hr_answer *answer,
                             hr_error *err)
{
    const char *id = movie_of(request);
    const double rating = hr_request_real(request, "rating");
    const int64_t now = hr_now();
    const hr_status status = hr_store_rate(&v->store, who->visitor, id, rating, now, err);
    if (status == HR_USAGE) /* another request has removed the visitor meanwhile */
        return hr_answer_problem(answer, 409, NULL, "the visitor has been removed");
    if (status != HR_OK)
        return status;
    return hr_answer_json(answer,
                          json_pack("{s:o, s:o, s:f, s:I}", "movie", hr_rated_movie_id(&s->catalogue, id),
                                    "title", hr_json_string(movie->title), "rating", rating, "time",
                                    (json_int_t)now),
                          err);
}

static hr_status put_rating(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_visitors *v = context;
    hr_status status = HR_OK;
    hr_token who;
    hr_rated_movie movie = {0};
    hr_snapshot *s = hr_served_take(v->served);
    HR_TRY(check_rating(v, s, request, &movie, answer, err));
    if (answer->status == 0)
        HR_TRY(hr_visitor_rates(v, request, answer, &who, err));
    if (answer->status == 0)
        HR_TRY(keep_rating(v, s, &who, request, &movie, answer, err));
done:
    hr_rated_movie_free(&movie);
    hr_snapshot_release(s);
    return status;
}

static hr_status post_click(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_visitors *v = context;
    hr_status status = HR_OK;
    hr_token who;
    hr_rated_movie movie = {0};
    const char *id = movie_of(request);
    hr_snapshot *s = hr_served_take(v->served);
    HR_TRY(check_rating(v, s, request, &movie, answer, err));
    if (answer->status == 0)
        HR_TRY(hr_visitor_rates(v, request, answer, &who, err));
    if (answer->status != 0)
        goto done;
    HR_TRY(hr_store_click(&v->store, who.visitor, id, hr_now(), err));
    HR_TRY(hr_answer_json(answer, json_pack("{s:o}", "movie", hr_rated_movie_id(&s->catalogue, id)), err));
done:
    hr_rated_movie_free(&movie);
    hr_snapshot_release(s);
    return status;
}

static hr_status delete_ratings(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_visitors *v = context;
    hr_status status = HR_OK;
    hr_token who;
    int64_t removed = 0;
    HR_TRY(hr_visitor_asks(v, request, answer, &who, err));
    if (answer->status != 0)
        return HR_OK;
    HR_TRY(hr_store_unrate(&v->store, who.visitor, hr_request_text(request, "id"), &removed, err));
    HR_TRY(hr_answer_json(answer, json_pack("{s:I}", "removed", (json_int_t)removed), err));
done:
    return status;
}

#define MOVIE_OF_PATH                                                                                        \
    {                                                                                                        \
        .name = "id", .where = HR_IN_PATH, .kind = HR_ID_PARAMETER, .summary = "the movie's id"              \
    }
#define MOVIE_OF_BODY                                                                                        \
    {                                                                                                        \
        .name = "movie", .where = HR_IN_BODY, .kind = HR_ID_PARAMETER, .required = true,                     \
        .summary = "the movie's id"                                                                          \
    }
/* Narrowed to the scale of the dataset by the handler. */
#define RATING                                                                                               \
    {                                                                                                        \
        .name = "rating", .where = HR_IN_BODY, .kind = HR_REAL_PARAMETER, .required = true, .minimum = -1e6, \
        .maximum = 1e6, .summary = "a number on the scale of the dataset's ratings, such as 0.5 to 5"        \
    }

static const hr_parameter list[] = {{.name = "format",
                                     .kind = HR_CHOICE_PARAMETER,
                                     .choices = formats,
                                     .otherwise = "json",
                                     .summary = "csv: a file that halorec import reads"},
                                    {0}};
static const hr_parameter rate_one[] = {MOVIE_OF_PATH, RATING, {0}};
static const hr_parameter rate[] = {MOVIE_OF_BODY, RATING, {0}};
static const hr_parameter one[] = {MOVIE_OF_PATH, {0}};
static const hr_parameter click[] = {MOVIE_OF_BODY, {0}};

static const char one_rating[] = "{movie: id, title: text, rating: number, time: integer}";

const hr_route hr_rating_routes[] = {
    {.method = "GET",
     .path = "/ratings",
     .summary = "What the visitor who asks has rated, the latest first",
     .parameters = list,
     .handle = get_ratings,
     .caching = HR_NOT_STORED,
     .answers = "{ratings: [{movie: id, title: text, rating: number, time: integer}], lowest: number, "
                "highest: number}"},
    {.method = "PUT",
     .path = "/ratings/{id}",
     .summary = "Rates a movie; a first rating makes a visitor, whose cookie the answer has",
     .parameters = rate_one,
     .handle = put_rating,
     .answers = one_rating},
    {.method = "POST",
     .path = "/ratings",
     .summary = "Rates a movie",
     .parameters = rate,
     .handle = put_rating,
     .answers = one_rating},
    {.method = "DELETE",
     .path = "/ratings/{id}",
     .summary = "Removes a rating",
     .parameters = one,
     .handle = delete_ratings,
     .answers = "{removed: integer}"},
    {.method = "DELETE",
     .path = "/ratings",
     .summary = "Removes all of the visitor's ratings and clicks",
     .handle = delete_ratings,
     .answers = "{removed: integer}"},
    {.method = "POST",
     .path = "/clicks",
     .summary =
         "Says that the visitor has opened a movie; lists follow it as they do a rating, but the movie "
         "stays in them until it is rated",
     .parameters = click,
     .handle = post_click,
     .answers = "{movie: id}"},
    {0}};
