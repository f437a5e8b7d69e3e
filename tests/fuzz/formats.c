/* libFuzzer: any files as a source of ratings, all the way: found, read, ingested, written and verified. Whatever they are,
 * it ends with one message or with a dataset that keeps its promises, in memory and as a file.
 *
 * The first byte of the input chooses options and the second one the format, where it is not to be found by looking: '@' and
 * '@' are none. The files follow (made_folder.h). */
#include "io/dataset/dataset_verify.h"
#include "io/formats/format.h"
#include "io/formats/open.h"
#include "io/ingest/ingest.h"
#include "tests/fuzz/made_folder.h"
#include "tests/fuzz/rating_sum.h"

#include <hdf5.h>
#include <unistd.h>

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    return 0;
}

static const char *format_of(uint8_t byte)
{
    int count = 0;
    while (hr_formats[count])
        count++;
    return byte % 32 == 0 || byte % 32 > count ? NULL : hr_formats[byte % 32 - 1]->name;
}

typedef struct extra {
    const hr_source *source;
    const hr_dataset *dataset;
    hr_side_report *report;
} extra;

static hr_status write_extra(void *context, hr_h5 *file, hr_error *err)
{
    const extra *e = context;
    return hr_source_features(e->source, &e->dataset->movie_id, file, e->report, err);
}

/* What was written is what is promised of a dataset file. */
static void verify(const char *path, const hr_dataset *dataset)
{
    hr_error err = {""};
    hr_h5 *file = NULL;
    hr_dataset_summary s;
    hr_ratings ratings = {0};
    hr_text text = {0};
    const hr_comm alone = hr_comm_alone();
    hr_status status = HR_OK;
    HR_TRY(hr_dataset_open(&file, &s, path, &err));
    HR_TRY(hr_dataset_verify(&alone, file, &s, &err));
    HR_TRY(hr_dataset_read_slice(file, 0, s.users, 0.0, &ratings, &err));
    HR_TRY(hr_dataset_read_values(file, &ratings, &err));
    HR_TRY(hr_dataset_read_times(file, &ratings, &err));
    HR_TRY(hr_dataset_read_text(file, &text, &err));
    need(s.users == dataset->ratings.users && s.movies == dataset->ratings.movies,
         "the file has all vertices");
done:
    if (status != HR_OK)
        fprintf(stderr, "%s\n", err.text);
    need(status == HR_OK, "a dataset that was written is read");
    hr_text_free(&text);
    hr_ratings_free(&ratings);
    hr_h5_close(file);
}

/* Two ways to filter and split. */
static hr_ingest_options ways(uint8_t choice)
{
    hr_ingest_options how = {.filters = HR_ROW_FILTERS_DEFAULTS, .seed = 1, .text = HR_TEXT_DEFAULTS};
    if (choice & 8) {
        how.split = "leave-one-out:random";
        how.filters.duplicates = (hr_duplicates)(choice >> 6 & 3);
        how.filters.users_need = how.filters.movies_need = 2;
        how.text.tag_min_count = 1;
    }
    return how;
}

static void ingest(const hr_source *source, const char *path, uint8_t choice)
{
    char out[MADE_PATH];
    hr_error err = {""};
    hr_dataset dataset = {0};
    hr_ingest_report report = {0};
    const hr_comm alone = hr_comm_alone();
    const hr_ingest_options how = ways(choice);
    const extra beside = {source, &dataset, &report.bad_items};
    hr_status status = HR_OK;
    snprintf(out, sizeof out, "%s.h5", made_folder_path());
    HR_TRY(hr_ingest(&alone, source, path, &how, &dataset, &report, &err));
    const hr_status kept = hr_dataset_check(&dataset, &err);
    if (kept != HR_OK)
        fprintf(stderr, "%s\n", err.text);
    need(kept == HR_OK, "an ingested dataset keeps its promises");
    HR_TRY(hr_dataset_write_ranks(&alone, &dataset, out, write_extra, (void *)&beside, &err));
    verify(out, &dataset);
done:
    succeeds(status, &err);
    unlink(out);
    hr_dataset_free(&dataset);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hr_error err = {""};
    hr_source *source = NULL;
    made_folder folder;
    if (size < 3)
        return 0;
    const hr_source_options options = {.format = format_of(data[1]),
                                       .max_bad = data[0] & 1 ? 1000000 : 0,
                                       .implicit = data[0] & 4,
                                       .scale = data[0] & 16 ? "0.5:5" : NULL};
    made_folder_fill(&folder, (input){data + 2, data + size});
    const char *path = folder.files > 0 && data[0] & 2 ? folder.path[0] : made_folder_path();
    if (succeeds(hr_source_open(&source, path, &options, &err), &err)) {
        compare_shares(source, 2 + data[0] % 5);
        ingest(source, path, data[0]);
    }
    hr_source_close(source);
    made_folder_empty(&folder);
    return 0;
}
