/* A comparison as a text for terminals, as Markdown, as one JSON object and as a page of HTML that needs nothing else. */
#ifndef HR_TRAINER_MANY_MODELS_SIDE_REPORTS_H
#define HR_TRAINER_MANY_MODELS_SIDE_REPORTS_H

#include "trainer/many_models/side_by_side.h"

#include <stdio.h>

#define HR_SIDE_FORMAT "halorec-comparison"

/* Each writes a whole document. One process. HR_MEMORY; of a page also HR_IO. */
typedef hr_status hr_side_writer(const hr_side_by_side *s, FILE *out, hr_error *err);
hr_side_writer hr_side_text, hr_side_markdown, hr_side_json, hr_side_page;

#endif
