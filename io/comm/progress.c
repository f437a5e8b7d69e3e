#include "io/comm/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

enum { BAR_WIDTH = 24 };
static const double seconds_between_draws = 0.1;

void hr_progress_start(hr_progress *progress, const hr_comm *comm, const char *label, int64_t total,
                       const char *unit)
{
    *progress = (hr_progress){.shown = comm->rank == 0 && isatty(STDERR_FILENO) && total > 0,
                              .total = total,
                              .started = hr_seconds(),
                              .unit = unit};
    snprintf(progress->label, sizeof progress->label, "%s", label);
}

void hr_progress_update(hr_progress *progress, int64_t done)
{
    const double now = hr_seconds();
    if (!progress->shown || now - progress->drawn < seconds_between_draws)
        return;
    progress->drawn = now;
    const double rate = (double)done / (now - progress->started + 1e-9);
    const double left = (double)(progress->total - done) / (rate + 1e-9);
    const int filled = (int)(BAR_WIDTH * done / progress->total);
    fprintf(stderr, "\r\033[K%s [", progress->label);
    for (int i = 0; i < BAR_WIDTH; i++)
        fputc(i < filled ? '=' : ' ', stderr);
    fprintf(stderr, "] %" PRId64 "/%" PRId64 ", %.1f %s/s, %.0f s left", done, progress->total, rate,
            progress->unit, left);
    fflush(stderr);
}

void hr_progress_clear(hr_progress *progress)
{
    if (progress->shown)
        fputs("\r\033[K", stderr);
    progress->shown = false;
}
