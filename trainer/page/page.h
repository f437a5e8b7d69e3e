/* A page of one run with its model and data, or of several runs side by side: a folder with index.html, which needs nothing
 * else. */
#ifndef HR_TRAINER_PAGE_PAGE_H
#define HR_TRAINER_PAGE_PAGE_H

#include "io/base/error.h"

#include <stdint.h>

enum { HR_PAGE_USERS = 10 };

/* What is asked for. Paths that are "" are none. */
typedef struct hr_page_request {
    const char *checkpoint, *dataset; /* of the run; NULL for a page of logs alone */
    const char *partition;
    const char *const *log; /* [logs] */
    int logs;
    const char *out; /* the folder, which is made */
} hr_page_request;

/* What a page says, for a program to read. */
typedef struct hr_page_summary {
    int sections, charts;
} hr_page_summary;

/* Writes the page. The folder must not be there; after a failure it is not there either. One process. HR_USAGE where it
 * is there or gnuplot is missing, HR_IO, HR_INPUT, HR_MEMORY. */
hr_status hr_page_write(const hr_page_request *request, hr_page_summary *summary, hr_error *err);

#endif
