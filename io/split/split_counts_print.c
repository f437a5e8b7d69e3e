#include "io/split/split_counts.h"

#include <inttypes.h>

void hr_split_counts_print(const hr_split_counts *c, FILE *out)
{
    int64_t all = 0;
    for (int part = 0; part < HR_SPLITS; part++)
        all += c->ratings[part];
    fprintf(out, "%9s %13s %8s %10s %10s\n", "part", "ratings", "share", "users", "movies");
    for (int part = 0; part < HR_SPLITS; part++)
        if (part != HR_KNOWN || c->ratings[part] > 0)
            fprintf(out, "%9s %13" PRId64 " %7.2f%% %10" PRId64 " %10" PRId64 "\n", hr_split_names[part],
                    c->ratings[part], 100.0 * (double)c->ratings[part] / (double)all, c->users[part],
                    c->movies[part]);
    fprintf(out,
            "without train ratings: %" PRId64 " users; %" PRId64 " movies, with %" PRId64
            " valid and test ratings\n",
            c->users_without_train, c->movies_unseen, c->ratings_of_unseen);
}
