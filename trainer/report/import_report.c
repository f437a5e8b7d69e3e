#include "trainer/report/import_report.h"

#include "io/base/json.h"
#include "io/base/utf8.h"
#include "io/comm/log.h"
#include "trainer/report/split_report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* A line of the table. */
typedef struct line {
    const char *key, *what; /* in JSON, on a terminal */
    int64_t rows;
    bool always; /* whether it is shown where it is 0 */
} line;

enum { LINES = 6 };

static void list_lines(const hr_row_counts *c, line lines[LINES])
{
    const line all[LINES] = {{"read", "rows read", c->read, true},
                             {"outside", "outside --since and --until", c->outside, false},
                             {"duplicates", "duplicates", c->duplicates, false},
                             {"below", "below --min-rating", c->below, false},
                             {"not_in_core", "not in the --k-core", c->not_in_core, false},
                             {"kept", "kept", c->kept, true}};
    memcpy(lines, all, sizeof all);
}

/* What is known of values and times. */
static void print_values(const hr_comm *comm, const hr_source_facts *facts, const hr_row_counts *c)
{
    const int64_t taken = c->read - c->outside;
    const bool on_scale =
        facts->has_scale && c->lowest >= (double)facts->low && c->highest <= (double)facts->high;
    if (facts->has_values)
        hr_log(comm,
               on_scale ? "ratings run from %g to %g, on a scale of %g to %g" : "ratings run from %g to %g",
               c->lowest, c->highest, (double)facts->low, (double)facts->high);
    else
        hr_log(comm, "no values: implicit ratings of 1");
    if (c->timeless == taken)
        hr_log(comm, "no times");
    else if (c->timeless > 0)
        hr_log(comm, "%" PRId64 " ratings without a time", c->timeless);
}

static void print_table(const hr_comm *comm, const hr_row_counts *c)
{
    line lines[LINES];
    list_lines(c, lines);
    for (int i = 0; i < LINES; i++)
        if (lines[i].always || lines[i].rows > 0)
            hr_log(comm, "  %-28s %14" PRId64, lines[i].what, lines[i].rows);
}

static void print_skipped(const hr_comm *comm, const hr_source *source, const hr_bad_lines *bad)
{
    char text[HR_ERROR_LENGTH];
    if (bad->count > 0)
        hr_log(comm, "skipped %" PRId64 " bad lines:", bad->count);
    for (int i = 0; i < hr_bad_lines_listed(bad); i++) {
        hr_source_say_bad(source, bad, i, text, sizeof text);
        hr_log(comm, "  %s", text);
    }
}

static void print_side(const hr_comm *comm, const hr_side_report *side)
{
    char text[HR_ERROR_LENGTH];
    for (int i = 0; i < side->listed; i++) {
        hr_escape(text, sizeof text, side->message[i], (int64_t)strlen(side->message[i]));
        hr_log(comm, "  %s", text);
    }
    if (side->count > 0)
        hr_log(comm, "skipped %" PRId64 " bad lines of files beside the ratings", side->count);
}

static void print_text(const hr_comm *comm, const hr_source *source, const char *out, const hr_dataset *d,
                       const hr_ingest_report *made)
{
    const hr_source_facts *facts = hr_source_facts_of(source);
    int64_t terms[HR_TERM_KINDS];
    char text[HR_ERROR_LENGTH];
    for (int64_t i = 0; i < facts->said.count; i++) {
        const char *said = hr_strings_at(&facts->said, i);
        hr_escape(text, sizeof text, said, (int64_t)strlen(said));
        hr_log(comm, "%s", text);
    }
    print_skipped(comm, source, &made->rows.bad);
    print_side(comm, &made->bad_items);
    print_side(comm, &made->bad_tags);
    print_values(comm, facts, &made->rows);
    print_table(comm, &made->rows);
    hr_log(comm, "%s: %" PRId64 " users, %" PRId64 " movies, %" PRId64 " ratings", out, d->user_id.count,
           d->movie_id.count, made->rows.kept);
    hr_text_count_kinds(&d->text, terms);
    hr_log(comm, "text features: %" PRId64 " title words, %" PRId64 " genres, %" PRId64 " tags",
           terms[HR_TERM_TITLE], terms[HR_TERM_GENRE], terms[HR_TERM_TAG]);
    if (made->tags_dropped)
        hr_log(comm, "left out %" PRId64 " tags of users or movies without ratings", made->tags_dropped);
}

