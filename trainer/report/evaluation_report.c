#include "trainer/report/evaluation_report.h"

#include "io/base/json.h"
#include "io/base/utf8.h"
#include "trainer/report/mixture_report.h"
#include "trainer/report/segments_report.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static void print_full(const hr_evaluated_model *r)
{
    printf("full ranking: users %.0f  auc %.4f\n%6s %8s %8s %9s %8s %8s %8s  %s\n", r->metrics.users,
           r->metrics.auc, "k", "recall", "ndcg", "precision", "hit", "mrr", "map", "capped recall");
    for (int i = 0; i < r->call->cutoffs.count; i++) {
        const hr_metrics_at *at = &r->metrics.at[i];
        printf("%6" PRId64 " %8.4f %8.4f %9.4f %8.4f %8.4f %8.4f %14.4f\n", r->call->cutoffs.k[i], at->recall,
               at->ndcg, at->precision, at->hit, at->mrr, at->map, at->capped_recall);
    }
}

static void print_lists(const hr_evaluated_model *r)
{
    printf("%6s %8s %8s %9s", "k", "coverage", "gini", "novelty");
    for (int way = 0; way < r->known.similarity.count; way++)
        printf("  diversity of %s", r->known.similarity.by[way].by);
    putchar('\n');
    for (int i = 0; i < r->call->cutoffs.count; i++) {
        const hr_list_figures_at *at = &r->lists[i];
        printf("%6" PRId64 " %8.4f %8.4f %9.4f", r->call->cutoffs.k[i], at->coverage, at->gini, at->novelty);
        for (int way = 0; way < r->known.similarity.count; way++)
            if (isnan(at->diversity[way]))
                printf("  %19s", "-");
            else
                printf("  %19.4f", at->diversity[way]);
        putchar('\n');
    }
}

static void print_sampled(const hr_evaluated_model *r, int protocol)
{
    const hr_sampled *sampled = &r->sampled[protocol];
    printf("%s: ranked %.0f", r->call->protocols.list[protocol].name, sampled->ranked);
    if (r->call->protocols.list[protocol].kind == HR_PROTOCOL_AUC_SAMPLED) {
        printf("  auc %.4f\n", sampled->auc);
        return;
    }
    printf("\n%6s %8s %8s %8s\n", "k", "hit", "ndcg", "mrr");
    for (int i = 0; i < r->call->cutoffs.count; i++)
        printf("%6" PRId64 " %8.4f %8.4f %8.4f\n", r->call->cutoffs.k[i], sampled->at[i].hit,
               sampled->at[i].ndcg, sampled->at[i].mrr);
}

static bool is_sample(const hr_evaluated_model *r)
{
    return r->call->users > 0 && r->call->users < r->loaded.data.users;
}

void hr_evaluation_report_text(const hr_evaluated_model *r)
{
    char rule[HR_ESCAPED_LENGTH];
    hr_mixture_text(r);
    if (*r->loaded.data.split)
        printf("%s part of split %s, seed %" PRIu64 "\n", r->call->split_name,
               hr_escape(rule, sizeof rule, r->loaded.data.split, (int64_t)strlen(r->loaded.data.split)),
               r->loaded.data.split_seed);
    if (is_sample(r))
        printf("a sample of about %" PRId64 " of %" PRId64 " users, seed %" PRIu64 "\n", r->call->users,
               r->loaded.data.users, r->call->seed);
    if (r->has_errors)
        printf("ratings %.0f  rmse %.4f  mae %.4f\n", r->errors.ratings, r->errors.rmse, r->errors.mae);
    for (int i = 0; i < r->call->protocols.count; i++) {
        if (r->call->protocols.list[i].kind != HR_PROTOCOL_FULL) {
            print_sampled(r, i);
            continue;
        }
        print_full(r);
        print_lists(r);
        hr_segments_text(r);
    }
}

static json_t *sampled_to_json(const hr_evaluated_model *r, int protocol)
{
    const hr_protocol *asked = &r->call->protocols.list[protocol];
    const hr_sampled *sampled = &r->sampled[protocol];
    json_t *object = json_pack("{s:s, s:I, s:I}", "protocol", asked->name, "negatives",
                               (json_int_t)asked->negatives, "ranked", (json_int_t)sampled->ranked);
    if (asked->kind == HR_PROTOCOL_AUC_SAMPLED) {
        json_object_set_new(object, "auc", json_real(sampled->auc));
        return object;
    }
    for (int i = 0; i < r->call->cutoffs.count; i++) {
        hr_json_set_at(object, "hit", r->call->cutoffs.k[i], sampled->at[i].hit);
        hr_json_set_at(object, "ndcg", r->call->cutoffs.k[i], sampled->at[i].ndcg);
        hr_json_set_at(object, "mrr", r->call->cutoffs.k[i], sampled->at[i].mrr);
    }
    return object;
}

static void add_full(const hr_evaluated_model *r, json_t *object)
{
    json_object_set_new(object, "protocol", json_string("full"));
    json_object_set_new(object, "diversity", json_real(r->call->diversity));
    hr_metrics_to_json(&r->metrics, &r->call->cutoffs, object);
    hr_segments_to_json(r, object);
    hr_list_figures_to_json(r->lists, &r->call->cutoffs, &r->known.similarity, object);
}

static json_t *number_or_null(bool known, int64_t number)
{
    return known ? json_integer((json_int_t)number) : json_null();
}

json_t *hr_evaluation_report_json(const hr_evaluated_model *r)
{
    json_t *object = json_object(), *sampled = json_array();
    json_object_set_new(object, "split", json_string(r->call->split_name));
    hr_mixture_to_json(r, object);
    if (r->has_full)
        add_full(r, object);
    if (r->has_errors)
        hr_rating_errors_to_json(&r->errors, object);
    for (int i = 0; i < r->call->protocols.count; i++)
        if (r->call->protocols.list[i].kind != HR_PROTOCOL_FULL)
            json_array_append_new(sampled, sampled_to_json(r, i));
    json_object_set_new(object, "sampled", sampled);
    json_object_set_new(object, "split_rule", hr_json_string(r->loaded.data.split));
    json_object_set_new(object, "split_seed", json_integer((json_int_t)r->loaded.data.split_seed));
    json_object_set_new(object, "sample_users", number_or_null(is_sample(r), r->call->users));
    json_object_set_new(object, "sample_seed", number_or_null(is_sample(r), (int64_t)r->call->seed));
    return object;
}
