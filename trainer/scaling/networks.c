#include "trainer/scaling/networks.h"

#include "io/comm/log.h"
#include "io/options/list.h"

/* Assumed where a network is neither given nor measured: Ethernet of 10 Gbit/s. */
static const hr_link ethernet = {.latency = 20e-6, .gap = 2e-6, .byte = 0.8e-9};

/* Numbers of an option's list; none of an empty one. */
typedef struct numbers {
    double value[HR_MAX_NETWORKS];
    int count;
} numbers;

static hr_status parse(const char *option, const char *text, numbers *out, hr_error *err)
{
    const hr_list list = {.option = option,
                          .what = "numbers of seconds",
                          .example = "2e-5,2e-6",
                          .most = HR_MAX_NETWORKS,
                          .minimum = 1e-15,
                          .maximum = 10.0};
    return hr_list_reals(&list, text, out->value, &out->count, err);
}

static hr_status check_lengths(const numbers *alpha, const numbers *gap, const numbers *beta, int networks,
                               hr_error *err)
{
    const numbers *const lists[] = {alpha, gap, beta};
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

/* Measured, or assumed where there is one rank. Collective. */
static hr_status find_one(const hr_comm *comm, hr_link *link, hr_error *err)
{
    if (comm->size > 1)
        return hr_link_measure(comm, link, err);
    *link = ethernet;
    hr_log(comm,
           "one rank measures no network: what is not given is assumed to be that of Ethernet of 10 Gbit/s "
           "(--alpha 2e-5 --gap 2e-6 --beta 8e-10)");
    return HR_OK;
}

hr_status hr_networks_find(const hr_comm *comm, const char *alpha, const char *gap, const char *beta,
                           hr_networks *networks, hr_error *err)
{
    hr_status status = HR_OK;
    numbers latencies, gaps, bytes;
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
