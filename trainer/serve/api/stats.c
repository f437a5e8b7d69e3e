/* /stats, /model and /insights: what the dataset and the model are like, once for each model. */
#include "io/base/json.h"
#include "io/statistics/statistics.h"
#include "trainer/explain/explain.h"
#include "trainer/figures/tag_patterns.h"
#include "trainer/report/file_report.h"
#include "trainer/report/stats_report.h"
#include "trainer/serve/api/endpoint.h"

#include <string.h>

static hr_status make_stats(void *context, json_t **value, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_facts *facts = context;
    const char *path = hr_h5_path(facts->loaded->source.dataset);
    hr_statistics statistics = {0};
    HR_TRY(hr_statistics_read(&statistics, path, err));
    if (strcmp(statistics.data.fingerprint, facts->loaded->data.fingerprint) != 0)
        HR_TRY(hr_fail(err, HR_IO,
                       "%s: is another dataset than the one that is served; start the service again", path));
    *value = hr_stats_report_json(&statistics);
done:
    hr_statistics_free(&statistics);
    return status;
}

static hr_status stats(hr_facts *facts, const hr_request *request, hr_answer *answer, hr_error *err)
{
    (void)request;
    return hr_kept_text_answer(&facts->text[HR_KEPT_STATS], make_stats, facts, answer, err);
}

hr_status hr_api_stats(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    return hr_endpoint_call(context, stats, request, answer, err);
}

/* Leaves the name alone of a path among the run's options: where files are is nobody's business. */
static void hide_folders(json_t *options)
{
    const char *path = json_string_value(json_object_get(options, "item-features"));
    const char *end = path ? strrchr(path, '/') : NULL;
    if (end)
        json_object_set_new(options, "item-features", hr_json_string(end + 1));
}

/* The models that are mixed, as parts of explanations name them, and their shares. */
static json_t *mixture_json(const hr_loaded *loaded)
{
    char label[HR_PART_NAME];
    json_t *models = json_array();
    for (int i = 0; i <= loaded->others; i++)
        json_array_append_new(models, json_string(hr_model_label(loaded, i, label, sizeof label)));
    return json_pack("{s:o, s:s}", "models", models, "shares", loaded->scoring.mixture);
}

static hr_status make_model(void *context, json_t **value, hr_error *err)
{
    const hr_facts *facts = context;
    const hr_user_source *source = &facts->loaded->source;
    const hr_status status = hr_checkpoint_facts(source->checkpoint, &source->summary, value, err);
    if (status != HR_OK)
        return status;
    hide_folders(json_object_get(json_object_get(*value, "run"), "options"));
    if (hr_mixing_asked(&facts->loaded->mixing))
        json_object_set_new(*value, "mixture", mixture_json(facts->loaded));
    return HR_OK;
}

static hr_status model(hr_facts *facts, const hr_request *request, hr_answer *answer, hr_error *err)
{
    (void)request;
    return hr_kept_text_answer(&facts->text[HR_KEPT_MODEL], make_model, facts, answer, err);
}

hr_status hr_api_model(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    return hr_endpoint_call(context, model, request, answer, err);
}

static json_t *name_json(const hr_tag_patterns *p, int number)
{
    return hr_json_string(hr_strings_at(&p->name, p->tag[number]));
}

static json_t *patterns_json(const hr_tag_patterns *p)
{
    json_t *most = json_array(), *pairs = json_array();
    for (int i = 0; i < p->count; i++)
        json_array_append_new(most, json_pack("{s:o, s:I, s:I}", "tag", name_json(p, i), "times",
                                              (json_int_t)p->times[i], "movies", (json_int_t)p->tagged[i]));
    for (int i = 0; i < p->pairs; i++)
        json_array_append_new(pairs, json_pack("{s:o, s:o, s:I, s:f}", "a", name_json(p, p->pair[i].a), "b",
                                               name_json(p, p->pair[i].b), "together",
                                               (json_int_t)p->pair[i].together, "lift", p->pair[i].lift));
    return json_pack("{s:I, s:I, s:I, s:o, s:o}", "given", (json_int_t)p->given, "different",
                     (json_int_t)p->different, "movies", (json_int_t)p->movies, "most", most, "pairs", pairs);
}

static hr_status make_insights(void *context, json_t **value, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_facts *facts = context;
    hr_tag_patterns patterns = {0};
    HR_TRY(hr_tag_patterns_read(&patterns, facts->loaded->source.dataset, facts->catalogue->movies, err));
    *value = json_pack("{s:o}", "tags", patterns_json(&patterns));
done:
    hr_tag_patterns_free(&patterns);
    return status;
}

static hr_status insights(hr_facts *facts, const hr_request *request, hr_answer *answer, hr_error *err)
{
    (void)request;
    return hr_kept_text_answer(&facts->text[HR_KEPT_INSIGHTS], make_insights, facts, answer, err);
}

hr_status hr_api_insights(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    return hr_endpoint_call(context, insights, request, answer, err);
}
