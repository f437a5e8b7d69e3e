#include "io/ingest/ingest.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static hr_status read_share(const void *source, int64_t piece, int64_t pieces, hr_take_rows *take,
                            void *context, hr_bad_lines *bad, hr_error *err)
{
    return hr_source_read(source, piece, pieces, take, context, bad, err);
}

/* Few enough bad lines, and as many rows as the files say they have. */
static hr_status check_rows(const void *source, int64_t rows, const hr_bad_lines *bad, hr_error *err)
{
    const int64_t expected = hr_source_facts_of(source)->expected;
    const hr_status status = hr_source_check_bad(source, bad, err);
    if (status != HR_OK || expected < 0 || rows + bad->count == expected)
        return status;
    return hr_fail(err, HR_INPUT,
                   "%s: found %" PRId64 " ratings, expected %" PRId64
                   " as it says; the file is cut off or damaged",
                   hr_source_path(source, 0), rows + bad->count, expected);
}

static hr_status choose_split(const hr_source *source, const char *asked, hr_split_rule *rule, hr_error *err)
{
    const bool is_given = hr_source_facts_of(source)->given_split;
    const char *text = asked ? asked : is_given ? "given" : "ratio:0.8,0.1,0.1";
    const hr_status status = hr_split_parse(text, rule, err);
    if (status == HR_OK && rule->kind == HR_SPLIT_GIVEN && !is_given)
        return hr_fail(err, HR_INPUT,
                       "--split given: the source does not come split; give ratio:… or leave-one-out");
    return status;
}

/* All ratings of users that are behind the source's. */
static void train_on(const hr_more_rows *more, hr_dataset *d)
{
    const hr_ratings *r = &d->ratings;
    char id[HR_ID_BUFFER];
    for (int64_t u = 0; u < r->users; u++)
        if (more->has_user(more->context, hr_ids_text(&d->user_id, r->first_user + u, id)))
            memset(r->split + r->ptr[u], HR_TRAIN, (size_t)(r->ptr[u + 1] - r->ptr[u]));
}

/* Titles and tags, on rank 0. */
static hr_status fill_side(const hr_source *source, const hr_movie_list *list, hr_dataset *dataset,
                           hr_ingest_report *report, hr_error *err)
{
    const hr_status status = hr_movie_list_fill(list, dataset, err);
    return status == HR_OK ? hr_tags_read(source, dataset, &report->tags_dropped, &report->bad_tags, err)
                           : status;
}

/* The scale that the source states, where its ratings and what became of them are on it. */
static void keep_scale(const hr_source_facts *facts, const hr_row_counts *rows, hr_duplicates duplicates,
                       hr_dataset *dataset)
{
    dataset->low = facts->low;
    dataset->high = facts->high;
    dataset->has_scale = facts->has_scale && facts->has_values && duplicates != HR_DUPLICATES_SUM &&
                         rows->lowest >= facts->low && rows->highest <= facts->high;
}

hr_status hr_ingest(const hr_comm *comm, const hr_source *source, const char *path,
                    const hr_ingest_options *options, hr_dataset *dataset, hr_ingest_report *report,
                    hr_error *err)
{
    const hr_row_source of_source = {read_share, check_rows, source, path};
    const hr_both_rows both = {of_source, options->more};
    const hr_row_source rows = options->more ? hr_both_rows_source(&both) : of_source;
    hr_movie_list list = {0};
    hr_status status = HR_OK;
    *report = (hr_ingest_report){0};
    HR_TRY(choose_split(source, options->split, &report->split, err));
    if (comm->rank == 0)
        status = hr_movie_list_read(&list, source, err);
    if (status == HR_OK && comm->rank == 0 && options->more)
        status = options->more_movies(options->more->context, &list, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_ingest_rows(comm, &rows, &list.id, &options->filters, dataset, &report->rows, err));
    keep_scale(hr_source_facts_of(source), &report->rows, options->filters.duplicates, dataset);
    HR_TRY(hr_split_dataset(comm, dataset, &report->split, options->seed, err));
    if (options->more && report->split.kind != HR_SPLIT_GIVEN)
        train_on(options->more, dataset);
    if (comm->rank == 0)
        status = fill_side(source, &list, dataset, report, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_text_build_ranks(comm, dataset, &options->text, &dataset->text, err));
    snprintf(dataset->source, sizeof dataset->source, "%s", path);
    report->bad_items = list.bad;
done:
    hr_movie_list_free(&list);
    return status;
}
