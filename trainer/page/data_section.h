/* What the data of a run is like: distributions, genres, tags. */
#ifndef HR_TRAINER_PAGE_DATA_SECTION_H
#define HR_TRAINER_PAGE_DATA_SECTION_H

#include "trainer/figures/run_model.h"
#include "trainer/html/html.h"

/* Write sections. HR_IO, HR_INPUT, HR_MEMORY. */
hr_status hr_page_data(hr_html *html, const hr_run_model *model, hr_error *err);
hr_status hr_page_tags(hr_html *html, const hr_run_model *model, hr_error *err);

#endif
