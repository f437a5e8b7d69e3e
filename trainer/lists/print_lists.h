/* Lists as people and scripts read them on standard output. */
#ifndef HR_TRAINER_LISTS_PRINT_LISTS_H
#define HR_TRAINER_LISTS_PRINT_LISTS_H

#include "trainer/lists/list_json.h"
#include "trainer/lists/make_lists.h"

#include <stdbool.h>

/* Zero-initialise but for what is given. */
typedef struct hr_list_printer {
    const hr_recommender *recommender;
    bool json;
    bool several;                   /* whether there are lists of several users */
    const hr_list_remarks *remarks; /* NULL: none */
    int64_t printed;                /* lists so far */
} hr_list_printer;

/* Prints the lists that it takes, each user's as text, "for user 7:" and a line a movie, or as a JSON object of `user` (null of
 * a newcomer) and `recommendations`, a list of movie, score, title and genres. For one process. HR_MEMORY, and what remarks
 * return. */
hr_list_sink hr_list_printer_sink(hr_list_printer *printer);

/* Before and after all lists: of several users the JSON objects are in a list, {"lists": […]}. */
void hr_list_printer_begin(const hr_list_printer *printer);
void hr_list_printer_end(const hr_list_printer *printer);

#endif
