#include "trainer/report/evaluation_report.h"

#include "io/base/json.h"
#include "io/base/utf8.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static void print_full(const hr_evaluation_report *r)
{
    printf("full ranking: users %.0f  auc %.4f\n%6s %8s %8s %9s %8s %8s %8s\n", r->metrics.users,
           r->metrics.auc, "k", "recall", "ndcg", "precision", "hit", "mrr", "map");
    for (int i = 0; i < r->cutoffs.count; i++) {
        const hr_metrics_at *at = &r->metrics.at[i];
        printf("%6" PRId64 " %8.4f %8.4f %9.4f %8.4f %8.4f %8.4f\n", r->cutoffs.k[i], at->recall, at->ndcg,
               at->precision, at->hit, at->mrr, at->map);
    }
}

static void print_lists(const hr_evaluation_report *r)
{
    printf("%6s %8s %8s %9s", "k", "coverage", "gini", "novelty");
    for (int way = 0; way < r->similarity->count; way++)
        printf("  diversity of %s", r->similarity->by[way].by);
    putchar('\n');
    for (int i = 0; i < r->cutoffs.count; i++) {
        const hr_list_figures_at *at = &r->lists[i];
        printf("%6" PRId64 " %8.4f %8.4f %9.4f", r->cutoffs.k[i], at->coverage, at->gini, at->novelty);
        for (int way = 0; way < r->similarity->count; way++)
            if (isnan(at->diversity[way]))
                printf("  %19s", "-");
            else
                printf("  %19.4f", at->diversity[way]);
        putchar('\n');
    }
}

static void print_sampled(const hr_evaluation_report *r, int protocol)
{
    const hr_sampled *sampled = &r->sampled[protocol];
    printf("%s: ranked %.0f", r->protocols.list[protocol].name, sampled->ranked);
    if (r->protocols.list[protocol].kind == HR_PROTOCOL_AUC_SAMPLED) {
        printf("  auc %.4f\n", sampled->auc);
        return;
    }
    printf("\n%6s %8s %8s %8s\n", "k", "hit", "ndcg", "mrr");
    for (int i = 0; i < r->cutoffs.count; i++)
        printf("%6" PRId64 " %8.4f %8.4f %8.4f\n", r->cutoffs.k[i], sampled->at[i].hit, sampled->at[i].ndcg,
               sampled->at[i].mrr);
}

void hr_evaluation_report_text(const hr_evaluation_report *r)
{
    char rule[HR_ESCAPED_LENGTH];
    if (*r->data->split)
        printf("%s part of split %s, seed %" PRIu64 "\n", r->split,
               hr_escape(rule, sizeof rule, r->data->split, (int64_t)strlen(r->data->split)),
               r->data->split_seed);
    if (r->has_errors)
        printf("ratings %.0f  rmse %.4f  mae %.4f\n", r->errors.ratings, r->errors.rmse, r->errors.mae);
    for (int i = 0; i < r->protocols.count; i++) {
        if (r->protocols.list[i].kind != HR_PROTOCOL_FULL) {
            print_sampled(r, i);
            continue;
        }
        print_full(r);
        print_lists(r);
    }
}

static json_t *sampled_to_json(const hr_evaluation_report *r, int protocol)
{
    const hr_protocol *asked = &r->protocols.list[protocol];
    const hr_sampled *sampled = &r->sampled[protocol];
    json_t *object = json_pack("{s:s, s:I, s:I}", "protocol", asked->name, "negatives",
                               (json_int_t)asked->negatives, "ranked", (json_int_t)sampled->ranked);
    if (asked->kind == HR_PROTOCOL_AUC_SAMPLED) {
        json_object_set_new(object, "auc", json_real(sampled->auc));
        return object;
    }
    for (int i = 0; i < r->cutoffs.count; i++) {
        hr_json_set_at(object, "hit", r->cutoffs.k[i], sampled->at[i].hit);
        hr_json_set_at(object, "ndcg", r->cutoffs.k[i], sampled->at[i].ndcg);
        hr_json_set_at(object, "mrr", r->cutoffs.k[i], sampled->at[i].mrr);
    }
    return object;
}

static void add_full(const hr_evaluation_report *r, json_t *object)
{
    json_object_set_new(object, "protocol", json_string("full"));
    json_object_set_new(object, "diversity", json_real(r->diversity));
    hr_metrics_to_json(&r->metrics, &r->cutoffs, object);
    hr_list_figures_to_json(r->lists, &r->cutoffs, r->similarity, object);
}

hr_status hr_evaluation_report_json(const hr_evaluation_report *r, hr_error *err)
{
    json_t *object = json_object(), *sampled = json_array();
    json_object_set_new(object, "split", json_string(r->split));
    if (r->has_full)
        add_full(r, object);
    if (r->has_errors)
        hr_rating_errors_to_json(&r->errors, object);
    for (int i = 0; i < r->protocols.count; i++)
        if (r->protocols.list[i].kind != HR_PROTOCOL_FULL)
            json_array_append_new(sampled, sampled_to_json(r, i));
    json_object_set_new(object, "sampled", sampled);
    json_object_set_new(object, "split_rule", hr_json_string(r->data->split));
    json_object_set_new(object, "split_seed", json_integer((json_int_t)r->data->split_seed));
    const hr_status status = hr_json_print(object, "the figures", stdout, err);
    json_decref(object);
    return status;
}
