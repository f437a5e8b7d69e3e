#include "trainer/scaling/networks.h"

#include "io/comm/log.h"

#include <stdbool.h>
#include <stdlib.h>

/* What is taken for a network that nobody has measured or named: Ethernet of 10 Gbit/s. */
static const hr_link ethernet = {.latency = 20e-6, .gap = 2e-6, .byte = 0.8e-9};

/* No message takes longer. */
static const double most_seconds = 10.0;

/* Numbers of a list; none of an empty one. */
typedef struct list {
    double value[HR_MAX_NETWORKS];
    int count;
} list;

static hr_status parse(const char *option, const char *text, list *out, hr_error *err)
{
    const char *at = text;
    *out = (list){.count = 0};
    for (bool more = *text != '\0'; more;) {
        char *end = NULL;
        const double value = strtod(at, &end);
        if (end == at || !(value > 0.0 && value <= most_seconds) || (*end != ',' && *end != '\0'))
            return hr_fail(err, HR_USAGE, "--%s %s: expected seconds above 0, like 2e-5 or 2e-5,2e-6", option,
                           text);
        if (out->count == HR_MAX_NETWORKS)
            return hr_fail(err, HR_USAGE, "--%s %s: at most %d networks", option, text, HR_MAX_NETWORKS);
        out->value[out->count++] = value;
        more = *end == ',';
        at = end + 1;
    }
    return HR_OK;
}

static hr_status check_lengths(const list *alpha, const list *gap, const list *beta, int networks,
                               hr_error *err)
{
    const list *const lists[] = {alpha, gap, beta};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (lists[i]->count != 0 && lists[i]->count != networks)
            return hr_fail(err, HR_USAGE,
                           "--alpha, --gap and --beta name %d, %d and %d networks: expected as many each",
                           alpha->count, gap->count, beta->count);
    return HR_OK;
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

/* Measured, or taken for granted. Collective. */
static hr_status find_one(const hr_comm *comm, hr_link *link, hr_error *err)
{
    if (comm->size > 1)
        return hr_link_measure(comm, link, err);
    *link = ethernet;
    hr_log(comm,
           "one rank measures no network: what is not given is taken from Ethernet of 10 Gbit/s "
           "(--alpha 2e-5 --gap 2e-6 --beta 8e-10)");
    return HR_OK;
}

hr_status hr_networks_find(const hr_comm *comm, const char *alpha, const char *gap, const char *beta,
                           hr_networks *networks, hr_error *err)
{
    hr_status status = HR_OK;
    list latencies, gaps, bytes;
    hr_link found = {0};
    HR_TRY(parse("alpha", alpha, &latencies, err));
    HR_TRY(parse("gap", gap, &gaps, err));
    HR_TRY(parse("beta", beta, &bytes, err));
    networks->count = larger(1, larger(latencies.count, larger(gaps.count, bytes.count)));
    HR_TRY(check_lengths(&latencies, &gaps, &bytes, networks->count, err));
    if (latencies.count == 0 || bytes.count == 0)
        HR_TRY(find_one(comm, &found, err));
    for (int i = 0; i < networks->count; i++) {
        hr_link *link = &networks->link[i];
        *link = found;
        if (latencies.count > 0)
            link->latency = link->gap = latencies.value[i];
        if (gaps.count > 0)
            link->gap = gaps.value[i];
        if (bytes.count > 0)
            link->byte = bytes.value[i];
    }
done:
    return status;
}
