#include "io/base/memory.h"
#include "trainer/lists/rank_tile.h"

hr_status hr_lists_workspace_create(hr_lists_workspace *workspace, const hr_scorer *scorer, int64_t depth,
                                    hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_score_workspace_create(&workspace->scoring, scorer, err));
    HR_ALLOC(workspace->scores, (int64_t)HR_LIST_USERS * HR_LIST_MOVIES);
    HR_TRY(hr_lists_workspace_deepen(workspace, depth, err));
done:
    return status;
}

static void free_depth(hr_lists_workspace *w)
{
    for (int i = 0; i < HR_LIST_USERS; i++)
        hr_selection_free(&w->selection[i]);
    free(w->best.score);
    free(w->best.item);
    free(w->candidate);
    w->best = (hr_topk){0};
    w->candidate = NULL;
    w->depth = 0;
}

hr_status hr_lists_workspace_deepen(hr_lists_workspace *workspace, int64_t depth, hr_error *err)
{
    hr_status status = HR_OK;
    hr_lists_workspace *w = workspace;
    if (depth <= w->depth)
        return HR_OK;
    free_depth(w);
    for (int i = 0; i < HR_LIST_USERS; i++)
        HR_TRY(hr_selection_create(&w->selection[i], depth, err));
    w->best.k = depth;
    HR_ALLOC(w->best.score, depth);
    HR_ALLOC(w->best.item, depth);
    HR_ALLOC(w->candidate, depth);
    w->depth = depth;
done:
    return status;
}

void hr_lists_workspace_free(hr_lists_workspace *workspace)
{
    hr_score_workspace_free(&workspace->scoring);
    free(workspace->scores);
    free_depth(workspace);
}
