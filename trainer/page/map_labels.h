/* Titles of movies on a map, none over another. */
#ifndef HR_TRAINER_PAGE_MAP_LABELS_H
#define HR_TRAINER_PAGE_MAP_LABELS_H

#include "io/charts/chart.h"
#include "trainer/catalogue/catalogue.h"
#include "trainer/figures/embedding_map.h"

enum { HR_MOST_MAP_LABELS = 18, HR_MAP_TITLE = 112 };

/* Titles as the map has them: without the year, and cut where they are long. */
typedef struct hr_map_titles {
    char text[HR_MOST_MAP_LABELS][HR_MAP_TITLE];
} hr_map_titles;

/* Chooses labels for the first `points` points, in their order: one that has room to the right of its point. `label`
 * receives them, with texts in `titles`. Returns how many there are.
 *   side  pixels of the map */
int hr_map_labels(const hr_embedding_map *map, int64_t points, const hr_catalogue *catalogue, int side,
                  hr_chart_label label[HR_MOST_MAP_LABELS], hr_map_titles *titles);

#endif
