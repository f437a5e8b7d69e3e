/* Curves of one run or of several: loss, metrics, AUC; where time went, and what ranks exchanged. */
#ifndef HR_TRAINER_PAGE_TRAINING_SECTION_H
#define HR_TRAINER_PAGE_TRAINING_SECTION_H

#include "trainer/history/history.h"
#include "trainer/html/html.h"

enum { HR_MOST_RUNS = 12 };

/* Runs side by side. */
typedef struct hr_runs {
    int count;
    const char *name[HR_MOST_RUNS]; /* what each is called on the page */
    hr_history history[HR_MOST_RUNS];
} hr_runs;

void hr_runs_free(hr_runs *runs);

/* Reads the logs; their paths without what all begin with, and without the suffix, become the names. HR_USAGE for too
 * many; otherwise as hr_history_read. */
hr_status hr_runs_read(hr_runs *runs, const char *const *path, int count, hr_error *err);

/* Write sections. HR_IO, HR_MEMORY. */
hr_status hr_page_curves(hr_html *html, const hr_runs *runs, hr_error *err);
hr_status hr_page_times(hr_html *html, const hr_runs *runs, hr_error *err);

/* A table of runs: epochs, loss, the best figure, time, bytes, memory. */
void hr_page_compare(hr_html *html, const hr_runs *runs);

#endif
