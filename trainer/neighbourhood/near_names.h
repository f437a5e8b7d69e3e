/* The names of a neighbourhood's users and movies. */
#ifndef HR_TRAINER_NEIGHBOURHOOD_NEAR_NAMES_H
#define HR_TRAINER_NEIGHBOURHOOD_NEAR_NAMES_H

#include "io/base/error.h"
#include "io/base/strings.h"
#include "trainer/catalogue/catalogue.h"
#include "trainer/neighbourhood/neighbourhood.h"

/* Zero-initialise; free with hr_near_names_free. */
typedef struct hr_near_names {
    hr_strings id;   /* [vertices] original ids */
    hr_strings name; /* [vertices] titles, ids where there is none; "user ID" */
} hr_near_names;

/* Takes users' ids from user_id, of all users, or, where that is NULL, reads them one by one. Local. HR_INPUT, HR_MEMORY. */
hr_status hr_near_names_read(hr_near_names *names, const hr_neighbourhood *near, hr_h5 *dataset,
                             const hr_ids *user_id, const hr_catalogue *catalogue, hr_error *err);
void hr_near_names_free(hr_near_names *names);

#endif
