/* /runs and /runs/{name}: logs of runs, while they are written. */
#include "trainer/serve/api/endpoint.h"
#include "trainer/serve/api/run_logs.h"

static hr_status refuse(hr_answer *answer)
{
    return hr_answer_problem(answer, 404, NULL, "this service shows no runs: it was started without --runs");
}

hr_status hr_api_runs(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    (void)request;
    const hr_api *api = context;
    json_t *list = NULL;
    hr_status status = HR_OK;
    if (!api->runs)
        return refuse(answer);
    HR_TRY(hr_run_logs_list(api->runs, &list, err));
    status = hr_answer_json(answer, list, err);
done:
    return status;
}

hr_status hr_api_run(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    const hr_api *api = context;
    const hr_run_lines wanted = {hr_text_or_empty(request, "name"), hr_request_integer(request, "since"),
                                 hr_request_integer(request, "most")};
    json_t *value = NULL;
    bool found = false;
    if (!api->runs)
        return refuse(answer);
    if (!hr_run_name_fits(wanted.name))
        return hr_answer_problem(answer, 404, "name",
                                 "a run's name is of letters, digits, \".\", \"_\", \"-\" and \"+\"");
    const hr_status status = hr_run_log_read(api->runs, &wanted, &value, &found, err);
    if (status != HR_OK)
        return status;
    return found ? hr_answer_json(answer, value, err)
                 : hr_answer_problem(answer, 404, "name", "there is no run called %s; /runs lists them",
                                     wanted.name);
}
