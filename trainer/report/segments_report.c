#include "trainer/report/segments_report.h"

#include "io/base/json.h"
#include "io/base/utf8.h"
#include "trainer/report/mixture_report.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

void hr_segment_describe(const hr_evaluated_model *m, hr_segment segment, char *text, size_t size)
{
    const int64_t below = m->call->new_below, least = m->popular_least;
    switch (segment) {
    case HR_SEGMENT_NEW:
        snprintf(text, size, "new users, fewer than %" PRId64 " train ratings", below);
        break;
    case HR_SEGMENT_REGULAR:
        snprintf(text, size, "regular users, %" PRId64 " train ratings or more", below);
        break;
    case HR_SEGMENT_POPULAR:
        snprintf(text, size, "popular movies, %" PRId64 " train ratings or more", least);
        break;
    case HR_SEGMENT_TAIL:
        snprintf(text, size, "tail movies, fewer than %" PRId64 " train ratings", least);
        break;
    default:
        snprintf(text, size, "%s", segment == HR_SEGMENT_ALL ? "all users" : "ratings");
    }
}

/* What the text shows of a segment: recall and ndcg, and errors; the table before it has the others. */
static bool is_shown(const hr_figure *figure)
{
    return figure->name[0] == 'r' || figure->name[0] == 'n' || figure->is_error;
}

static void print_segment(const hr_evaluated_model *m, hr_segment segment)
{
    char text[96];
    bool begun = false;
    for (int f = 0; f < m->table.figures; f++) {
        const hr_figure *figure = &m->table.figure[f];
        const hr_estimate *e = &m->estimate[f];
        if (figure->segment != segment || !is_shown(figure))
            continue;
        hr_segment_describe(m, segment, text, sizeof text);
        if (!begun)
            printf("  %s (%.0f %s)\n", text, e->weight, segment == HR_SEGMENT_RATINGS ? "ratings" : "users");
        begun = true;
        if (isnan(e->value))
            continue;
        printf("    %-12s %8.4f", figure->name, e->value);
        if (!isnan(e->low))
            printf("  %8.4f to %.4f", e->low, e->high);
        putchar('\n');
    }
}

void hr_segments_text(const hr_evaluated_model *m)
{
    if (m->call->replicates > 0)
        printf("by segment, with 95 %% intervals of %" PRId64 " resamples of users:\n", m->call->replicates);
    else
        printf("by segment:\n");
    for (hr_segment s = HR_SEGMENT_ALL; s < HR_SEGMENTS; s++)
        print_segment(m, s);
}

static void set_interval(json_t *intervals, const char *name, const hr_estimate *e)
{
    if (!isnan(e->low))
        json_object_set_new(intervals, name, json_pack("[f, f]", e->low, e->high));
}

static json_t *segment_to_json(const hr_evaluated_model *m, hr_segment segment)
{
    json_t *object = json_object(), *intervals = json_object();
    for (int f = 0; f < m->table.figures; f++) {
        const hr_figure *figure = &m->table.figure[f];
        const hr_estimate *e = &m->estimate[f];
        if (figure->segment != segment)
            continue;
        json_object_set_new(object, "users", json_integer((json_int_t)e->weight));
        if (!isnan(e->value))
            json_object_set_new(object, figure->name, json_real(e->value));
        set_interval(intervals, figure->name, e);
    }
    json_object_set_new(object, "intervals", intervals);
    return object;
}

void hr_segments_to_json(const hr_evaluated_model *m, json_t *object)
{
    json_t *intervals = json_object(), *segments = json_object();
    for (int f = 0; f < m->table.figures; f++)
        if (m->table.figure[f].segment == HR_SEGMENT_ALL || m->table.figure[f].segment == HR_SEGMENT_RATINGS)
            set_interval(intervals, m->table.figure[f].name, &m->estimate[f]);
    for (hr_segment s = HR_SEGMENT_NEW; s <= HR_SEGMENT_TAIL; s++)
        json_object_set_new(segments, hr_segment_names[s], segment_to_json(m, s));
    json_object_set_new(object, "intervals", intervals);
    json_object_set_new(object, "segments", segments);
    json_object_set_new(object, "replicates", json_integer((json_int_t)m->call->replicates));
    json_object_set_new(object, "new_below", json_integer((json_int_t)m->call->new_below));
    json_object_set_new(object, "popular_least", json_integer((json_int_t)m->popular_least));
}

