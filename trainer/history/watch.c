#include "trainer/history/watch.h"

#include "trainer/history/follow.h"
#include "trainer/history/keyboard.h"
#include "trainer/history/screen.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

static void describe_wait(const hr_follow *f, const hr_history *h, char *note, size_t size)
{
    if (!f->found)
        snprintf(note, size, "there is no such file yet; q ends");
    else if (h->done)
        *note = '\0';
    else
        snprintf(note, size, "last written %.0f s ago; q ends", (double)(time(NULL) - (time_t)f->changed_at));
}

/* Draws over the `drawn` lines of before. Returns the lines of now. */
static int redraw(const hr_follow *f, const hr_history *h, int drawn)
{
    char note[96];
    const hr_screen screen = hr_screen_of(stdout);
    describe_wait(f, h, note, sizeof note);
    if (drawn > 0)
        printf("\033[%dA\r\033[J", drawn);
    const int lines = hr_screen_draw(&screen, h, f->path, note, stdout);
    fflush(stdout);
    return lines;
}

static hr_status follow(const char *path, double every, hr_history *history, hr_error *err)
{
    hr_status status = HR_OK;
    hr_follow f = {.path = path};
    hr_keyboard keyboard = {0};
    int drawn = 0;
    hr_keyboard_begin(&keyboard);
    for (int key = 0; key != 'q' && !history->done && !ferror(stdout);) {
        HR_TRY(hr_follow_read(&f, history, err));
        drawn = redraw(&f, history, drawn);
        if (!history->done)
            key = hr_keyboard_wait(&keyboard, every);
    }
done:
    hr_keyboard_end(&keyboard);
    return status;
}

hr_status hr_watch(const char *path, double every, hr_error *err)
{
    hr_history history = {0};
    hr_status status = HR_OK;
    if (isatty(STDOUT_FILENO)) {
        status = follow(path, every, &history, err);
    } else {
        const hr_screen screen = hr_screen_of(stdout);
        status = hr_history_read(&history, path, err);
        if (status == HR_OK)
            hr_screen_draw(&screen, &history, path, "", stdout);
    }
    hr_history_free(&history);
    return status;
}