static json_t *json_of_texts(const hr_strings *texts)
{
    json_t *list = json_array();
    for (int64_t i = 0; i < texts->count; i++)
        json_array_append_new(list, hr_json_string(hr_strings_at(texts, i)));
    return list;
}

/* What is said of files beside the ratings. */
static json_t *json_of_side(const hr_ingest_report *made)
{
    const hr_side_report *const reports[] = {&made->bad_items, &made->bad_tags};
    json_t *list = json_array();
    for (int r = 0; r < 2; r++)
        for (int i = 0; i < reports[r]->listed; i++)
            json_array_append_new(list, hr_json_string(reports[r]->message[i]));
    return list;
}

static json_t *json_of_rows(const hr_row_counts *c)
{
    line lines[LINES];
    json_t *rows = json_object();
    list_lines(c, lines);
    for (int i = 0; i < LINES; i++)
        json_object_set_new(rows, lines[i].key, json_integer(lines[i].rows));
    json_object_set_new(rows, "bad_lines", json_integer(c->bad.count));
    json_object_set_new(rows, "without_time", json_integer(c->timeless));
    return rows;
}

static hr_status print_json(const hr_source *source, const char *out, const hr_dataset *d,
                            const hr_ingest_report *made, const int64_t splits[HR_SPLITS], hr_error *err)
{
    const hr_source_facts *facts = hr_source_facts_of(source);
    hr_status status = HR_OK;
    char *text = NULL;
    json_t *j = json_pack(
        "{s:o, s:s, s:o, s:I, s:I, s:I, s:o, s:[f, f], s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o}", "out",
        hr_json_string(out), "format", facts->format, "found", json_of_texts(&facts->said), "users",
        (json_int_t)d->user_id.count, "movies", (json_int_t)d->movie_id.count, "ratings",
        (json_int_t)made->rows.kept, "rows", json_of_rows(&made->rows), "scale", (double)made->rows.lowest,
        (double)made->rows.highest, "split", made->split.text, "train", (json_int_t)splits[HR_TRAIN], "valid",
        (json_int_t)splits[HR_VALID], "test", (json_int_t)splits[HR_TEST], "known",
        (json_int_t)splits[HR_KNOWN], "tags", (json_int_t)d->tags, "tags_left_out",
        (json_int_t)made->tags_dropped, "bad_side_lines",
        (json_int_t)(made->bad_items.count + made->bad_tags.count), "beside", json_of_side(made));
    HR_TRY(hr_json_text(j, JSON_INDENT(2), "the report", &text, err));
    puts(text);
done:
    free(text);
    json_decref(j);
    return status;
}

hr_status hr_import_report(const hr_comm *comm, const hr_source *source, const char *out, bool json,
                           const hr_dataset *dataset, const hr_ingest_report *made, hr_error *err)
{
    int64_t splits[HR_SPLITS];
    hr_status status = HR_OK;
    if (!json) {
        if (comm->rank == 0)
            print_text(comm, source, out, dataset, made);
        return hr_split_report(comm, dataset, &made->split, err);
    }
    hr_ratings_count_splits(&dataset->ratings, splits);
    HR_TRY(hr_sum_i64(comm, splits, HR_SPLITS, err));
    if (comm->rank == 0)
        status = print_json(source, out, dataset, made, splits, err);
    status = hr_agree(comm, status, NULL, err);
done:
    return status;
}
