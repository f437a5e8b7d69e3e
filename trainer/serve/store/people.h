/* Visitors: everybody who has rated something, with an account or without. */
#ifndef HR_TRAINER_SERVE_STORE_PEOPLE_H
#define HR_TRAINER_SERVE_STORE_PEOPLE_H

#include "trainer/serve/store/store.h"

/* Adds a visitor, who has nothing yet. */
hr_status hr_store_add_visitor(hr_store *store, int64_t now, int64_t *visitor, hr_error *err);

/* Moves what a visitor has rated and opened to another, and removes the visitor. Where both have rated a movie the later rating
 * stays. */
hr_status hr_store_merge_visitor(hr_store *store, int64_t visitor, int64_t into, hr_error *err);

/* Removes a visitor with ratings, clicks, account, tokens, and pictures of the movies that the visitor has added. The movies stay:
 * others may have rated them. */
hr_status hr_store_remove_visitor(hr_store *store, int64_t visitor, hr_error *err);

#endif
