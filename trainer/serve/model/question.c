#include "trainer/serve/model/question.h"

#include "io/base/memory.h"
#include "io/base/search.h"
#include "trainer/catalogue/movie_filter.h"
#include "trainer/models/model.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { USUAL_TOP = 10, MOST_TITLES = 50, MOST_EXPLAINED = 100, LARGEST_RATING = 1000000 };

/* What is filled, and where to say what is wrong. */
typedef struct reader {
    hr_question *question;
    const hr_request *request;
    hr_snapshot *snapshot;
    hr_answer *answer;
} reader;

void hr_question_free(hr_question *question)
{
    hr_user_block_free(&question->newcomer);
    free(question->allowed);
    free(question->opened);
    *question = (hr_question){0};
}

/* What a message says behind the dataset's path and dashes of options, which are not the client's. */
static hr_error for_client(const hr_error *err, const char *path)
{
    hr_error said = {""};
    const size_t length = strlen(path);
    const char *text = err->text;
    text += strncmp(text, path, length) == 0 && strncmp(text + length, ": ", 2) == 0 ? length + 2 : 0;
    text += strncmp(text, "--", 2) == 0 ? 2 : 0;
    snprintf(said.text, sizeof said.text, "%s", text);
    return said;
}

/* False, with the problem of a failure. */
static bool passes(const reader *r, hr_status status, const char *field, const hr_error *err)
{
    if (status == HR_OK)
        return true;
    const hr_error said = for_client(err, r->snapshot->catalogue.path);
    hr_answer_failure(r->answer, status, field, &said);
    return false;
}

/* Finds a movie; titles take a pass over the catalogue each, so that a request may have few. */
static bool find_movie(const reader *r, const char *name, const char *text, int *titles, int64_t *movie)
{
    hr_error err = {""};
    const hr_catalogue *c = &r->snapshot->catalogue;
    *movie = hr_ids_find(&c->id, text, (int64_t)strlen(text));
    if (*movie != HR_NOT_FOUND)
        return true;
    if (++*titles <= MOST_TITLES)
        return passes(r, hr_find_movie(c, text, movie, &err), name, &err);
    hr_answer_problem(r->answer, 422, name, "%s: more than %d titles; name movies by their ids", name,
                      MOST_TITLES);
    return false;
}

/* Calls `take` with each movie of a repeated parameter. */
static bool each_movie(const reader *r, const char *name, void (*take)(void *context, int64_t movie),
                       void *context)
{
    int64_t movie = 0;
    int titles = 0;
    for (int64_t i = 0; i < r->request->values; i++) {
        const hr_value *value = &r->request->value[i];
        if (strcmp(value->parameter->name, name) != 0)
            continue;
        const char *text = value->text ? value->text : value->number;
        if (!find_movie(r, name, text, &titles, &movie))
            return false;
        take(context, movie);
    }
    return true;
}

/* What movies of a newcomer are added with. */
typedef struct opinion {
    hr_newcomer *newcomer;
    hr_opinion opinion;
    bool lacks_memory;
} opinion;

static void add_opinion(void *context, int64_t movie)
{
    opinion *o = context;
    hr_error ignored;
    if (hr_newcomer_add_movie(o->newcomer, (int32_t)movie, o->opinion, 0.0F, &ignored) != HR_OK)
        o->lacks_memory = true;
}

static bool add_opinions(const reader *r, hr_newcomer *n, const char *name, hr_opinion how)
{
    hr_error err = {""};
    opinion o = {n, how, false};
    return each_movie(r, name, add_opinion, &o) && passes(r, o.lacks_memory ? HR_MEMORY : HR_OK, NULL, &err);
}

/* One {"movie": …, "rating": …}. */
static bool add_rating(const reader *r, hr_newcomer *n, const json_t *one, int *titles)
{
    hr_error err = {""};
    char number[32];
    int64_t found = 0;
    const json_t *movie = json_object_get(one, "movie"), *rating = json_object_get(one, "rating");
    const char *text = json_string_value(movie);
    if (json_is_integer(movie)) {
        snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT, json_integer_value(movie));
        text = number;
    }
    const double value = json_number_value(rating);
    if (!text || !json_is_number(rating) || !(fabs(value) <= LARGEST_RATING) || json_object_size(one) != 2) {
        hr_answer_problem(
            r->answer, 422, "ratings",
            "ratings: expected a list of objects of movie, an id or a title, and rating, a number");
        return false;
    }
    return find_movie(r, "ratings", text, titles, &found) &&
           passes(r, hr_newcomer_add_movie(n, (int32_t)found, HR_RATES, (float)value, &err), "ratings", &err);
}

