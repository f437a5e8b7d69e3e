#include "trainer/history/screen.h"

#include "io/base/utf8.h"
#include "io/options/colours.h"
#include "trainer/history/text_plot.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
    USUAL_COLUMNS = 80,
    USUAL_ROWS = 24,
    LINES_WITHOUT_PLOTS = 8,
    LEAST_PLOT = 3,
    MOST_PLOT = 12,
    MOST_ACROSS = 100
};

hr_screen hr_screen_of(FILE *out)
{
    struct winsize size = {.ws_col = 0};
    hr_screen screen = {USUAL_COLUMNS, USUAL_ROWS, hr_has_colours(out)};
    if (isatty(fileno(out)) && ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 0 &&
        size.ws_row > 0) {
        screen.columns = size.ws_col;
        screen.rows = size.ws_row;
    }
    return screen;
}

static int between(int value, int least, int most)
{
    return value < least ? least : value > most ? most : value;
}

/* "1:02:03" or "2:03". */
static void format_time(double seconds, char text[32])
{
    const int64_t all = isfinite(seconds) && seconds < 1e9 ? (int64_t)(seconds + 0.5) : 0;
    if (all >= 3600)
        snprintf(text, 32, "%" PRId64 ":%02" PRId64 ":%02" PRId64, all / 3600, all / 60 % 60, all % 60);
    else
        snprintf(text, 32, "%" PRId64 ":%02" PRId64, all / 60, all % 60);
}

/* "run.jsonl  epoch 12 of 20, 0:34, at most 0:23 left". */
static void print_state(const hr_screen *screen, const hr_history *h, const char *path, FILE *out)
{
    char shown[HR_ESCAPED_LENGTH], elapsed[32], left[32];
    const double epoch = hr_history_last(h, "epoch"), epochs = hr_history_last(h, "epochs"),
                 seconds = hr_history_total(h, "elapsed");
    hr_escape(shown, sizeof shown, path, (int64_t)strlen(path));
    fprintf(out, "%s%s%s", hr_colour_code(screen->colours, HR_BOLD), shown,
            hr_colour_code(screen->colours, HR_PLAIN));
    if (h->lines > 0)
        fprintf(out, "  epoch %.0f", epoch);
    if (isfinite(epochs))
        fprintf(out, " of %.0f", epochs);
    format_time(seconds, elapsed);
    if (h->lines > 0)
        fprintf(out, ", %s", elapsed);
    if (isfinite(epochs) && !h->done && h->lines > 0) {
        format_time(seconds / (double)h->lines * (epochs - epoch), left);
        fprintf(out, ", at most %s left", left);
    }
    fprintf(out, "%s\n", h->done ? ", done" : "");
}

/* A title with the last and the best value, and the curve below it. */
static int draw_column(const hr_screen *screen, const hr_history *h, const char *name, bool highest,
                       hr_colour colour, FILE *out)
{
    const double *value = hr_history_find(h, name), *epoch = hr_history_find(h, "epoch");
    const int64_t best = hr_history_best(h, name, highest);
    const int rows = between((screen->rows - LINES_WITHOUT_PLOTS) / 2, LEAST_PLOT, MOST_PLOT);
    if (best < 0)
        return 0;
    fprintf(out, "\n%s%s%s %.5g, %s %.5g at epoch %.0f\n", hr_colour_code(screen->colours, HR_BOLD), name,
            hr_colour_code(screen->colours, HR_PLAIN), hr_history_last(h, name),
            highest ? "highest" : "lowest", value[best], epoch[best]);
    hr_text_plot(out, epoch, value, h->lines,
                 between(screen->columns - HR_TEXT_PLOT_LABEL - 2, 10, MOST_ACROSS), rows,
                 hr_colour_code(screen->colours, colour), hr_colour_code(screen->colours, HR_PLAIN));
    return rows + 2;
}

/* "time: compute 61 %, halo 12 %, …", largest shares only. */
static int print_times(const hr_history *h, FILE *out)
{
    double all = 0.0;
    int printed = 0;
    for (int c = 0; c < h->columns; c++)
        if (strncmp(h->column[c].name, "seconds.", strlen("seconds.")) == 0)
            all += hr_history_total(h, h->column[c].name);
    for (int c = 0; c < h->columns; c++) {
        const char *name = h->column[c].name;
        const double share = hr_history_total(h, name) / all;
        if (strncmp(name, "seconds.", strlen("seconds.")) == 0 && share >= 0.01)
            fprintf(out, "%s%s %.0f %%", printed++ ? ", " : "\ntime: ", name + strlen("seconds."),
                    100.0 * share);
    }
    if (printed > 0)
        fputc('\n', out);
    return printed > 0 ? 2 : 0;
}

int hr_screen_draw(const hr_screen *screen, const hr_history *history, const char *path, const char *note,
                   FILE *out)
{
    bool highest = true;
    int lines = 1;
    const char *figure = hr_history_figure(history, &highest);
    print_state(screen, history, path, out);
    lines += draw_column(screen, history, "loss", false, HR_BLUE, out);
    if (figure)
        lines += draw_column(screen, history, figure, highest, HR_GREEN, out);
    lines += print_times(history, out);
    if (*note) {
        fprintf(out, "%s\n", note);
        lines++;
    }
    return lines;
}
