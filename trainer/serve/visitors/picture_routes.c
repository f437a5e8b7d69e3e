#include "io/base/json.h"
#include "trainer/serve/pictures/placeholder.h"
#include "trainer/serve/store/movies.h"
#include "trainer/serve/visitors/rated_movies.h"
#include "trainer/serve/visitors/routes.h"
#include "trainer/serve/visitors/who.h"

#include <stdio.h>
#include <stdlib.h>

static hr_status answer_placeholder(const hr_rated_movie *movie, hr_answer *answer, hr_error *err)
{
    char *svg = NULL;
    size_t length = 0;
    const hr_status status = hr_placeholder_draw(movie->title, movie->year, &svg, &length, err);
    if (status == HR_OK)
        hr_answer_bytes(answer, "image/svg+xml", svg, length);
    return status;
}

/* The picture that a visitor gave, or that of the server's folder, or none. A file that is no picture is said in the log. */
static hr_status find_picture(hr_visitors *v, const char *id, const hr_rated_movie *movie,
                              hr_kept_picture *picture, hr_error *err)
{
    if (movie->description)
        return hr_store_read_picture(&v->store, hr_added_movie_number(id), picture, err);
    hr_status status = hr_posters_read(&v->posters, id, picture, err);
    if (status == HR_INPUT || status == HR_IO) {
        fprintf(stderr, "halorec: --posters: %s\n", err->text);
        status = HR_OK;
    }
    return status;
}

static hr_status answer_picture(hr_visitors *v, const char *id, const hr_rated_movie *movie,
                                hr_answer *answer, hr_error *err)
{
    hr_kept_picture picture = {0};
    const hr_status status = find_picture(v, id, movie, &picture, err);
    if (status != HR_OK)
        return status;
    if (!picture.bytes)
        return answer_placeholder(movie, answer, err);
    hr_answer_bytes(answer, picture.type, (char *)picture.bytes, (size_t)picture.size);
    return HR_OK;
}

static hr_status get_picture(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_visitors *v = context;
    hr_status status = HR_OK;
    hr_rated_movie movie = {0};
    const char *id = hr_request_text(request, "id");
    hr_snapshot *s = hr_served_take(v->served);
    HR_TRY(hr_rated_movie_find(v, &s->catalogue, id, &movie, err));
    if (movie.is_there)
        HR_TRY(answer_picture(v, id, &movie, answer, err));
    else
        HR_TRY(hr_answer_problem(answer, 404, "id", "no movie has the id %s", id));
done:
    hr_rated_movie_free(&movie);
    hr_snapshot_release(s);
    return status;
}

/* The movie, if the visitor has added it; otherwise the answer is a problem. */
static hr_status find_own(hr_visitors *v, const hr_request *request, hr_answer *answer, int64_t *movie,
                          hr_account *account, hr_error *err)
{
    hr_status status = HR_OK;
    hr_token who;
    int64_t owner;
    bool is_there;
    *movie = hr_added_movie_number(hr_request_text(request, "id"));
    HR_TRY(hr_visitor_owns(v, request, answer, &who, account, err));
    if (answer->status != 0)
        return HR_OK;
    HR_TRY(hr_store_movie_owner(&v->store, *movie, &owner, &is_there, err));
    if (!is_there)
        return hr_answer_problem(answer, 404, "id", "no added movie has this id");
    if (owner != who.visitor)
        return hr_answer_problem(answer, 403, "id", "another account has added this movie");
done:
    return status;
}

static hr_status keep(hr_visitors *v, const hr_request *request, int64_t movie, hr_answer *answer,
                      hr_error *err)
{
    hr_status status = HR_OK;
    hr_kept_picture picture = {0};
    status = hr_picture_make(&v->maker, (const unsigned char *)request->body, (int64_t)request->length,
                             &picture, err);
    if (status == HR_USAGE)
        return hr_answer_problem(answer, 422, "picture", "%s", err->text);
    HR_TRY(status);
    picture.created = hr_now();
    HR_TRY(hr_store_keep_picture(&v->store, movie, &picture, err));
    HR_TRY(hr_answer_json(answer,
                          json_pack("{s:s, s:i, s:i, s:I, s:I}", "type", picture.type, "width", picture.width,
                                    "height", picture.height, "size", (json_int_t)picture.size, "created",
                                    (json_int_t)picture.created),
                          err));
done:
    free(picture.bytes);
    return status;
}

static hr_status put_picture(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_visitors *v = context;
    hr_status status = HR_OK;
    int64_t movie;
    hr_account account;
    HR_TRY(find_own(v, request, answer, &movie, &account, err));
    if (answer->status == 0 && !hr_is_picture((const unsigned char *)request->body, (int64_t)request->length))
        HR_TRY(hr_answer_problem(answer, 415, "picture", "the picture is neither a JPEG nor a PNG"));
    if (answer->status == 0)
        HR_TRY(hr_take_attempt(v, HR_UPLOAD_OF_VISITOR, account.name, answer, err));
    if (answer->status == 0)
        HR_TRY(keep(v, request, movie, answer, err));
done:
    return status;
}

static hr_status delete_picture(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_visitors *v = context;
    hr_status status = HR_OK;
    int64_t movie, removed = 0;
    hr_account account;
    HR_TRY(find_own(v, request, answer, &movie, &account, err));
    if (answer->status != 0)
        return HR_OK;
    HR_TRY(hr_store_remove_picture(&v->store, movie, &removed, err));
    HR_TRY(hr_answer_json(answer, json_pack("{s:I}", "removed", (json_int_t)removed), err));
done:
    return status;
}

static const hr_parameter one[] = {
    {.name = "id", .where = HR_IN_PATH, .kind = HR_ID_PARAMETER, .summary = "the movie's id"}, {0}};

static const hr_parameter shown[] = {
    {.name = "id", .where = HR_IN_PATH, .kind = HR_ID_PARAMETER, .summary = "the movie's id"},
    {.name = "v",
     .kind = HR_TEXT_PARAMETER,
     .summary = "any text, another one for another picture: browsers keep pictures for an hour"},
    {0}};

const hr_route hr_picture_routes[] = {
    {.method = "GET",
     .path = "/movies/{id}/picture",
     .summary = "A movie's picture: given by a visitor, of the server's folder, or drawn of its title",
     .parameters = shown,
     .handle = get_picture,
     .caching = HR_FOR_AN_HOUR,
     .type = "image/*"},
    {0}};

const hr_route hr_own_picture_routes[] = {
    {.method = "PUT",
     .path = "/movies/{id}/picture",
     .summary = "Gives a movie that the account has added its picture, a JPEG or PNG; it is encoded anew",
     .parameters = one,
     .handle = put_picture,
     .takes = "image/*",
     .most_body = HR_PICTURE_BYTES,
     .answers = "{type: text, width: integer, height: integer, size: integer, created: integer}"},
    {.method = "DELETE",
     .path = "/movies/{id}/picture",
     .summary = "Removes the picture of a movie that the account has added",
     .parameters = one,
     .handle = delete_picture,
     .answers = "{removed: integer}"},
    {0}};
