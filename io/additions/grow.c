#include "io/additions/grow.h"

#include "io/additions/dataset_rows.h"
#include "io/features/text_features.h"
#include "io/ingest/ingest_rows.h"
#include "io/split/split.h"

#include <stdio.h>

/* What a grown dataset is made of. */
typedef struct maker {
    const hr_comm *comm;
    const hr_visitors *visitors;
    hr_dataset_source before;
    hr_movie_list list; /* on rank 0 */
    hr_row_counts counts;
} maker;

static hr_status list_movies(maker *m, hr_error *err)
{
    hr_status status = HR_OK;
    if (m->comm->rank == 0) {
        status = hr_dataset_source_movies(&m->before, &m->list, err);
        if (status == HR_OK)
            status = hr_visitor_movies_of_genres(m->visitors, &m->list, err);
    }
    return hr_agree(m->comm, status, NULL, err);
}

static hr_status fill_side(const maker *m, hr_dataset *dataset, hr_error *err)
{
    hr_status status = HR_OK;
    if (m->comm->rank == 0) {
        status = hr_movie_list_fill(&m->list, dataset, err);
        if (status == HR_OK)
            status = hr_dataset_source_tags(&m->before, dataset, err);
    }
    return hr_agree(m->comm, status, NULL, err);
}

/* What the file says of itself, where it stays true. */
static hr_status keep_facts(const maker *m, hr_dataset *d, hr_error *err)
{
    hr_status status = HR_OK;
    double low = 0.0, high = 0.0;
    hr_h5 *file = m->before.file;
    const hr_dataset_summary *before = &m->before.summary;
    snprintf(d->source, sizeof d->source, "%s", before->source);
    snprintf(d->split, sizeof d->split, "%s", before->split);
    d->split_seed = before->split_seed;
    if (!hr_h5_has_attribute(file, "scale_low") || !hr_h5_has_attribute(file, "scale_high"))
        return HR_OK;
    HR_TRY(hr_h5_get_f64(file, "scale_low", &low, err));
    HR_TRY(hr_h5_get_f64(file, "scale_high", &high, err));
    d->low = (float)low;
    d->high = (float)high;
    d->has_scale = m->counts.lowest >= d->low && m->counts.highest <= d->high;
done:
    return status;
}

/* Users who are held out whole have no train ratings: what they rate now is known of them. */
static void hold_out_whole(hr_ratings *r)
{
    for (int64_t u = 0; u < r->users; u++) {
        bool is_held_out = false;
        for (int64_t i = r->ptr[u]; i < r->ptr[u + 1]; i++)
            is_held_out |= r->split[i] == HR_KNOWN;
        for (int64_t i = r->ptr[u]; is_held_out && i < r->ptr[u + 1]; i++)
            r->split[i] = r->split[i] == HR_TRAIN ? HR_KNOWN : r->split[i];
    }
}

static hr_status make(maker *m, hr_dataset *dataset, hr_error *err)
{
    hr_row_filters filters = HR_ROW_FILTERS_DEFAULTS;
    hr_text_options texts;
    hr_status status = HR_OK;
    filters.duplicates = HR_DUPLICATES_CHANGED;
    const hr_more_rows more = hr_visitor_rows(m->visitors);
    const hr_both_rows both = {hr_dataset_source_rows(&m->before), &more};
    const hr_row_source rows = hr_both_rows_source(&both);
    HR_TRY(hr_agree(m->comm, hr_text_options_read(m->before.file, &texts, err), NULL, err));
    HR_TRY(list_movies(m, err));
    HR_TRY(hr_ingest_rows(m->comm, &rows, &m->list.id, &filters, dataset, &m->counts, err));
    hold_out_whole(&dataset->ratings);
    HR_TRY(hr_agree(m->comm, keep_facts(m, dataset, err), NULL, err));
    HR_TRY(fill_side(m, dataset, err));
    HR_TRY(hr_text_build_ranks(m->comm, dataset, &texts, &dataset->text, err));
done:
    return status;
}

hr_status hr_grow_dataset(const hr_comm *comm, const char *path, const hr_visitors *visitors,
                          hr_dataset *dataset, hr_growth *growth, hr_error *err)
{
    hr_status status = HR_OK;
    maker m = {.comm = comm, .visitors = visitors};
    HR_TRY(hr_dataset_source_open(&m.before, comm, path, err));
    HR_TRY(make(&m, dataset, err));
    const hr_dataset_summary *before = &m.before.summary;
    *growth = (hr_growth){dataset->user_id.count - before->users, dataset->movie_id.count - before->movies,
                          m.counts.kept - before->ratings};
done:
    hr_movie_list_free(&m.list);
    hr_dataset_source_close(&m.before);
    return status;
}
