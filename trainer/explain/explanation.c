#include "trainer/explain/explanation.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Most movies that a sentence names. */
enum { MOST_NAMED = 3 };

void hr_explanation_free(hr_explanation *explanation)
{
    free(explanation->reason);
    hr_strings_free(&explanation->genres);
    hr_strings_free(&explanation->tags);
    hr_ids_free(&explanation->path_user);
    *explanation = (hr_explanation){0};
}

double hr_explanation_part(const hr_explanation *explanation, const char *name)
{
    for (int i = 0; i < explanation->parts; i++)
        if (strcmp(explanation->part[i].name, name) == 0)
            return explanation->part[i].value;
    return 0.0;
}

void hr_explanation_add(hr_explanation *explanation, const char *label, const char *name, double value)
{
    hr_part *part = explanation->part, *end = part + explanation->parts;
    char whole[HR_PART_NAME];
    snprintf(whole, sizeof whole, "%s%s%s", label, *label ? "." : "", name);
    while (part < end && strcmp(part->name, whole) != 0)
        part++;
    if (part == end) {
        explanation->parts++;
        memcpy(part->name, whole, sizeof whole);
        part->value = 0.0;
    }
    part->value += value;
}

int64_t hr_explanation_named(const hr_explanation *explanation)
{
    int64_t count = 0;
    while (count < MOST_NAMED && count < explanation->reasons && explanation->reason[count].share > 0.0)
        count++;
    return count;
}

double hr_explanation_weight(const hr_explanation *explanation, int64_t count)
{
    double first = 0.0, all = 0.0;
    for (int64_t i = 0; i < explanation->reasons; i++) {
        all += fmax(explanation->reason[i].share, 0.0);
        first += i < count ? fmax(explanation->reason[i].share, 0.0) : 0.0;
    }
    return all > 0.0 ? first / all : 0.0;
}

int hr_explanation_opinion(const hr_explanation *explanation, int64_t reason)
{
    const double rating = (double)explanation->reason[reason].rating;
    return (rating > explanation->mean_rating) - (rating < explanation->mean_rating);
}
