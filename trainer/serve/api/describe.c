/* /openapi.json */
#include "trainer/serve/api/endpoint.h"
#include "trainer/serve/description/openapi.h"

hr_status hr_api_openapi(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    (void)request;
    const hr_api *api = context;
    json_t *document = NULL;
    const hr_status status = hr_openapi_make(api->sets, &document, err);
    if (status == HR_OK)
        return hr_answer_json(answer, document, err);
    json_decref(document);
    return status;
}
