#include "trainer/lists/list_workspace.h"

#include "io/base/memory.h"

hr_status hr_lists_workspace_create(hr_lists_workspace *workspace, const hr_recommender *recommender,
                                    hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t depth = recommender->depth;
    HR_TRY(hr_score_workspace_create(&workspace->scoring, &recommender->loaded.scorer, err));
    HR_ALLOC(workspace->scores, (int64_t)HR_LIST_USERS * HR_LIST_MOVIES);
    for (int i = 0; i < HR_LIST_USERS; i++)
        HR_TRY(hr_selection_create(&workspace->selection[i], depth, err));
    workspace->best.k = depth;
    HR_ALLOC(workspace->best.score, depth);
    HR_ALLOC(workspace->best.item, depth);
    HR_ALLOC(workspace->candidate, depth);
done:
    return status;
}

void hr_lists_workspace_free(hr_lists_workspace *workspace)
{
    hr_score_workspace_free(&workspace->scoring);
    free(workspace->scores);
    for (int i = 0; i < HR_LIST_USERS; i++)
        hr_selection_free(&workspace->selection[i]);
    free(workspace->best.score);
    free(workspace->best.item);
    free(workspace->candidate);
}
