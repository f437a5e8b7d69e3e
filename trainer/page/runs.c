#include "trainer/page/training_section.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

void hr_runs_free(hr_runs *runs)
{
    for (int r = 0; r < runs->count; r++)
        hr_history_free(&runs->history[r]);
    runs->count = 0;
}

/* Where the names of folders end that all paths begin with. */
static size_t common_folders(const char *const *path, int count)
{
    size_t end = 0;
    for (size_t i = 0; path[0][i]; i++) {
        for (int r = 1; r < count; r++)
            if (strncmp(path[0], path[r], i + 1) != 0)
                return end;
        if (path[0][i] == '/')
            end = i + 1;
    }
    return end;
}

hr_status hr_runs_read(hr_runs *runs, const char *const *path, int count, hr_error *err)
{
    hr_status status = HR_OK;
    if (count > HR_MOST_RUNS)
        return hr_fail(err, HR_USAGE, "%d logs: at most %d runs have room on a page", count, HR_MOST_RUNS);
    const size_t common = count > 0 ? common_folders(path, count) : 0;
    for (int r = 0; r < count; r++) {
        runs->name[r] = path[r] + common;
        runs->count = r + 1;
        HR_TRY(hr_history_read(&runs->history[r], path[r], err));
    }
done:
    return status;
}

static void format_number(double value, const char *format, char cell[HR_HTML_CELL])
{
    if (isfinite(value))
        snprintf(cell, HR_HTML_CELL, format, value);
    else
        strcpy(cell, "–");
}

static void compare_row(hr_html *html, const char *name, const hr_history *h)
{
    char text[8][HR_HTML_CELL];
    bool highest = true;
    const char *figure = hr_history_figure(h, &highest), *cell[9] = {name};
    const int64_t best = figure ? hr_history_best(h, figure, highest) : -1;
    format_number(hr_history_last(h, "epoch"), "%.0f", text[0]);
    format_number(hr_history_last(h, "ranks"), "%.0f", text[1]);
    format_number(hr_history_last(h, "loss"), "%.5f", text[2]);
    snprintf(text[3], HR_HTML_CELL, "%s", figure ? figure : "–");
    format_number(best >= 0 ? hr_history_find(h, figure)[best] : NAN, "%.4f", text[4]);
    format_number(best >= 0 ? hr_history_find(h, "epoch")[best] : NAN, "%.0f", text[5]);
    format_number(hr_history_total(h, "elapsed"), "%.1f", text[6]);
    format_number(1e-6 * hr_history_last(h, "peak_memory"), "%.0f", text[7]);
    for (int c = 0; c < 8; c++)
        cell[c + 1] = text[c];
    hr_html_row(html, 9, cell, 0x1EEU);
}

void hr_page_compare(hr_html *html, const hr_runs *runs)
{
    static const char *const titles[] = {"run",  "epochs",   "ranks",   "last loss", "figure",
                                         "best", "at epoch", "seconds", "MB a rank"};
    hr_html_table(html, 9, titles, 0x1EEU);
    for (int r = 0; r < runs->count; r++)
        compare_row(html, runs->name[r], &runs->history[r]);
    hr_html_table_end(html);
}
