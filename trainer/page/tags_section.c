#include "trainer/figures/tag_patterns.h"
#include "trainer/page/data_section.h"

#include <inttypes.h>

enum { WIDTH = 480, HEIGHT = 380, SHOWN = 16 };

static hr_status draw_frequent(hr_html *html, const hr_tag_patterns *p, hr_error *err)
{
    const char *name[SHOWN];
    char description[96];
    double times[SHOWN], position[SHOWN];
    const int count = p->count < SHOWN ? p->count : SHOWN;
    for (int i = 0; i < count; i++) {
        name[i] = hr_strings_at(&p->name, p->tag[i]);
        times[i] = (double)p->times[i];
        position[i] = (double)i;
    }
    snprintf(description, sizeof description, "The %d most frequent tags, given %.0f to %.0f times.", count,
             times[count - 1], times[0]);
    const hr_chart chart = {.title = "The most frequent tags",
                            .description = description,
                            .x_label = "times given",
                            .y_label = "",
                            .from_zero = true,
                            .width = WIDTH,
                            .height = HEIGHT,
                            .count = 1,
                            .series = {{HR_MARK_ACROSS, 4, count, times, position, NULL}},
                            .categories = count,
                            .category = name};
    return hr_html_chart(html, &chart, 1, NULL, NULL, err);
}

static void print_pairs(hr_html *html, const hr_tag_patterns *p)
{
    static const char *const titles[] = {"tag", "and tag", "movies with both", "times as many as by chance"};
    if (p->pairs == 0)
        return;
    hr_html_element(html, "h3", "Tags that are on the same movies");
    hr_html_table(html, 4, titles, 0xCU);
    for (int i = 0; i < p->pairs; i++) {
        char together[32], lift[32];
        snprintf(together, sizeof together, "%" PRId64, p->pair[i].together);
        snprintf(lift, sizeof lift, "%.1f", p->pair[i].lift);
        hr_html_row(html, 4,
                    (const char *const[]){hr_strings_at(&p->name, p->tag[p->pair[i].a]),
                                          hr_strings_at(&p->name, p->tag[p->pair[i].b]), together, lift},
                    0xCU);
    }
    hr_html_table_end(html);
}

hr_status hr_page_tags(hr_html *html, const hr_run_model *model, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    hr_dataset_summary summary;
    hr_tag_patterns patterns = {0};
    HR_TRY(hr_dataset_open(&file, &summary, model->dataset, err));
    HR_TRY(hr_tag_patterns_read(&patterns, file, summary.movies, err));
    hr_html_section(html, "tags", "Tags");
    if (patterns.given == 0) {
        hr_html_element(html, "p", "The dataset has no tags.");
    } else {
        hr_html_paragraph(html,
                          "%" PRId64 " tags were given, %" PRId64 " different ones, to %" PRId64 " movies.",
                          patterns.given, patterns.different, patterns.movies);
        hr_html_charts(html, false);
        HR_TRY(draw_frequent(html, &patterns, err));
        hr_html_charts_end(html);
        print_pairs(html, &patterns);
    }
    hr_html_section_end(html);
done:
    hr_tag_patterns_free(&patterns);
    hr_h5_close(file);
    return status;
}
