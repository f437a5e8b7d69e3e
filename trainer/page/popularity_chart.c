#include "io/base/memory.h"
#include "trainer/page/model_sections.h"

#include <math.h>
#include <stdlib.h>

enum { WIDTH = 480, HEIGHT = 320, POINTS = 600 };

/* A movie's train ratings and in how many lists it is. */
typedef struct movie {
    int64_t ratings, shown;
} movie;

static int most_rated_first(const void *a, const void *b)
{
    const movie *x = a, *y = b;
    if (x->ratings != y->ratings)
        return x->ratings > y->ratings ? -1 : 1;
    return (x->shown < y->shown) - (x->shown > y->shown);
}

/* By rank of popularity: train ratings, and lists, as means of movies whose ranks are near each other. */
typedef struct ranks {
    int64_t count;
    double rank[POINTS], ratings[POINTS], shown[POINTS];
} ranks;

static void gather_ranks(const movie *all, int64_t movies, ranks *r)
{
    for (int64_t first = 0, end = 0; first < movies && r->count < POINTS; first = end) {
        double ratings = 0.0, shown = 0.0;
        end = first + 1 + first / 12;
        end = end < movies ? end : movies;
        for (int64_t i = first; i < end; i++) {
            ratings += (double)all[i].ratings;
            shown += (double)all[i].shown;
        }
        const double length = (double)(end - first);
        r->rank[r->count] = 0.5 * (double)(first + 1 + end);
        r->ratings[r->count] = ratings > 0.0 ? ratings / length : NAN;
        r->shown[r->count++] = shown > 0.0 ? shown / length : NAN;
    }
}

hr_status hr_page_popularity(hr_html *html, const hr_run_model *model, const hr_quality *quality,
                             hr_error *err)
{
    hr_status status = HR_OK;
    static const char *const names[] = {"train ratings", "lists of 20 with it"};
    static const int colours[] = {4, 1};
    const int64_t movies = model->catalogue.movies;
    movie *all = NULL;
    ranks *r = NULL;
    HR_ALLOC(all, movies);
    HR_ALLOC(r, 1);
    for (int64_t m = 0; m < movies; m++)
        all[m] = (movie){model->popularity[m], quality->shown[m]};
    qsort(all, (size_t)movies, sizeof *all, most_rated_first);
    gather_ranks(all, movies, r);
    const hr_chart chart = {
        .title = "Popularity, and what is recommended",
        .description = "Train ratings of movies by rank of popularity, and in how many lists of 20 they are.",
        .x_label = "rank of a movie by train ratings",
        .y_label = "",
        .x = HR_AXIS_LOG,
        .y = HR_AXIS_LOG,
        .width = WIDTH,
        .height = HEIGHT,
        .count = 2,
        .series = {{HR_MARK_LINE, colours[0], r->count, r->rank, r->ratings, NULL},
                   {HR_MARK_POINTS, colours[1], r->count, r->rank, r->shown, NULL}}};
    HR_TRY(hr_html_chart(html, &chart, 2, names, colours, err));
done:
    free(r);
    free(all);
    return status;
}
