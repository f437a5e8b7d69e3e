#include "trainer/commands/movie_question.h"

const hr_movie_options hr_movie_defaults = {.top = 10, .by = HR_BY_BOTH};

hr_status hr_movie_question_read(hr_movie_question *q, const hr_comm *comm, const char *command,
                                 const hr_call *call, hr_error *err)
{
    const hr_movie_options *o = call->options;
    const char *data = call->arguments[1];
    hr_status status = HR_OK;
    q->request = (hr_similar_request){.by = (hr_similar_by)o->by, .top = o->top};
    if (!*o->movie)
        HR_TRY(hr_fail(err, HR_USAGE, "halorec %s needs --movie; see halorec %s --help", command, command));
    HR_TRY(hr_catalogue_read(&q->catalogue, comm, data, err));
    HR_TRY(hr_find_movie(&q->catalogue, o->movie, &q->request.movie, err));
    HR_TRY(hr_load_model(&q->loaded, comm, call->arguments[0], data, err));
    HR_TRY(hr_movie_comparer_create(&q->comparer, &q->loaded, q->request.by != HR_BY_EMBEDDING, err));
done:
    return status;
}

void hr_movie_question_free(hr_movie_question *q)
{
    hr_movie_comparer_free(&q->comparer);
    hr_loaded_free(&q->loaded);
    hr_catalogue_free(&q->catalogue);
}
