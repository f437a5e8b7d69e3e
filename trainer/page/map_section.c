#include "io/base/memory.h"
#include "trainer/figures/embedding_map.h"
#include "trainer/page/map_labels.h"
#include "trainer/page/model_sections.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { SIDE = 620, POINTS = 1200, GENRES = 8 };

/* A movie, to be sorted. */
typedef struct ranked {
    int64_t ratings;
    int32_t movie;
} ranked;

static int most_rated_first(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->ratings != y->ratings)
        return x->ratings > y->ratings ? -1 : 1;
    return (x->movie > y->movie) - (x->movie < y->movie);
}

/* Movies with train ratings, the most popular first; *count receives how many. */
static hr_status order_movies(const hr_run_model *model, int32_t **movie, int64_t *count, hr_error *err)
{
    hr_status status = HR_OK;
    ranked *all = NULL;
    const int64_t movies = model->catalogue.movies;
    *count = 0;
    HR_ALLOC(all, movies);
    HR_ALLOC(*movie, movies);
    for (int64_t m = 0; m < movies; m++)
        if (model->popularity[m] > 0)
            all[(*count)++] = (ranked){model->popularity[m], (int32_t)m};
    qsort(all, (size_t)*count, sizeof *all, most_rated_first);
    for (int64_t i = 0; i < *count; i++)
        (*movie)[i] = all[i].movie;
done:
    free(all);
    return status;
}

/* The colour of a movie: of the least frequent of its genres among those shown, number GENRES for others. */
static int group_of(const hr_run_model *model, int32_t movie)
{
    const hr_genres *genres = &model->catalogue.genres;
    const hr_statistics *s = &model->statistics;
    int group = -1;
    for (int64_t i = genres->ptr[movie]; i < genres->ptr[movie + 1]; i++)
        for (int g = 0; g < GENRES && g < s->genres; g++)
            if (strcmp(hr_strings_at(&genres->name, genres->genre[i]),
                       hr_strings_at(&s->genre_name, s->genre[g].genre)) == 0)
                group = g > group ? g : group;
    return group < 0 ? GENRES : group;
}

/* Points of one colour. */
typedef struct groups {
    double *x, *y; /* [(GENRES + 1) x points] */
    int64_t count[GENRES + 1];
} groups;

static void divide(const hr_run_model *model, const hr_embedding_map *map, int64_t points, groups *g)
{
    for (int64_t i = 0; i < points; i++) {
        const int group = group_of(model, map->movie[i]);
        const int64_t at = group * points + g->count[group]++;
        g->x[at] = map->x[i];
        g->y[at] = map->y[i];
    }
}

static hr_status draw(hr_html *html, const hr_run_model *model, const hr_embedding_map *map, int64_t points,
                      const groups *g, hr_error *err)
{
    const char *name[GENRES + 1];
    char description[256];
    int colour[GENRES + 1], names = 0;
    hr_chart_label label[HR_MOST_MAP_LABELS];
    hr_map_titles titles;
    hr_chart chart = {.title = "Movies, by the two directions in which their rows differ most",
                      .description = description,
                      .x_label = "",
                      .y_label = "",
                      .x = HR_AXIS_NONE,
                      .y = HR_AXIS_NONE,
                      .width = SIDE,
                      .height = SIDE,
                      .label = label};
    chart.labels = hr_map_labels(map, points, &model->catalogue, SIDE, label, &titles);
    snprintf(description, sizeof description,
             "Points of %" PRId64 " movies, coloured by genre; %d of the best known are named.", points,
             chart.labels);
    for (int i = 0; i <= GENRES; i++) /* in the order of the legend */
        if (g->count[i] > 0) {
            colour[names] = i < GENRES ? i : HR_CHART_COLOURS - 1;
            name[names++] =
                i < GENRES ? hr_strings_at(&model->statistics.genre_name, model->statistics.genre[i].genre)
                           : "other";
        }
    for (int i = GENRES; i >= 0; i--) /* the most frequent genres on top */
        if (g->count[i] > 0)
            chart.series[chart.count++] = (hr_series){.mark = HR_MARK_POINTS,
                                                      .colour = i < GENRES ? i : HR_CHART_COLOURS - 1,
                                                      .count = g->count[i],
                                                      .x = g->x + i * points,
                                                      .y = g->y + i * points};
    return hr_html_chart(html, &chart, names, name, colour, err);
}

/* Writes the map of rows that differ. */
static hr_status draw_map(hr_html *html, const hr_run_model *model, const hr_embedding_map *map,
                          hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t points = map->count < POINTS ? map->count : POINTS;
    groups g = {0};
    HR_ALLOC(g.x, (GENRES + 1) * points);
    HR_ALLOC(g.y, (GENRES + 1) * points);
    divide(model, map, points, &g);
    hr_html_paragraph(
        html,
        "Each point is one of the %" PRId64
        " best known movies. The axes are the principal components of the rows of all rated movies, scaled "
        "to length 1; they have %.0f %% and %.0f %% of the variance.%s",
        points, 100.0 * map->share[0], 100.0 * map->share[1],
        model->statistics.genres > 0
            ? " A movie with several genres has the colour of the least frequent one."
            : "");
    hr_html_charts(html, true);
    HR_TRY(draw(html, model, map, points, &g, err));
    hr_html_charts_end(html);
done:
    free(g.x);
    free(g.y);
    return status;
}

hr_status hr_page_map(hr_html *html, const hr_run_model *model, hr_error *err)
{
    hr_status status = HR_OK;
    int32_t *movie = NULL;
    int64_t count = 0;
    hr_embedding_map map = {0};
    HR_TRY(order_movies(model, &movie, &count, err));
    HR_TRY(hr_embedding_map_make(&map, model->loaded.scorer.movie_row, model->loaded.scorer.dim, movie, count,
                                 err));
    hr_html_section(html, "map", "Map of movies");
    if (map.share[0] > 0.0)
        HR_TRY(draw_map(html, model, &map, err));
    else
        hr_html_element(html, "p",
                        "The model has no rows that differ from movie to movie in more than one number.");
    hr_html_section_end(html);
done:
    hr_embedding_map_free(&map);
    free(movie);
    return status;
}
