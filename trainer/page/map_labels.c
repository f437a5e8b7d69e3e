#include "trainer/page/map_labels.h"

#include "io/base/utf8.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { CHARACTERS = 22, TRIED = 400 };
static const double character_width = 9.0, line_height = 20.0; /* pixels, with some room */

/* The beginning of a title, without "(1995)" and what follows. Returns its characters. */
static int shorten(const char *title, char out[HR_MAP_TITLE])
{
    const char *year = strrchr(title, '(');
    const char *end = year && year > title + 1 ? year : title + strlen(title);
    int characters = 0, used = 0;
    while (title < end && characters < CHARACTERS) {
        const int bytes = hr_utf8_character(title, (int64_t)strlen(title));
        const int step = bytes > 0 ? bytes : 1;
        memcpy(out + used, title, (size_t)step);
        used += step;
        title += step;
        characters++;
    }
    while (used > 0 && out[used - 1] == ' ')
        used--;
    strcpy(out + used, title < end && characters == CHARACTERS ? "…" : "");
    return characters;
}

/* A label in pixels. */
typedef struct box {
    double left, right, middle;
} box;

static bool overlaps(const box *a, const box *b)
{
    return a->left < b->right && b->left < a->right && fabs(a->middle - b->middle) < line_height;
}

/* Pixels of a length along an axis of the map. */
static double scale_of(const double *value, int64_t count, int side)
{
    double low = INFINITY, high = -INFINITY;
    for (int64_t i = 0; i < count; i++) {
        low = fmin(low, value[i]);
        high = fmax(high, value[i]);
    }
    return high > low ? 0.9 * (double)side / (high - low) : 0.0;
}

static double highest(const double *value, int64_t count)
{
    double high = -INFINITY;
    for (int64_t i = 0; i < count; i++)
        high = fmax(high, value[i]);
    return high;
}

int hr_map_labels(const hr_embedding_map *map, int64_t points, const hr_catalogue *catalogue, int side,
                  hr_chart_label label[HR_MOST_MAP_LABELS], hr_map_titles *titles)
{
    box taken[HR_MOST_MAP_LABELS];
    int count = 0;
    const double across = scale_of(map->x, points, side), down = scale_of(map->y, points, side),
                 right = highest(map->x, points) * across;
    for (int64_t i = 0; i < points && i < TRIED && count < HR_MOST_MAP_LABELS; i++) {
        const int characters = shorten(hr_strings_at(&catalogue->title, map->movie[i]), titles->text[count]);
        const double left = map->x[i] * across;
        const box b = {left, left + character_width * (double)(characters + 1), map->y[i] * down};
        bool free = characters > 0 && b.right < right + 0.04 * (double)side;
        for (int j = 0; j < count; j++)
            free = free && !overlaps(&b, &taken[j]);
        if (!free)
            continue;
        taken[count] = b;
        label[count] = (hr_chart_label){map->x[i], map->y[i], titles->text[count]};
        count++;
    }
    return count;
}
