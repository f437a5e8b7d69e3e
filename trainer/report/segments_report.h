/* Segments and intervals of an evaluation, and the comparison of two, as text and as JSON. */
#ifndef HR_TRAINER_REPORT_SEGMENTS_REPORT_H
#define HR_TRAINER_REPORT_SEGMENTS_REPORT_H

#include "trainer/comparison/compared_models.h"

/* What a segment is, in words: "new users, fewer than 20 train ratings". */
void hr_segment_describe(const hr_evaluated_model *model, hr_segment segment, char *text, size_t size);

/* Of one model. */
void hr_segments_text(const hr_evaluated_model *model);

/* Adds "intervals", "segments", "replicates", "new_below" and "popular_least" to the object. */
void hr_segments_to_json(const hr_evaluated_model *model, json_t *object);

/* Of two, which are called by the names given. */
void hr_comparison_text(const hr_compared_models *compared, const char *first, const char *second);
hr_status hr_comparison_json(const hr_compared_models *compared, const char *first, const char *second,
                             hr_error *err); /* HR_MEMORY */

#endif
