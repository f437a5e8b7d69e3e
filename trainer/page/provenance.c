#include "io/base/json.h"
#include "partition/plan/partition_file.h"
#include "trainer/config/train_options.h"
#include "trainer/page/model_sections.h"
#include "trainer/simd/isa.h"

#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

/* A table of an option's name, its value and its default; those that differ first. */
static hr_status print_options(hr_html *html, const json_t *options, hr_error *err)
{
    static const char *const titles[] = {"option", "value", "default"};
    json_t *defaults = hr_options_to_json(hr_train_table, &hr_train_defaults), *value = NULL;
    hr_status status = hr_json_check("the options", err);
    const char *name = NULL;
    hr_html_table(html, 3, titles, 0);
    for (int other = 1; other >= 0 && status == HR_OK; other--)
        json_object_foreach((json_t *)options, name, value)
        {
            char *text = NULL, *usual = NULL;
            const json_t *before = json_object_get(defaults, name);
            if (status != HR_OK || json_equal(value, before) == other)
                continue;
            status = hr_json_text(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(8), name, &text, err);
            if (status == HR_OK && before)
                status = hr_json_text(before, JSON_ENCODE_ANY | JSON_REAL_PRECISION(8), name, &usual, err);
            if (status == HR_OK)
                hr_html_row(html, 3, (const char *const[]){name, text, other ? usual ? usual : "–" : ""}, 0);
            free(text);
            free(usual);
        }
    hr_html_table_end(html);
    json_decref(defaults);
    return status;
}

/* The day that the environment's SOURCE_DATE_EPOCH names, or now. */
static void format_date(char *text, size_t size)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    const time_t now = epoch ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
    struct tm parts;
    strftime(text, size, "%Y-%m-%d %H:%M UTC", gmtime_r(&now, &parts));
}

static void print_files(hr_html *html, const hr_run_model *model)
{
    char date[64];
    const hr_dataset_summary *d = &model->loaded.data;
    format_date(date, sizeof date);
    hr_html_fact(html, "page made by", "halorec %s, %s, instruction set %s", HR_VERSION, date,
                 hr_isa_name(hr_isa_chosen()));
    hr_html_fact(html, "checkpoint", "%s", model->checkpoint);
    hr_html_fact(html, "model", "%s, %" PRId64 " columns", model->trained.model, model->trained.dim);
    hr_html_fact(html, "steps made", "%" PRId64, model->trained.step);
    hr_html_fact(html, "dataset", "%s", model->dataset);
    hr_html_fact(html, "made of", "%s", d->source);
    hr_html_fact(html, "fingerprint", "%s", d->fingerprint);
    hr_html_fact(html, "split", "%s, seed %" PRIu64, *d->split ? d->split : "not told by the file",
                 d->split_seed);
    hr_html_fact(html, "ratings in train, valid, test, known",
                 "%" PRId64 ", %" PRId64 ", %" PRId64 ", %" PRId64, d->splits[HR_TRAIN], d->splits[HR_VALID],
                 d->splits[HR_TEST], d->splits[HR_KNOWN]);
}

static hr_status print_partition(hr_html *html, const char *path, hr_error *err)
{
    hr_h5 *file = NULL;
    hr_partition_origin origin;
    hr_plan_summary s;
    const hr_status status = hr_partition_open(&file, &origin, &s, path, err);
    hr_h5_close(file);
    if (status != HR_OK)
        return status;
    hr_html_fact(html, "partition", "%s: %d parts, by %s", path, s.parts, hr_cut_names[origin.method]);
    hr_html_fact(html, "ghosts", "%" PRId64 ", as few as are possible; a usual halo has %" PRId64, s.ghosts,
                 s.usual_halo);
    hr_html_fact(html, "cut edges", "%" PRId64 " of %" PRId64, s.cut_edges, s.edges);
    hr_html_fact(html, "balance", "the largest part has %.3f times the mean of edges, %.3f of vertices",
                 s.edge_balance, s.vertex_balance);
    return HR_OK;
}

hr_status hr_page_provenance(hr_html *html, const hr_run_model *model, const char *partition, hr_error *err)
{
    static const char *const titles[] = {"", ""};
    hr_status status = HR_OK;
    hr_html_section(html, "provenance", "Where this comes from");
    hr_html_table(html, 2, titles, 0);
    print_files(html, model);
    if (*partition)
        HR_TRY(print_partition(html, partition, err));
    hr_html_table_end(html);
    hr_html_section_end(html);
    hr_html_section(html, "options", "Options of the run");
    hr_html_element(
        html, "p",
        "First those that are not the defaults of halorec train; a model or a recipe may have set them.");
    HR_TRY(print_options(html, json_object_get(model->run, "options"), err));
    hr_html_section_end(html);
done:
    return status;
}