static bool add_ratings(const reader *r, hr_newcomer *n)
{
    const json_t *list = hr_request_json(r->request, "ratings"), *one = NULL;
    size_t index = 0;
    int titles = 0;
    if (json_is_object(list))
        return add_rating(r, n, list, &titles);
    json_array_foreach(list, index, one)
    {
        if (!add_rating(r, n, one, &titles))
            return false;
    }
    return true;
}

/* Notes which movies the newcomer has opened. */
static bool note_opened(const reader *r, const hr_newcomer *n)
{
    hr_error err = {""};
    for (int64_t i = 0; i < n->count; i++) {
        if (n->movie[i].opinion != HR_OPENS)
            continue;
        if (!r->question->opened)
            r->question->opened = hr_alloc(r->snapshot->catalogue.movies, 1);
        if (!r->question->opened)
            return passes(r, HR_MEMORY, NULL, &err);
        r->question->opened[n->movie[i].movie] = 1;
    }
    return true;
}

static bool make_newcomer(const reader *r, hr_newcomer *n)
{
    hr_error err = {""};
    if (!add_opinions(r, n, "like", HR_LIKES) || !add_opinions(r, n, "dislike", HR_DISLIKES) ||
        !add_ratings(r, n) || !note_opened(r, n))
        return false;
    const bool names = hr_request_has(r->request, "like") || hr_request_has(r->request, "dislike");
    const char *field = names ? "like" : "ratings";
    return passes(
        r, hr_newcomer_block(n, &r->snapshot->loaded, &r->snapshot->catalogue, &r->question->newcomer, &err),
        field, &err);
}

static bool describes_newcomer(const hr_request *q)
{
    return hr_request_has(q, "like") || hr_request_has(q, "dislike") || hr_request_has(q, "ratings");
}

/* Somebody whom the request does not name. */
static bool ask_who(const reader *r, hr_newcomer *n, hr_who_asks *who_asks, void *who)
{
    hr_error err = {""};
    if (describes_newcomer(r->request))
        return true;
    if (who_asks && !passes(r, who_asks(who, r->request, &r->snapshot->catalogue, n, &err), NULL, &err))
        return false;
    r->answer->not_stored = true; /* of one visitor */
    if (n->count > 0)
        return true;
    hr_answer_problem(r->answer, 400, "user",
                      "user is missing: give one, or like, dislike or ratings of a newcomer");
    return false;
}

static bool read_who(const reader *r, hr_who_asks *who_asks, void *who)
{
    hr_newcomer newcomer = {0};
    const char *id = hr_request_text(r->request, "user");
    r->question->user = id ? hr_snapshot_find_user(r->snapshot, id) : -1;
    if (id && describes_newcomer(r->request)) {
        hr_answer_problem(r->answer, 400, "user",
                          "user: a newcomer's like, dislike and ratings are given without it");
        return false;
    }
    if (id && r->question->user == HR_NOT_FOUND)
        hr_answer_problem(r->answer, 404, "user", "no user has the id %s", id);
    if (id)
        return r->question->user != HR_NOT_FOUND;
    const bool known = ask_who(r, &newcomer, who_asks, who) && make_newcomer(r, &newcomer);
    hr_newcomer_free(&newcomer);
    return known;
}

/* Applies one part of a filter, so that what is wrong is of this parameter. */
static bool apply_filter(const reader *r, const char *name, const hr_movie_filter *filter)
{
    hr_error err = {""};
    return passes(r,
                  hr_movie_filter_apply(filter, &r->snapshot->catalogue, r->snapshot->train.of_movie,
                                        r->question->allowed, &err),
                  name, &err);
}

