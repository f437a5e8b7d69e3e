#include "io/checkpoint/checkpoint.h"

#include "io/base/checksum.h"
#include "io/base/json.h"
#include "io/base/memory.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

static hr_status read_run(hr_h5 *file, char **text, json_t **run, hr_error *err)
{
    hr_status status = HR_OK;
    json_error_t reason;
    HR_ALLOC(*text, HR_RUN_LENGTH);
    HR_TRY(hr_h5_get_text(file, "run", *text, HR_RUN_LENGTH, err));
    *run = json_loads(*text, 0, &reason);
    HR_TRY(hr_json_check("the run's options", err));
    if (!*run)
        HR_TRY(
            hr_fail(err, HR_INPUT, "%s: the attribute run is not JSON: %s", hr_h5_path(file), reason.text));
    if (!json_is_object(json_object_get(*run, "options")))
        status = hr_fail(err, HR_INPUT, "%s: the attribute run has no options; the file is damaged",
                         hr_h5_path(file));
done:
    return status;
}

int64_t hr_checkpoint_sum_attributes(const hr_checkpoint_summary *s, const char *run)
{
    char numbers[128];
    snprintf(numbers, sizeof numbers, "%" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64, s->users,
             s->movies, s->dim, s->step, s->arrays);
    const char *const texts[] = {s->fingerprint, s->model, s->source, numbers, run};
    uint64_t sum = 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        sum = hr_checksum_text(sum, texts[i]);
    return (int64_t)sum;
}

static hr_status check_attributes(hr_h5 *file, const hr_checkpoint_summary *summary, const char *run,
                                  hr_error *err)
{
    int64_t kept = 0;
    const hr_status status = hr_h5_get_i64(file, "checksum", &kept, err);
    if (status != HR_OK)
        return status;
    if (kept != hr_checkpoint_sum_attributes(summary, run))
        return hr_fail(err, HR_INPUT, "%s: the attributes do not have their checksum; the file is damaged",
                       hr_h5_path(file));
    if (strcmp(summary->source, HR_SOURCE_LAST) != 0 && strcmp(summary->source, HR_SOURCE_BEST) != 0 &&
        strcmp(summary->source, HR_SOURCE_OUTPUT) != 0)
        return hr_fail(err, HR_INPUT,
                       "%s: the attribute source is none of " HR_SOURCE_LAST ", " HR_SOURCE_BEST
                       " and " HR_SOURCE_OUTPUT "; the file is damaged",
                       hr_h5_path(file));
    if (summary->users < 1 || summary->movies < 1 || summary->dim < 1 || summary->arrays < 1)
        return hr_fail(err, HR_INPUT,
                       "%s: %" PRId64 " users, %" PRId64 " movies, %" PRId64 " columns and %" PRId64
                       " arrays: expected at least 1 of each; the file is damaged",
                       hr_h5_path(file), summary->users, summary->movies, summary->dim, summary->arrays);
    if (summary->step < 0 || summary->step > HR_MOST_STEPS)
        return hr_fail(err, HR_INPUT,
                       "%s: after %" PRId64 " steps, expected 0 to %" PRId64 "; the file is damaged",
                       hr_h5_path(file), summary->step, HR_MOST_STEPS);
    return HR_OK;
}

static hr_status check_version(hr_h5 *file, hr_error *err)
{
    int64_t version = 0;
    const hr_status status = hr_h5_get_i64(file, "version", &version, err);
    if (status == HR_OK && version < HR_CHECKPOINT_VERSION)
        return hr_fail(err, HR_INPUT,
                       "%s: version %" PRId64
                       " of a checkpoint, which this program, of version %d, does not read any "
                       "more; train again or use an older halorec",
                       hr_h5_path(file), version, HR_CHECKPOINT_VERSION);
    return status;
}

hr_status hr_checkpoint_expect_shape(hr_h5 *file, const char *name, int64_t rows, int64_t cols, hr_error *err)
{
    int64_t found_rows = 0, found_cols = 0;
    const hr_status status = hr_h5_shape(file, name, &found_rows, &found_cols, err);
    if (status != HR_OK || (found_rows == rows && found_cols == cols))
        return status;
    return hr_fail(err, HR_INPUT,
                   "%s: the array %s is %" PRId64 " x %" PRId64 ", expected %" PRId64 " x %" PRId64
                   "; the file is damaged or of another run",
                   hr_h5_path(file), name, found_rows, found_cols, rows, cols);
}

/* The arrays of a file while their shapes are compared with its attributes. */
typedef struct survey {
    const hr_checkpoint_summary *summary;
    int64_t arrays; /* seen so far */
} survey;

static bool begins_with(const char *name, const char *start)
{
    return strncmp(name, start, strlen(start)) == 0;
}

