#include "trainer/scaling/scaling_changes.h"

#include "partition/halo/halo_channel.h"
#include "trainer/scaling/compute_rates.h"

static void halve_latency(hr_train_config *config, hr_machine *machine)
{
    (void)config;
    machine->link.latency *= 0.5;
    machine->link.gap *= 0.5;
}

static void double_bandwidth(hr_train_config *config, hr_machine *machine)
{
    (void)config;
    machine->link.byte *= 0.5;
}

static void narrow_rows(hr_train_config *config, hr_machine *machine)
{
    (void)machine;
    config->model.halo = HR_WIRE_BF16;
}

static void halve_pool(hr_train_config *config, hr_machine *machine)
{
    (void)machine;
    config->sampling.pool = (config->sampling.pool + 1) / 2;
}

static void draw_own_samples(hr_train_config *config, hr_machine *machine)
{
    (void)config;
    machine->rates.draw = 0.0;
}

static void double_compute(hr_train_config *config, hr_machine *machine)
{
    (void)config;
    hr_compute_rates_scale(&machine->rates, 0.5);
}

const hr_scaling_change hr_scaling_changes[HR_SCALING_CHANGES] = {
    {"half the time a message", halve_latency},
    {"twice the bandwidth", double_bandwidth},
    {"--halo bf16", narrow_rows},
    {"half the pool", halve_pool},
    {"no drawing of others' samples", draw_own_samples},
    {"ranks twice as fast", double_compute}};
