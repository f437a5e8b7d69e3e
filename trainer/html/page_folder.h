/* The folder of a page: made when the page is begun, and removed where it fails. */
#ifndef HR_TRAINER_HTML_PAGE_FOLDER_H
#define HR_TRAINER_HTML_PAGE_FOLDER_H

#include "io/base/error.h"

#include <limits.h>
#include <stdio.h>

typedef struct hr_page_folder {
    const char *path;
    char page[PATH_MAX]; /* of index.html */
    char *temporary;     /* what it is called until it is whole */
    FILE *out;
} hr_page_folder;

/* Makes the folder and opens the page for writing. HR_USAGE where something is there already or the path is too long;
 * HR_IO. hr_page_folder_end it in any case. */
hr_status hr_page_folder_begin(hr_page_folder *folder, const char *path, hr_error *err);

/* The page is whole. HR_IO. */
hr_status hr_page_folder_publish(hr_page_folder *folder, hr_error *err);

/* Removes what was not published, and the folder with it. */
void hr_page_folder_end(hr_page_folder *folder);

#endif
