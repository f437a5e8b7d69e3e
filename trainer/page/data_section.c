#include "trainer/page/data_section.h"

#include "io/statistics/charts_svg.h"

#include <inttypes.h>

enum { WIDTH = 480, HEIGHT = 340, MOST_GENRES = 12 };

static hr_status draw_statistics(hr_html *html, const hr_statistics *s, hr_statistics_chart which,
                                 hr_error *err)
{
    char id[32];
    if (!hr_statistics_can_draw(s, which))
        return HR_OK;
    snprintf(id, sizeof id, "chart-%d", ++html->charts);
    fputs("<figure>\n", html->out);
    hr_html_element(html, "figcaption", hr_statistics_chart_title(which));
    const hr_status status = hr_statistics_draw(s, which, false, id, "class='chart'", html->out, err);
    fputs("</figure>\n", html->out);
    return status;
}

static hr_status draw_genres(hr_html *html, const hr_statistics *s, hr_error *err)
{
    const char *name[MOST_GENRES];
    char description[160];
    double ratings[MOST_GENRES], position[MOST_GENRES];
    const int count = s->genres < MOST_GENRES ? (int)s->genres : MOST_GENRES;
    if (count == 0)
        return HR_OK;
    for (int i = 0; i < count; i++) {
        name[i] = hr_strings_at(&s->genre_name, s->genre[i].genre);
        ratings[i] = (double)s->genre[i].ratings;
        position[i] = (double)i;
    }
    snprintf(description, sizeof description,
             "%" PRId64 " genres; the one with the most ratings has %.0f, number %d has %.0f.", s->genres,
             ratings[0], count, ratings[count - 1]);
    const hr_chart chart = {.title = "Genres by ratings of their movies",
                            .description = description,
                            .x_label = "ratings",
                            .y_label = "",
                            .width = WIDTH,
                            .height = HEIGHT,
                            .count = 1,
                            .series = {{HR_MARK_ACROSS, 7, count, ratings, position, NULL}},
                            .categories = count,
                            .category = name};
    return hr_html_chart(html, &chart, 1, NULL, NULL, err);
}

hr_status hr_page_data(hr_html *html, const hr_run_model *model, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_statistics *s = &model->statistics;
    const double pairs = (double)s->data.users * (double)s->rated_movies;
    hr_html_section(html, "data", "The data");
    hr_html_paragraph(
        html,
        "%" PRId64 " users, %" PRId64 " movies (%" PRId64 " of them rated) and %" PRId64
        " ratings: %.2g %% of all pairs. The mean rating is %.3g. Users' activity has a Gini index of %.2f, "
        "movies' popularity of %.2f (0: all equal).",
        s->data.users, s->data.movies, s->rated_movies, s->data.ratings,
        pairs > 0.0 ? 100.0 * (double)s->data.ratings / pairs : 0.0, s->mean,
        hr_distribution_of(&s->activity).gini, hr_distribution_of(&s->popularity).gini);
    hr_html_charts(html, false);
    for (int c = 0; c < HR_CHARTS_OF_STATISTICS; c++)
        HR_TRY(draw_statistics(html, s, (hr_statistics_chart)c, err));
    HR_TRY(draw_genres(html, s, err));
    hr_html_charts_end(html);
    hr_html_section_end(html);
done:
    return status;
}
