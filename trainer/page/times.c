#include "io/base/memory.h"
#include "trainer/page/training_section.h"

#include <math.h>
#include <string.h>

enum { WIDTH = 480, HEIGHT = 320, PHASES = 16 };
#define SECONDS "seconds."

/* Activities of a run, and the seconds of each: of the slowest rank, and of the mean. */
typedef struct phases {
    int count;
    const char *name[PHASES];
    double most[PHASES], mean[PHASES], position[PHASES];
} phases;

static phases phases_of(const hr_history *h)
{
    phases p = {0};
    char mean[HR_HISTORY_NAME + 8];
    for (int c = 0; c < h->columns && p.count < PHASES; c++) {
        const char *name = h->column[c].name;
        const double most = hr_history_total(h, name);
        if (strncmp(name, SECONDS, strlen(SECONDS)) != 0 ||
            most < 0.005) /* seconds that a table would show as 0 */
            continue;
        snprintf(mean, sizeof mean, "mean_%s", name);
        p.name[p.count] = name + strlen(SECONDS);
        p.most[p.count] = most;
        p.mean[p.count] = hr_history_total(h, mean);
        p.position[p.count] = (double)p.count;
        p.count++;
    }
    return p;
}

static hr_status draw_phases(hr_html *html, const phases *p, const char *title, hr_error *err)
{
    char description[256] = "";
    for (int i = 0; i < p->count; i++) {
        const size_t used = strlen(description);
        snprintf(description + used, sizeof description - used, "%s %.2f s. ", p->name[i], p->most[i]);
    }
    const hr_chart chart = {.title = title,
                            .description = description,
                            .x_label = "seconds",
                            .y_label = "",
                            .width = WIDTH,
                            .height = HEIGHT,
                            .count = 1,
                            .series = {{HR_MARK_ACROSS, 0, p->count, p->most, p->position, NULL}},
                            .categories = p->count,
                            .category = p->name};
    return hr_html_chart(html, &chart, 1, NULL, NULL, err);
}

/* What an epoch adds to a running total that begins again at 0 where a run was resumed. */
static hr_status draw_bytes(hr_html *html, const hr_history *h, hr_error *err)
{
    hr_status status = HR_OK;
    double *of_epoch = NULL;
    const double *bytes = hr_history_find(h, "bytes");
    char description[128];
    if (!bytes || hr_history_total(h, "bytes") <= 0.0)
        return HR_OK;
    HR_ALLOC(of_epoch, h->lines);
    for (int64_t i = 0; i < h->lines; i++)
        of_epoch[i] = 1e-6 * (i > 0 && bytes[i] >= bytes[i - 1] ? bytes[i] - bytes[i - 1] : bytes[i]);
    snprintf(description, sizeof description, "%.6g MB in all.", 1e-6 * hr_history_total(h, "bytes"));
    const hr_chart chart = {
        .title = "Exchange: megabytes an epoch, all ranks",
        .description = description,
        .x_label = "epoch",
        .y_label = "",
        .x = HR_AXIS_WHOLE,
        .from_zero = true,
        .width = WIDTH,
        .height = HEIGHT,
        .count = 1,
        .series = {{HR_MARK_LINE, 1, h->lines, hr_history_find(h, "epoch"), of_epoch, NULL}}};
    HR_TRY(hr_html_chart(html, &chart, 1, NULL, NULL, err));
done:
    free(of_epoch);
    return status;
}

/* How equal ranks are: the mean over them by the most of one. */
static void print_balance(hr_html *html, const hr_history *h, const phases *p)
{
    static const char *const titles[] = {"work", "slowest rank, s", "mean of ranks, s", "balance"};
    const double ranks = hr_history_last(h, "ranks");
    if (!(ranks > 1.0))
        return;
    hr_html_table(html, 4, titles, 0xEU);
    for (int i = 0; i < p->count; i++) {
        char most[32], mean[32], balance[32];
        snprintf(most, sizeof most, "%.2f", p->most[i]);
        snprintf(mean, sizeof mean, "%.2f", p->mean[i]);
        snprintf(balance, sizeof balance, "%.0f %%", 100.0 * p->mean[i] / p->most[i]);
        hr_html_row(html, 4, (const char *const[]){p->name[i], most, mean, balance}, 0xEU);
    }
    hr_html_table_end(html);
    hr_html_paragraph(
        html,
        "%.0f ranks. A balance of 100 %% means that all ranks take equally long; halo has the wait "
        "for slower ranks in it.",
        ranks);
}

hr_status hr_page_times(hr_html *html, const hr_runs *runs, hr_error *err)
{
    hr_status status = HR_OK;
    hr_html_section(html, "time", "Time and exchange");
    hr_html_charts(html, false);
    for (int r = 0; r < runs->count; r++) {
        char title[128] = "Time by kind of work, slowest rank";
        const phases p = phases_of(&runs->history[r]);
        if (runs->count > 1)
            snprintf(title, sizeof title, "Time by kind of work: %s", runs->name[r]);
        if (p.count > 0)
            HR_TRY(draw_phases(html, &p, title, err));
    }
    if (runs->count == 1)
        HR_TRY(draw_bytes(html, &runs->history[0], err));
    hr_html_charts_end(html);
    if (runs->count == 1) {
        const phases p = phases_of(&runs->history[0]);
        print_balance(html, &runs->history[0], &p);
    }
    hr_html_section_end(html);
done:
    return status;
}
