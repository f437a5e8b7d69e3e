/* What a visitor has given, as the visitor gets it back. */
#ifndef HR_TRAINER_SERVE_VISITORS_OWN_DATA_H
#define HR_TRAINER_SERVE_VISITORS_OWN_DATA_H

#include "trainer/serve/store/opinions.h"
#include "trainer/serve/visitors/visitors.h"

#include <stddef.h>

/* [{"movie", "title", "rating", "time"}], the caller's, also after a failure. HR_IO, HR_MEMORY. */
hr_status hr_own_ratings_json(hr_visitors *v, const hr_catalogue *catalogue, const hr_opinions *ratings,
                              json_t **list, hr_error *err);

/* "userId,movieId,rating,timestamp" and lines of it, as halorec import reads them; *text is the caller's. HR_MEMORY. */
hr_status hr_own_ratings_csv(int64_t visitor, const hr_opinions *ratings, char **text, size_t *length,
                             hr_error *err);

/* All that is kept of an account but hashes: {"name", "created", "ratings", "clicks", "movies", "tokens"}; the caller's. HR_IO,
 * HR_MEMORY. */
hr_status hr_own_data(hr_visitors *v, const hr_catalogue *catalogue, const hr_account *account, json_t **data,
                      hr_error *err);

#endif
