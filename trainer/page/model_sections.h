/* What a trained model does: its rows, how good its lists are, what is in them, and for whom. */
#ifndef HR_TRAINER_PAGE_MODEL_SECTIONS_H
#define HR_TRAINER_PAGE_MODEL_SECTIONS_H

#include "trainer/figures/quality.h"
#include "trainer/figures/run_model.h"
#include "trainer/html/html.h"

/* Write sections. HR_IO, HR_INPUT, HR_MEMORY. */
hr_status hr_page_map(hr_html *html, const hr_run_model *model, hr_error *err);
hr_status hr_page_quality(hr_html *html, const hr_run_model *model, const hr_quality *quality, hr_error *err);
hr_status hr_page_users(hr_html *html, const hr_run_model *model, int64_t users, hr_error *err);
hr_status hr_page_provenance(hr_html *html, const hr_run_model *model, const char *partition, hr_error *err);

/* Draws movies by popularity, and in how many lists they are, in a figure of a section. HR_IO, HR_MEMORY. */
hr_status hr_page_popularity(hr_html *html, const hr_run_model *model, const hr_quality *quality,
                             hr_error *err);

#endif
