#include "trainer/serve/service/service.h"

#include "io/base/json.h"
#include "io/comm/comm.h"
#include "io/options/options.h"
#include "trainer/serve/api/api.h"
#include "trainer/serve/model/recommend.h"
#include "trainer/serve/page/page_routes.h"
#include "trainer/serve/server/workers.h"
#include "trainer/serve/service/end_signal.h"
#include "trainer/serve/service/health.h"
#include "trainer/serve/service/refresher.h"
#include "trainer/serve/training/training.h"

#include <cblas.h>
#include <stdio.h>
#include <string.h>

_Static_assert((int)HR_SNAPSHOT_THREADS == (int)HR_MOST_WORKERS, "each thread of batches has a workspace");

/* What handlers are given: the contexts of the rooms' routes. It stays where it is. */
typedef struct service {
    const hr_service_config *config;
    hr_served served;
    hr_metrics metrics;
    hr_health health;
    hr_page page;
    hr_visitors visitors;
    hr_training training;
    hr_refresher refresher;
    hr_recommending recommending;
    hr_api api;
    hr_server *server;
    hr_route_set sets[20]; /* ending with routes of NULL */
} service;

/* All routes. A room with routes adds a line here, and its context to the service. */
static void choose_routes(service *s)
{
    int count = 0;
    s->health.served = &s->served;
    s->health.metrics = &s->metrics;
    s->page = (hr_page){s->sets, *s->config->runs};
    s->recommending.served = &s->served;
    s->recommending.who_asks = hr_visitors_newcomer;
    s->recommending.who = &s->visitors;
    s->sets[count++] = (hr_route_set){hr_health_routes, &s->health};
    s->sets[count++] = (hr_route_set){hr_page_routes, &s->page};
    s->sets[count++] = (hr_route_set){hr_recommend_routes, &s->recommending};
    s->api = (hr_api){&s->served, *s->config->runs ? s->config->runs : NULL, s->sets, hr_visitors_find_added,
                      &s->visitors};
    s->sets[count++] = (hr_route_set){hr_api_routes, &s->api};
    count += hr_visitors_sets(&s->visitors, s->sets + count);
    s->training.dataset = s->config->dataset;
    s->training.runs = s->config->runs;
    s->training.served = &s->served;
    s->training.visitors = &s->visitors;
    if (s->config->allow_training)
        s->sets[count++] = (hr_route_set){hr_training_routes, &s->training};
}

static hr_status say_where(const service *s, hr_error *err)
{
    char url[HR_TEXT_LENGTH];
    const char *bind = s->config->server.bind;
    const int port = hr_server_port(s->server);
    snprintf(url, sizeof url, strchr(bind, ':') ? "http://[%s]:%d/" : "http://%s:%d/", bind, port);
    if (!s->config->json) {
        fprintf(stderr, "serving %s on %s\n", s->config->checkpoint, url);
        return HR_OK;
    }
    json_t *object = json_pack("{s:o, s:i}", "url", hr_json_string(url), "port", port);
    const hr_status status = hr_json_print(object, "where it serves", stdout, err);
    json_decref(object);
    fflush(stdout);
    return status;
}

static hr_status begin(service *s, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_served_begin(&s->served, err));
    HR_TRY(hr_visitors_begin(&s->visitors, &s->config->visitors, &s->served, err));
    choose_routes(s);
    hr_server_config config = s->config->server;
    config.sets = s->sets;
    config.metrics = &s->metrics;
    HR_TRY(hr_metrics_create(&s->metrics, s->sets, err));
    HR_TRY(hr_server_start(&s->server, &config, err));
    s->refresher.served = &s->served;
    HR_TRY(hr_refresher_begin(&s->refresher, err));
    HR_TRY(say_where(s, err));
done:
    return status;
}

/* Until a signal comes. From then on no checkpoint is loaded, and a run that visitors have started ends with its own while
 * requests that are there are answered. */
static void serve(service *s)
{
    hr_end_signal_wait();
    fprintf(stderr, "ending after the requests that are there\n");
    s->health.draining = true;
    hr_refresher_stop(&s->refresher);
    hr_training_refuse(&s->training);
}

static bool is_ending(void *context)
{
    (void)context;
    return hr_end_signal_caught();
}

hr_status hr_service_run(const hr_service_config *config, hr_error *err)
{
    hr_status status = HR_OK;
    service s = {.config = config};
    s.served.checkpoint = config->checkpoint;
    s.served.dataset = config->dataset;
    s.served.mixing = config->mixing;
    s.served.threads = config->server.threads;
    s.served.stop = (hr_load_stop){is_ending, NULL};
    openblas_set_num_threads(1); /* threads take requests */
    hr_end_signal_catch();
    hr_training_begin(&s.training);
    HR_TRY(begin(&s, err));
    serve(&s);
done:
    hr_server_stop(s.server, config->drain_seconds);
    hr_visitors_end(&s.visitors);
    hr_training_end(&s.training);
    hr_refresher_end(&s.refresher);
    hr_served_end(&s.served);
    hr_metrics_free(&s.metrics);
    hr_end_signal_release();
    return status == HR_STOPPED ? HR_OK : status; /* asked to end before it served */
}
