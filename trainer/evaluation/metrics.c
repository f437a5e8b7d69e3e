#include "trainer/evaluation/metrics.h"

#include "io/options/list.h"
#include "trainer/simd/rounding.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

hr_status hr_cutoffs_parse(const char *text, hr_cutoffs *cutoffs, hr_error *err)
{
    static const hr_list list = {.option = "k",
                                 .what = "whole numbers",
                                 .example = "10,20",
                                 .fewest = 1,
                                 .most = HR_MAX_CUTOFFS,
                                 .minimum = 1,
                                 .maximum = HR_LARGEST_CUTOFF,
                                 .ascends = true};
    return hr_list_ints(&list, text, cutoffs->k, &cutoffs->count, err);
}

double hr_rank_discount(int64_t rank)
{
    return 1.0 / log2((double)rank + 1.0);
}

static hr_metrics_at user_at(const bool *hit, int64_t length, int64_t held, int64_t k)
{
    hr_metrics_at at = {0};
    const int64_t best = held < k ? held : k;
    double hits = 0.0, ideal = 0.0;
    for (int64_t rank = 1; rank <= length && rank <= k; rank++) {
        if (!hit[rank - 1])
            continue;
        hits += 1.0;
        at.ndcg += hr_rank_discount(rank);
        at.map += hits / (double)rank;
        if (at.mrr == 0.0)
            at.mrr = 1.0 / (double)rank;
    }
    for (int64_t rank = 1; rank <= best; rank++)
        ideal += hr_rank_discount(rank);
    at.recall = hits / (double)held;
    at.precision = hits / (double)k;
    at.hit = hits > 0.0;
    at.ndcg /= ideal;
    at.map /= (double)best;
    at.capped_recall = hits / (double)best;
    return at;
}

/* A user's figures are rounded to multiples of this, so that sums over up to 2^23 users come out the same in
 * any order: early stopping depends on them. */
static const double metric_unit = 0x1p-30;

static hr_metrics_at round_at(const hr_metrics_at *at)
{
    return (hr_metrics_at){
        hr_round_to_unit(at->recall, metric_unit),       hr_round_to_unit(at->ndcg, metric_unit),
        hr_round_to_unit(at->precision, metric_unit),    hr_round_to_unit(at->hit, metric_unit),
        hr_round_to_unit(at->mrr, metric_unit),          hr_round_to_unit(at->map, metric_unit),
        hr_round_to_unit(at->capped_recall, metric_unit)};
}

static void add_at(hr_metrics_at *sum, const hr_metrics_at *at)
{
    sum->recall += at->recall;
    sum->ndcg += at->ndcg;
    sum->precision += at->precision;
    sum->hit += at->hit;
    sum->mrr += at->mrr;
    sum->map += at->map;
    sum->capped_recall += at->capped_recall;
}

void hr_metrics_add(hr_metrics *sum, const hr_cutoffs *cutoffs, const bool *hit, int64_t length, int64_t held,
                    double auc)
{
    sum->users += 1.0;
    sum->auc += hr_round_to_unit(auc, metric_unit);
    for (int i = 0; i < cutoffs->count; i++) {
        const hr_metrics_at user = user_at(hit, length, held, cutoffs->k[i]), at = round_at(&user);
        add_at(&sum->at[i], &at);
    }
}

void hr_metrics_merge(hr_metrics *sum, const hr_metrics *other)
{
    sum->users += other->users;
    sum->auc += other->auc;
    for (int i = 0; i < HR_MAX_CUTOFFS; i++)
        add_at(&sum->at[i], &other->at[i]);
}

void hr_metrics_finish(hr_metrics *metrics)
{
    const double share = metrics->users > 0.0 ? 1.0 / metrics->users : 0.0;
    metrics->auc *= share;
    for (int i = 0; i < HR_MAX_CUTOFFS; i++) {
        hr_metrics_at *at = &metrics->at[i];
        *at = (hr_metrics_at){at->recall * share, at->ndcg * share, at->precision * share,    at->hit * share,
                              at->mrr * share,    at->map * share,  at->capped_recall * share};
    }
}

void hr_json_set_at(json_t *object, const char *name, int64_t k, double value)
{
    char key[64];
    snprintf(key, sizeof key, "%s@%d", name, (int)k);
    if (!isnan(value))
        json_object_set_new(object, key, json_real(value));
}

void hr_metrics_to_json(const hr_metrics *metrics, const hr_cutoffs *cutoffs, json_t *object)
{
    json_object_set_new(object, "users", json_integer((json_int_t)metrics->users));
    if (!isnan(metrics->auc))
        json_object_set_new(object, "auc", json_real(metrics->auc));
    for (int i = 0; i < cutoffs->count; i++) {
        const hr_metrics_at *at = &metrics->at[i];
        hr_json_set_at(object, "recall", cutoffs->k[i], at->recall);
        hr_json_set_at(object, "ndcg", cutoffs->k[i], at->ndcg);
        hr_json_set_at(object, "precision", cutoffs->k[i], at->precision);
        hr_json_set_at(object, "hit", cutoffs->k[i], at->hit);
        hr_json_set_at(object, "mrr", cutoffs->k[i], at->mrr);
        hr_json_set_at(object, "map", cutoffs->k[i], at->map);
        hr_json_set_at(object, "capped_recall", cutoffs->k[i], at->capped_recall);
    }
}
