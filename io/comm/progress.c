#include "io/comm/progress.h"

#include "io/comm/launch.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { BAR_WIDTH = 24, LEAST_BAR = 4, USUAL_COLUMNS = 80, MOST_COLUMNS = 200 };
static const double seconds_between_draws = 0.1;

const char *const hr_progress_modes[] = {
    [HR_PROGRESS_AUTO] = "auto", [HR_PROGRESS_ALWAYS] = "always", [HR_PROGRESS_NEVER] = "never", NULL};

/* Columns of the terminal that is open as `file`; 0 where it is none. */
static int columns_of(int file)
{
    struct winsize size = {.ws_col = 0};
    if (!isatty(file))
        return 0;
    return ioctl(file, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : USUAL_COLUMNS;
}

/* The same of the launcher's standard error: the process that started this one, where it is on this host. */
static int columns_of_launcher(void)
{
    char path[64];
    if (!hr_launch_of_environment().variable)
        return 0;
    snprintf(path, sizeof path, "/proc/%ld/fd/2", (long)getppid());
    const int file = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
    if (file < 0)
        return 0;
    const int columns = columns_of(file);
    close(file);
    return columns;
}

void hr_progress_start(hr_progress *progress, const hr_comm *comm, hr_progress_mode mode, int64_t done)
{
    *progress = (hr_progress){.started = hr_seconds(), .first = done};
    if (comm->rank != 0 || mode == HR_PROGRESS_NEVER)
        return;
    progress->width = columns_of(STDERR_FILENO);
    if (progress->width == 0)
        progress->width = columns_of_launcher();
    progress->shown = progress->width > 0 || mode == HR_PROGRESS_ALWAYS;
    if (progress->width == 0)
        progress->width = USUAL_COLUMNS;
}

void hr_progress_note(hr_progress *progress, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(progress->note, sizeof progress->note, format, arguments);
    va_end(arguments);
}

/* "0:07", "12:34" or "3:00:00". */
static void format_time(double seconds, char *text, size_t size)
{
    const int64_t all = seconds < 1e9 ? (int64_t)(seconds + 0.5) : (int64_t)1e9;
    const int64_t hours = all / 3600, minutes = all / 60 % 60;
    if (hours > 0)
        snprintf(text, size, "%" PRId64 ":%02" PRId64 ":%02" PRId64, hours, minutes, all % 60);
    else
        snprintf(text, size, "%" PRId64 ":%02" PRId64, minutes, all % 60);
}

/* What is after the bar. */
static void format_figures(const hr_progress_part *part, double rate, const char *note, char *text,
                           size_t size)
{
    char left[32];
    int used = snprintf(text, size, " %" PRId64 "/%" PRId64, part->done, part->total);
    if (rate > 0.0) {
        const int64_t parts = part->numbers - part->number;
        format_time((double)(parts * part->total + part->total - part->done) / rate, left, sizeof left);
        used += snprintf(text + used, size - (size_t)used, ", %.1f steps/s, at most %s left", rate, left);
    }
    if (*note)
        snprintf(text + used, size - (size_t)used, ", %s", note);
}

void hr_progress_format(const hr_progress_part *part, double rate, const char *note, int columns, char *text,
                        int64_t size)
{
    char label[48], figures[HR_PROGRESS_TEXT + 128], bar[BAR_WIDTH + 1];
    snprintf(label, sizeof label, "epoch %" PRId64 "/%" PRId64, part->number, part->numbers);
    format_figures(part, rate, note, figures, sizeof figures);
    const int others = (int)(strlen(label) + strlen(figures)) + 3;
    int wide = columns - others < BAR_WIDTH ? columns - others : BAR_WIDTH;
    if (wide >= LEAST_BAR) {
        memset(bar, ' ', sizeof bar);
        memset(bar, '=', (size_t)(wide * part->done / part->total));
        snprintf(text, (size_t)size, "%s [%.*s]%s", label, wide, bar, figures);
    } else {
        snprintf(text, (size_t)size, "%s%s", label, figures);
    }
    if (columns < size)
        text[columns] = '\0';
}

void hr_progress_update(hr_progress *progress, const hr_progress_part *part)
{
    char text[MOST_COLUMNS + 1];
    const double now = hr_seconds();
    if (!progress->shown || part->total <= 0 || now - progress->drawn < seconds_between_draws)
        return;
    progress->drawn = now;
    const int64_t done = (part->number - 1) * part->total + part->done - progress->first;
    const int columns = progress->width - 1 < MOST_COLUMNS ? progress->width - 1 : MOST_COLUMNS;
    hr_progress_format(part, (double)done / (now - progress->started + 1e-9), progress->note, columns, text,
                       sizeof text);
    fprintf(stderr, "\r\033[K%s", text);
    fflush(stderr);
}

void hr_progress_clear(const hr_progress *progress)
{
    if (progress->shown)
        fputs("\r\033[K", stderr);
}
