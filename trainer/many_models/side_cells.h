/* A comparison as tables of texts, for terminals, Markdown and HTML alike. */
#ifndef HR_TRAINER_MANY_MODELS_SIDE_CELLS_H
#define HR_TRAINER_MANY_MODELS_SIDE_CELLS_H

#include "trainer/many_models/side_by_side.h"

enum { HR_SIDE_COLUMNS = 8 + 2 * HR_MAX_CUTOFFS, HR_SIDE_CELL = 64 };

/* A figure that differs from the best model's by no more than chance has HR_SIDE_CHANCE behind it. */
#define HR_SIDE_CHANCE "="

typedef struct hr_side_row {
    char cell[HR_SIDE_COLUMNS][HR_SIDE_CELL];
} hr_side_row;

/* Zero-initialise; free with hr_side_cells_free. Column 0 is of names, all others are of numbers. */
typedef struct hr_side_cells {
    int columns, rows;
    hr_side_row title;
    hr_side_row *row; /* [rows] the best first */
} hr_side_cells;

/* Rankings: recall (capped_recall where users are held out whole) and ndcg at each k, coverage, seconds, memory. Local.
 * HR_MEMORY. */
hr_status hr_side_rankings(hr_side_cells *cells, const hr_side_by_side *s, hr_error *err);

/* rmse and mae of the models that predict ratings, the best first; without rows where there is none. Local. HR_MEMORY. */
hr_status hr_side_errors(hr_side_cells *cells, const hr_side_by_side *s, hr_error *err);
void hr_side_cells_free(hr_side_cells *cells);

/* A sentence on what was compared on: the part, the split, the users; and one on intervals and marks. */
enum { HR_SIDE_SENTENCE = 1024 };
void hr_side_subject(const hr_side_by_side *s, char text[HR_SIDE_SENTENCE]);
void hr_side_legend(const hr_side_by_side *s, char text[HR_SIDE_SENTENCE]);

#endif
