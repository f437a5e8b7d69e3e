/* The invariants of a plan, one function each; hr_plan_is_valid asks for all of them. */
#include "partition/plan/plan.h"

/* Offsets over parts that ascend from 0 to `total`. */
static bool are_offsets(const int64_t *ptr, int32_t parts, int64_t total)
{
    if (!ptr || ptr[0] != 0 || ptr[parts] != total)
        return false;
    for (int32_t p = 0; p < parts; p++)
        if (ptr[p + 1] < ptr[p])
            return false;
    return true;
}

static bool ascends(const int32_t *values, int64_t count, int64_t bound)
{
    for (int64_t i = 0; i < count; i++)
        if (values[i] < 0 || values[i] >= bound || (i > 0 && values[i] <= values[i - 1]))
            return false;
    return true;
}

static int64_t owned_by(const hr_plan *plan, int32_t part)
{
    return plan->vertex_ptr[part + 1] - plan->vertex_ptr[part];
}

static int64_t rows_of(const hr_plan *plan, int32_t part)
{
    return owned_by(plan, part) + plan->ghost_ptr[part + 1] - plan->ghost_ptr[part];
}

static bool offsets_are_valid(const hr_plan *plan)
{
    const int32_t parts = plan->parts;
    return parts > 0 && are_offsets(plan->vertex_ptr, parts, plan->users + plan->movies) &&
           are_offsets(plan->edge_ptr, parts, plan->edges) && plan->ghost_ptr && plan->user_slot_ptr &&
           plan->movie_slot_ptr && plan->rated_ptr &&
           are_offsets(plan->ghost_ptr, parts, plan->ghost_ptr[parts]) &&
           are_offsets(plan->user_slot_ptr, parts, plan->user_slot_ptr[parts]) &&
           are_offsets(plan->movie_slot_ptr, parts, plan->movie_slot_ptr[parts]) &&
           are_offsets(plan->rated_ptr, parts, plan->rated_ptr[parts]);
}

/* Whether row i, a vertex of the same kind as row i - 1, is in its order: by cluster, then users by number,
 * movies by degree, descending, and by number. */
static bool follows(const hr_plan *plan, const int64_t *vertex, const int32_t *degree, int64_t i)
{
    const int64_t here = plan->cluster[vertex[i]], before = plan->cluster[vertex[i - 1]];
    if (here != before)
        return here > before;
    if (vertex[i] >= plan->users && degree[i] != degree[i - 1])
        return degree[i] < degree[i - 1];
    return vertex[i] > vertex[i - 1];
}

/* Users come first. No vertex can occur twice in a part, as each follows those before it, nor, having one
 * owner, in two; as there are as many as vertices, each occurs once. */
static bool owned_rows_are_valid(const hr_plan *plan, int32_t part)
{
    const int64_t *vertex = plan->vertex + plan->vertex_ptr[part];
    const int32_t *degree = plan->vertex_degree + plan->vertex_ptr[part];
    const int64_t users = plan->owned_users[part];
    if (users < 0 || users > owned_by(plan, part))
        return false;
    for (int64_t i = 0; i < owned_by(plan, part); i++) {
        const bool first_of_kind = i == 0 || i == users;
        if (vertex[i] < (i < users ? 0 : plan->users) || degree[i] < 0 ||
            vertex[i] >= (i < users ? plan->users : plan->users + plan->movies) ||
            plan->owner[vertex[i]] != part)
            return false;
        if (!first_of_kind && !follows(plan, vertex, degree, i))
            return false;
    }
    return true;
}

static bool ghosts_are_valid(const hr_plan *plan, int32_t part)
{
    const int64_t first = plan->ghost_ptr[part] - plan->ghost_ptr[plan->first_part];
    const int64_t end = first + plan->ghost_ptr[part + 1] - plan->ghost_ptr[part];
    for (int64_t g = first; g < end; g++) {
        const int32_t owner = plan->ghost_owner[g], row = plan->ghost_row[g];
        if (owner < 0 || owner >= plan->parts || owner == part || row < 0 || row >= owned_by(plan, owner) ||
            plan->ghost[g] != plan->vertex[plan->vertex_ptr[owner] + row])
            return false;
        if (g > first && (owner < plan->ghost_owner[g - 1] ||
                          (owner == plan->ghost_owner[g - 1] && row <= plan->ghost_row[g - 1])))
            return false;
    }
    return true;
}

static bool slots_are_valid(const hr_plan *plan, int32_t part)
{
    const int64_t first_user = plan->user_slot_ptr[part] - plan->user_slot_ptr[plan->first_part];
    const int64_t users = plan->user_slot_ptr[part + 1] - plan->user_slot_ptr[part];
    const int64_t first_movie = plan->movie_slot_ptr[part] - plan->movie_slot_ptr[plan->first_part];
    const int64_t movies = plan->movie_slot_ptr[part + 1] - plan->movie_slot_ptr[part];
    if (users + movies != rows_of(plan, part) ||
        !ascends(plan->user_row + first_user, users, rows_of(plan, part)) ||
        !ascends(plan->movie_row + first_movie, movies, rows_of(plan, part)))
        return false;
    for (int64_t s = first_user; s < first_user + users; s++)
        if (hr_plan_vertex(plan, part, plan->user_row[s]) >= plan->users)
            return false;
    for (int64_t s = first_movie; s < first_movie + movies; s++)
        if (hr_plan_vertex(plan, part, plan->movie_row[s]) < plan->users)
            return false;
    return true;
}

/* The counts of user slots: edges here, and the user's train movies on all parts. */
static bool counts_are_valid(const hr_plan *plan, int32_t part)
{
    int64_t edges = 0, rated = 0;
    const int64_t first = plan->user_slot_ptr[part] - plan->user_slot_ptr[plan->first_part];
    const int64_t end = first + plan->user_slot_ptr[part + 1] - plan->user_slot_ptr[part];
    for (int64_t s = first; s < end; s++) {
        const int64_t edges_here = plan->slot_edges[s], edges_all = plan->slot_rated[s];
        if (edges_here < 0 || edges_here > edges_all || plan->first_edge[s] < 0 ||
            plan->first_edge[s] + edges_all > plan->edges)
            return false;
        const int32_t row = plan->user_row[s];
        if (row < owned_by(plan, part) && plan->vertex_degree[plan->vertex_ptr[part] + row] != edges_all)
            return false;
        edges += edges_here;
        rated += edges_all;
    }
    return edges == plan->edge_ptr[part + 1] - plan->edge_ptr[part] &&
           rated == plan->rated_ptr[part + 1] - plan->rated_ptr[part];
}

bool hr_plan_is_valid(const hr_plan *plan)
{
    if (!offsets_are_valid(plan) || plan->matching != plan->ghost_ptr[plan->parts] ||
        plan->usual_halo < plan->matching || plan->cut_edges < 0 || plan->cut_edges > plan->edges)
        return false;
    for (int32_t p = 0; p < plan->parts; p++)
        if (!owned_rows_are_valid(plan, p))
            return false;
    for (int32_t p = plan->first_part; p < plan->end_part; p++)
        if (!ghosts_are_valid(plan, p) || !slots_are_valid(plan, p) || !counts_are_valid(plan, p))
            return false;
    return true;
}