/* A difference that is a number, of a model's figure and the other's. */
static void print_difference(const hr_compared_models *c, int f)
{
    const hr_difference *d = &c->difference[f];
    printf("  %-12s %8.4f %8.4f %+9.4f", c->table->figure[f].name, c->first->estimate[f].value,
           c->second->estimate[f].value, d->of.value);
    if (!isnan(d->chance))
        printf("  %+8.4f to %+.4f  %7.4f", d->of.low, d->of.high, d->chance);
    printf("  %7.0f %7.0f\n", d->up, d->down);
}

static void print_conclusion(const hr_compared_models *c, const char *first, const char *second)
{
    char shown[HR_ESCAPED_LENGTH];
    const hr_difference *d = &c->difference[c->deciding];
    const char *name = c->table->figure[c->deciding].name;
    const int sign = hr_compared_sign(c);
    const char *better = sign > 0 ? second : first;
    if (isnan(d->chance))
        printf("whether it is chance is not known: --resamples is 0\n");
    else if (sign == 0)
        printf("neither is better beyond chance, by %s: chance %.4f\n", name, d->chance);
    else
        printf("%s is better, by %.4f of %s: chance %.4f\n",
               hr_escape(shown, sizeof shown, better, (int64_t)strlen(better)), fabs(d->of.value), name,
               d->chance);
}

void hr_comparison_text(const hr_compared_models *c, const char *first, const char *second)
{
    char shown[HR_ESCAPED_LENGTH], text[96];
    printf("A: %s\n", hr_escape(shown, sizeof shown, first, (int64_t)strlen(first)));
    hr_mixture_text(c->first);
    printf("B: %s\n", hr_escape(shown, sizeof shown, second, (int64_t)strlen(second)));
    printf("%s part\n  %-12s %8s %8s %9s", c->first->call->split_name, "figure", "A", "B", "B - A");
    if (c->first->call->replicates > 0)
        printf("  %19s  %7s", "95 % interval", "chance");
    printf("  %7s %7s\n", "B more", "B less");
    hr_segment last = HR_SEGMENTS;
    for (int f = 0; f < c->table->figures; f++) {
        const hr_segment segment = c->table->figure[f].segment;
        if (isnan(c->difference[f].of.value))
            continue;
        hr_segment_describe(c->first, segment, text, sizeof text);
        if (segment != last)
            printf("%s (%.0f %s)\n", text, c->difference[f].of.weight,
                   segment == HR_SEGMENT_RATINGS ? "ratings" : "users");
        last = segment;
        print_difference(c, f);
    }
    print_conclusion(c, first, second);
}

static json_t *difference_to_json(const hr_compared_models *c, int f)
{
    const hr_difference *d = &c->difference[f];
    json_t *object =
        json_pack("{s:f, s:f, s:f, s:I, s:I, s:I}", "a", c->first->estimate[f].value, "b",
                  c->second->estimate[f].value, "difference", d->of.value, "weight", (json_int_t)d->of.weight,
                  "more", (json_int_t)d->up, "less", (json_int_t)d->down);
    if (!isnan(d->chance)) {
        json_object_set_new(object, "interval", json_pack("[f, f]", d->of.low, d->of.high));
        json_object_set_new(object, "chance", json_real(d->chance));
    }
    return object;
}

static void add_differences(const hr_compared_models *c, hr_segment segment, json_t *object)
{
    for (int f = 0; f < c->table->figures; f++)
        if (c->table->figure[f].segment == segment && !isnan(c->difference[f].of.value))
            json_object_set_new(object, c->table->figure[f].name, difference_to_json(c, f));
}

hr_status hr_comparison_json(const hr_compared_models *c, const char *first, const char *second,
                             hr_error *err)
{
    static const char *const names[] = {"a", "neither", "b"};
    const hr_evaluation_call *call = c->first->call;
    json_t *all = json_object(), *segments = json_object();
    add_differences(c, HR_SEGMENT_ALL, all);
    add_differences(c, HR_SEGMENT_RATINGS, all);
    for (hr_segment s = HR_SEGMENT_NEW; s <= HR_SEGMENT_TAIL; s++) {
        json_t *its = json_object();
        add_differences(c, s, its);
        json_object_set_new(segments, hr_segment_names[s], its);
    }
    json_t *object = json_pack("{s:o, s:o, s:s, s:I, s:o, s:o, s:s, s:s}", "a", hr_json_string(first), "b",
                               hr_json_string(second), "split", call->split_name, "replicates",
                               (json_int_t)call->replicates, "figures", all, "segments", segments, "by",
                               c->table->figure[c->deciding].name, "better", names[1 + hr_compared_sign(c)]);
    hr_mixture_to_json(c->first, object);
    const hr_status status = hr_json_print(object, "the comparison", stdout, err);
    json_decref(object);
    return status;
}
