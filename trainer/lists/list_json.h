/* A list as JSON: what halorec recommend prints and halorec serve answers. */
#ifndef HR_TRAINER_LISTS_LIST_JSON_H
#define HR_TRAINER_LISTS_LIST_JSON_H

#include "io/base/error.h"
#include "trainer/catalogue/catalogue.h"
#include "trainer/lists/lists.h"
#include "trainer/scoring/user_block.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

/* What else is said of a list's movies: the reasons for them, for example. */
typedef struct hr_list_remarks {
    /* Called before the list of user number `index` of the block is printed. */
    hr_status (*begin)(void *context, const hr_user_block *users, int64_t index, const hr_lists *lists,
                       hr_error *err);
    /* Of movie number `rank` of that list, from 0 on: lines behind the movie's, and members of its JSON object. */
    hr_status (*print)(void *context, int64_t rank, hr_error *err);
    hr_status (*add)(void *context, int64_t rank, json_t *object, hr_error *err);
    void *context;
} hr_list_remarks;

/* The list of user number `index` of the block: an object of `user` (null of a newcomer) and `recommendations`, a list of movie,
 * score, title and genres, and what `remarks`, or NULL, add. What lacks memory is found when the text is made (io/base/json.h).
 * The errors of remarks. */
hr_status hr_list_json(json_t **object, const hr_catalogue *catalogue, const hr_user_block *users,
                       int64_t index, const hr_lists *lists, const hr_list_remarks *remarks, hr_error *err);

/* A movie's genres, joined by "|", cut to `size`. */
void hr_list_genres(const hr_genres *genres, int64_t movie, char *joined, size_t size);

#endif
