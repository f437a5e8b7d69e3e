/* The page as routes: its files, and what it asks first. */
#ifndef HR_TRAINER_SERVE_PAGE_PAGE_ROUTES_H
#define HR_TRAINER_SERVE_PAGE_PAGE_ROUTES_H

#include "trainer/serve/http/route.h"

/* The context of the routes. */
typedef struct hr_page {
    const hr_route_set
        *sets; /* all of the server, ending with routes of NULL: the page offers what they have */
    bool runs; /* whether there is a folder of runs */
} hr_page;

/* GET /: index.html; /page/NAME and /page/FOLDER/NAME: the other files; /page/offers: an object of flags. */
extern const hr_route hr_page_routes[];

#endif
