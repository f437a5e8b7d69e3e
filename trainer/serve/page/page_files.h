/* The files of the page, as the program holds them. cmake makes the table of all that is in trainer/serve/page/web. */
#ifndef HR_TRAINER_SERVE_PAGE_PAGE_FILES_H
#define HR_TRAINER_SERVE_PAGE_PAGE_FILES_H

#include <stddef.h>
#include <stdint.h>

typedef struct hr_page_file {
    const char *name; /* "views/start.js" */
    const unsigned char *bytes;
    size_t size;
    uint64_t version; /* of the bytes: the first digits of their SHA-256 */
} hr_page_file;

/* All of them, in the order of their names, ending with a name of NULL. */
extern const hr_page_file hr_page_files[];

/* The file with this name, or NULL. */
const hr_page_file *hr_page_file_find(const char *name);

/* What HTTP calls the content of a file of this name, by its ending: "text/css; charset=utf-8". */
const char *hr_page_file_type(const char *name);

#endif
