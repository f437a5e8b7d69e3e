#include "trainer/serve/visitors/visitors.h"

#include "io/base/memory.h"
#include "io/base/search.h"
#include "trainer/serve/store/opinions.h"
#include "trainer/serve/visitors/routes.h"
#include "trainer/serve/visitors/who.h"

#include <string.h>

/* The latest movies that were opened and not rated. */
enum { CLICKS = 20 };

static bool has_text(const char *text)
{
    return text && *text;
}

hr_status hr_visitors_begin(hr_visitors *visitors, const hr_visitors_config *config, hr_served *served,
                            hr_error *err)
{
    hr_status status = HR_OK;
    visitors->config = *config;
    visitors->served = served;
    hr_picture_maker_begin(&visitors->maker);
    visitors->begun = true;
    HR_TRY(hr_passwords_begin(&visitors->passwords, err));
    hr_attempts_begin(&visitors->attempts);
    if (has_text(config->posters))
        HR_TRY(hr_posters_open(&visitors->posters, config->posters, err));
    if (!config->read_only)
        HR_TRY(hr_store_open(&visitors->store, config->path, err));
done:
    return status;
}

void hr_visitors_end(hr_visitors *visitors)
{
    if (!visitors->begun)
        return;
    hr_store_close(&visitors->store);
    hr_posters_close(&visitors->posters);
    hr_attempts_end(&visitors->attempts);
    hr_passwords_end(&visitors->passwords);
    hr_picture_maker_end(&visitors->maker);
    visitors->begun = false;
}

int hr_visitors_sets(hr_visitors *visitors, hr_route_set *sets)
{
    static const hr_route *const of_accounts[] = {hr_account_routes, hr_token_routes, hr_added_movie_routes,
                                                  hr_own_picture_routes};
    int count = 0;
    sets[count++] = (hr_route_set){hr_picture_routes, visitors};
    if (!visitors->config.read_only)
        sets[count++] = (hr_route_set){hr_rating_routes, visitors};
    for (size_t i = 0; i < sizeof of_accounts / sizeof *of_accounts; i++)
        if (!visitors->config.read_only && !visitors->config.no_accounts)
            sets[count++] = (hr_route_set){of_accounts[i], visitors};
    return count;
}

static hr_status append(hr_newcomer *newcomer, const hr_catalogue *catalogue, const hr_opinions *opinions,
                        bool rated, hr_error *err)
{
    hr_status status = HR_OK;
    for (int64_t i = 0; i < opinions->count; i++) {
        const char *id = hr_strings_at(&opinions->movie, i);
        const int64_t movie = hr_ids_find(&catalogue->id, id, (int64_t)strlen(id));
        if (movie == HR_NOT_FOUND)
            continue; /* an added one, or of an older catalogue */
        HR_GROW(newcomer->movie, newcomer->capacity, newcomer->count + 1);
        newcomer->movie[newcomer->count++] =
            (hr_newcomer_movie){(int32_t)movie, rated ? HR_RATES : HR_OPENS, (float)opinions->value[i]};
    }
done:
    return status;
}

hr_status hr_visitors_newcomer(void *context, const hr_request *request, const hr_catalogue *catalogue,
                               hr_newcomer *newcomer, hr_error *err)
{
    hr_visitors *v = context;
    hr_status status = HR_OK;
    hr_token who;
    hr_answer refusal = {0}; /* a bearer token that is not valid is nobody's */
    hr_opinions ratings = {0}, clicks = {0};
    if (v->config.read_only)
        return HR_OK;
    HR_TRY(hr_visitor_asks(v, request, &refusal, &who, err));
    if (who.visitor == 0)
        goto done;
    HR_TRY(hr_store_ratings_of(&v->store, who.visitor, &ratings, err));
    HR_TRY(hr_store_clicks_of(&v->store, who.visitor, CLICKS, &clicks, err));
    HR_TRY(append(newcomer, catalogue, &ratings, true, err));
    HR_TRY(append(newcomer, catalogue, &clicks, false, err));
done:
    hr_answer_free(&refusal);
    hr_opinions_free(&ratings);
    hr_opinions_free(&clicks);
    return status;
}
