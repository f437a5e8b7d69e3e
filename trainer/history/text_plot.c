#include "trainer/history/text_plot.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { DOTS_ACROSS = 2, DOTS_DOWN = 4 };

/* Dots of all characters, a bit each, as Unicode numbers them from U+2800 on. */
typedef struct canvas {
    int columns, rows;
    unsigned char dots[HR_TEXT_PLOT_ROWS][HR_TEXT_PLOT_COLUMNS];
} canvas;

static void set_dot(canvas *c, int x, int y)
{
    static const unsigned char bits[DOTS_DOWN][DOTS_ACROSS] = {
        {0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    c->dots[y / DOTS_DOWN][x / DOTS_ACROSS] |= bits[y % DOTS_DOWN][x % DOTS_ACROSS];
}

static void draw_line(canvas *c, int x, int y, int to_x, int to_y)
{
    const int across = abs(to_x - x), down = abs(to_y - y), steps = across > down ? across : down;
    for (int i = 0; i <= steps; i++) {
        const double part = steps > 0 ? (double)i / (double)steps : 0.0;
        set_dot(c, x + (int)lround(part * (to_x - x)), y + (int)lround(part * (to_y - y)));
    }
}

typedef struct bounds {
    double low, high;
} bounds;

static bounds bounds_of(const double *value, const double *other, int64_t count)
{
    bounds b = {INFINITY, -INFINITY};
    for (int64_t i = 0; i < count; i++)
        if (isfinite(value[i]) && isfinite(other[i])) {
            b.low = fmin(b.low, value[i]);
            b.high = fmax(b.high, value[i]);
        }
    return b;
}

/* Where a value is among so many dots. */
static int dot_of(double value, bounds b, int dots)
{
    return b.high > b.low ? (int)lround((value - b.low) / (b.high - b.low) * (double)(dots - 1)) : dots / 2;
}

static void draw(canvas *c, const double *x, const double *y, int64_t count, bounds across, bounds up)
{
    int before_x = -1, before_y = -1;
    for (int64_t i = 0; i < count; i++) {
        if (!isfinite(x[i]) || !isfinite(y[i]))
            continue;
        const int to_x = dot_of(x[i], across, c->columns * DOTS_ACROSS),
                  to_y = c->rows * DOTS_DOWN - 1 - dot_of(y[i], up, c->rows * DOTS_DOWN);
        if (before_x >= 0)
            draw_line(c, before_x, before_y, to_x, to_y);
        else
            set_dot(c, to_x, to_y);
        before_x = to_x;
        before_y = to_y;
    }
}

/* A braille pattern in UTF-8. */
static void put_pattern(FILE *out, unsigned dots)
{
    fputc(0xE2, out);
    fputc((int)(0xA0U | dots >> 6), out);
    fputc((int)(0x80U | (dots & 0x3FU)), out);
}

static int at_most(int value, int most)
{
    return value < most ? value : most;
}

void hr_text_plot(FILE *out, const double *x, const double *y, int64_t count, int columns, int rows,
                  const char *before, const char *after)
{
    canvas c = {.columns = at_most(columns, HR_TEXT_PLOT_COLUMNS), .rows = at_most(rows, HR_TEXT_PLOT_ROWS)};
    const bounds across = bounds_of(x, y, count), up = bounds_of(y, x, count);
    draw(&c, x, y, count, across, up);
    for (int row = 0; row < c.rows; row++) {
        char label[32] = "";
        if (up.low <= up.high && (row == 0 || (row == c.rows - 1 && up.low < up.high)))
            snprintf(label, sizeof label, "%.5g", row == 0 ? up.high : up.low);
        fprintf(out, "%*s %s", HR_TEXT_PLOT_LABEL, label, before);
        for (int column = 0; column < c.columns; column++)
            put_pattern(out, c.dots[row][column]);
        fprintf(out, "%s\n", after);
    }
}