static bool apply_filters(const reader *r)
{
    const hr_request *q = r->request;
    const char *genre = hr_request_text(q, "genre"), *without = hr_request_text(q, "without_genre");
    const char *year = hr_request_text(q, "year"), *popularity = hr_request_text(q, "popularity");
    return apply_filter(r, "genre", &(hr_movie_filter){.genre = genre}) &&
           apply_filter(r, "without_genre", &(hr_movie_filter){.without_genre = without}) &&
           apply_filter(r, "year", &(hr_movie_filter){.year = year}) &&
           apply_filter(r, "popularity", &(hr_movie_filter){.popularity = popularity});
}

static void mark(void *marks, int64_t movie)
{
    ((uint8_t *)marks)[movie] = 1;
}

/* Forbids movies whose being named by the parameter is not `wanted`. */
static bool apply_names(const reader *r, const char *name, bool wanted)
{
    const int64_t movies = r->snapshot->catalogue.movies;
    if (!hr_request_has(r->request, name))
        return true;
    uint8_t *named = hr_alloc(movies, 1);
    const bool found = named && each_movie(r, name, mark, named);
    for (int64_t m = 0; found && m < movies; m++)
        if ((named[m] != 0) != wanted)
            r->question->allowed[m] = 0;
    free(named);
    return found;
}

static bool restricts(const hr_request *q)
{
    static const char *const names[] = {"genre", "without_genre", "year",      "popularity",
                                        "allow", "exclude",       "candidates"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (hr_request_has(q, names[i]))
            return true;
    return false;
}

static bool read_allowed(const reader *r)
{
    const int64_t movies = r->snapshot->catalogue.movies;
    hr_error err = {""};
    if (!restricts(r->request))
        return true;
    r->question->allowed = hr_alloc(movies, 1);
    if (!r->question->allowed)
        return passes(r, HR_MEMORY, NULL, &err);
    memset(r->question->allowed, 1, (size_t)movies);
    return apply_names(r, "candidates", true) && apply_names(r, "allow", true) &&
           apply_names(r, "exclude", false) && apply_filters(r);
}

/* As many as asked for; else all candidates, or 10. */
static int64_t choose_top(const reader *r)
{
    const int64_t movies = r->snapshot->catalogue.movies, asked = hr_request_integer(r->request, "top_k");
    int64_t candidates = 0;
    for (int64_t m = 0; hr_request_has(r->request, "candidates") && m < movies; m++)
        candidates += r->question->allowed[m];
    const int64_t top = asked > 0 ? asked : candidates > 0 ? candidates : USUAL_TOP;
    return top < movies ? top : movies;
}

/* Reasons are of each movie of a list and each of the user's. */
static bool check_explained(const reader *r)
{
    const int64_t asked = hr_request_integer(r->request, "top_k"), top = r->question->rules.top;
    if (!hr_request_flag(r->request, "explain") || (asked <= MOST_EXPLAINED && top <= MOST_EXPLAINED))
        return true;
    hr_answer_problem(r->answer, 422, "top_k", "top_k: expected a whole number from 1 to %d with explain",
                      MOST_EXPLAINED);
    return false;
}

static bool read_rules(const reader *r)
{
    hr_error err = {""};
    const double diversity = hr_request_real(r->request, "diversity");
    const hr_similarities *similarity = &r->snapshot->known.similarity;
    if (!read_allowed(r))
        return false;
    r->question->rules = hr_list_rules_of(choose_top(r), diversity, similarity);
    r->question->rules.allowed = r->question->allowed;
    r->question->rules.stays = r->question->opened;
    r->question->rules.keeps_seen =
        hr_request_flag(r->request, "keep_seen") || hr_request_has(r->request, "candidates");
    if (!check_explained(r))
        return false;
    return diversity == 0.0 ||
           passes(r, hr_mmr_check(similarity, r->snapshot->dataset, &err), "diversity", &err);
}

bool hr_question_read(hr_question *question, const hr_request *request, hr_snapshot *snapshot,
                      hr_who_asks *who_asks, void *who, hr_answer *answer)
{
    const reader r = {question, request, snapshot, answer};
    return read_who(&r, who_asks, who) && read_rules(&r);
}