static bool ends_in(const char *name, const char *end)
{
    const size_t length = strlen(name), tail = strlen(end);
    return length > tail && strcmp(name + length - tail, end) == 0;
}

static hr_status check_shape(hr_h5 *file, const char *name, void *context, hr_error *err)
{
    survey *s = context;
    int64_t rows = 0;
    s->arrays++;
    if (begins_with(name, "weight/") || begins_with(name, "content/"))
        return HR_OK; /* of shapes of their own */
    if (ends_in(name, "/user"))
        return hr_checkpoint_expect_shape(file, name, s->summary->users, s->summary->dim, err);
    if (ends_in(name, "/movie"))
        return hr_checkpoint_expect_shape(file, name, s->summary->movies, s->summary->dim, err);
    if (strcmp(name, "user/id") == 0 || strcmp(name, "movie/id") == 0)
        return hr_checkpoint_expect_shape(file, name, *name == 'u' ? s->summary->users : s->summary->movies,
                                          1, err);
    const hr_status status = hr_h5_shape(file, name, &rows, NULL, err);
    return status == HR_OK ? hr_checkpoint_expect_shape(file, name, rows, 1, err) : status;
}

/* Shapes of all arrays, before any is taken as a size. */
static hr_status check_shapes(hr_h5 *file, const hr_checkpoint_summary *summary, hr_error *err)
{
    survey s = {.summary = summary};
    const hr_status status = hr_h5_each_array(file, "checksum", check_shape, &s, err);
    if (status != HR_OK || s.arrays == summary->arrays)
        return status;
    return hr_fail(err, HR_INPUT, "%s: has %" PRId64 " arrays, expected %" PRId64 "; the file is damaged",
                   hr_h5_path(file), s.arrays, summary->arrays);
}

hr_status hr_checkpoint_open(hr_h5 **file, hr_checkpoint_summary *summary, json_t **run, const char *path,
                             hr_error *err)
{
    hr_status status = HR_OK;
    json_t *parsed = NULL;
    char *text = NULL;
    HR_TRY(hr_h5_open(file, path, HR_CHECKPOINT_FORMAT, HR_CHECKPOINT_VERSION, err));
    HR_TRY(check_version(*file, err));
    HR_TRY(hr_h5_get_text(*file, "fingerprint", summary->fingerprint, sizeof summary->fingerprint, err));
    HR_TRY(hr_h5_get_text(*file, "model", summary->model, sizeof summary->model, err));
    HR_TRY(hr_h5_get_text(*file, "source", summary->source, sizeof summary->source, err));
    HR_TRY(hr_h5_get_i64(*file, "users", &summary->users, err));
    HR_TRY(hr_h5_get_i64(*file, "movies", &summary->movies, err));
    HR_TRY(hr_h5_get_i64(*file, "dim", &summary->dim, err));
    HR_TRY(hr_h5_get_i64(*file, "step", &summary->step, err));
    HR_TRY(hr_h5_get_i64(*file, "arrays", &summary->arrays, err));
    HR_TRY(read_run(*file, &text, &parsed, err));
    HR_TRY(check_attributes(*file, summary, text, err));
    HR_TRY(check_shapes(*file, summary, err));
    if (run)
        *run = json_incref(parsed);
done:
    json_decref(parsed);
    free(text);
    if (status != HR_OK) {
        hr_h5_close(*file);
        *file = NULL;
    }
    return status;
}

hr_status hr_checkpoint_match(const hr_h5 *file, const hr_checkpoint_summary *summary,
                              const char *fingerprint, int64_t users, int64_t movies, hr_error *err)
{
    if (strcmp(summary->fingerprint, fingerprint) != 0)
        return hr_fail(
            err, HR_INPUT,
            "%s: trained on the dataset with fingerprint %s, not on this one, %s; give the dataset it was "
            "trained on",
            hr_h5_path(file), summary->fingerprint, fingerprint);
    if (summary->users == users && summary->movies == movies)
        return HR_OK;
    return hr_fail(err, HR_INPUT,
                   "%s: of %" PRId64 " users and %" PRId64 " movies, but the dataset has %" PRId64
                   " and %" PRId64 "; one of them is damaged",
                   hr_h5_path(file), summary->users, summary->movies, users, movies);
}

hr_status hr_checkpoint_fits(const hr_h5 *file, const hr_checkpoint_summary *summary, const char *model,
                             int64_t dim, hr_error *err)
{
    if (summary->dim == dim && strcmp(summary->model, model) == 0)
        return HR_OK;
    return hr_fail(err, HR_INPUT,
                   "%s: of a %s with %" PRId64 " columns, but its options are of a %s with %" PRId64
                   "; the file is damaged",
                   hr_h5_path(file), summary->model, summary->dim, model, dim);
}
