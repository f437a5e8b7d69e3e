#include "partition/plan/plan_table.h"

#include "io/base/offsets.h"

#include <inttypes.h>

static double largest_over_mean(const int64_t *ptr, int32_t parts)
{
    return (double)hr_offsets_largest(ptr, parts) * parts / (double)ptr[parts];
}

void hr_plan_summarise(const hr_plan *plan, hr_plan_summary *summary)
{
    *summary = (hr_plan_summary){.parts = plan->parts,
                                 .users = plan->users,
                                 .movies = plan->movies,
                                 .edges = plan->edges,
                                 .cut_edges = plan->cut_edges,
                                 .ghosts = plan->ghost_ptr[plan->parts],
                                 .matching = plan->matching,
                                 .usual_halo = plan->usual_halo,
                                 .edge_balance = largest_over_mean(plan->edge_ptr, plan->parts),
                                 .vertex_balance = largest_over_mean(plan->vertex_ptr, plan->parts)};
}

int64_t hr_plan_layer_bytes(const hr_plan_summary *summary, int64_t dim)
{
    return 2 * summary->ghosts * dim * (int64_t)sizeof(float);
}

static void print_part(const hr_plan *plan, int32_t part, FILE *out)
{
    const int64_t owned = plan->vertex_ptr[part + 1] - plan->vertex_ptr[part];
    fprintf(out, "%6d %12" PRId64 " %12" PRId64 " %12" PRId64 " %14" PRId64 "\n", part,
            plan->owned_users[part], owned - plan->owned_users[part],
            plan->ghost_ptr[part + 1] - plan->ghost_ptr[part],
            plan->edge_ptr[part + 1] - plan->edge_ptr[part]);
}

void hr_plan_print(const hr_plan_summary *s, const hr_plan *plan, int64_t dim, FILE *out)
{
    fprintf(out, "parts           %14d\n", s->parts);
    fprintf(out,
            "vertices        %14" PRId64 "  %" PRId64 " users, %" PRId64
            " movies; largest part over mean %.3f\n",
            s->users + s->movies, s->users, s->movies, s->vertex_balance);
    fprintf(out, "edges           %14" PRId64 "  largest part over mean %.3f\n", s->edges, s->edge_balance);
    fprintf(out, "cut edges       %14" PRId64 "  ends with different owners: %.1f %%\n", s->cut_edges,
            100.0 * (double)s->cut_edges / (double)s->edges);
    fprintf(out, "ghosts          %14" PRId64 "  rows that go out, and come back, per layer\n", s->ghosts);
    fprintf(out, "matching        %14" PRId64 "  %s\n", s->matching,
            s->matching == s->ghosts ? "equal: no fewer ghosts are possible"
                                     : "not equal: more ghosts than needed");
    fprintf(out, "rows a layer    %14" PRId64 "  out and back\n", 2 * s->ghosts);
    fprintf(out, "usual halo      %14" PRId64 "  rows a layer if every neighbour were copied\n",
            s->usual_halo);
    fprintf(out, "bytes a layer   %14" PRId64 "  at %" PRId64 " columns, all ranks together\n",
            hr_plan_layer_bytes(s, dim), dim);
    if (!plan)
        return;
    fprintf(out, "\n%6s %12s %12s %12s %14s\n", "part", "users", "movies", "ghosts", "edges");
    for (int32_t p = 0; p < plan->parts; p++)
        print_part(plan, p, out);
}
