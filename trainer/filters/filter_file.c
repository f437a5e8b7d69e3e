#include "trainer/filters/filter_file.h"

#include "io/base/memory.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>

enum { USER_POWER, MOVIE_POWER, DEGREE, STEP, BETA, VECTORS, LARGEST };
#define NAME "weight/filter"

/* What options can be (trainer/config/train_options.c), those that were chosen too. */
static const struct {
    const char *what;
    double least, most;
} ranges[HR_FILTER_KEPT] = {
    [USER_POWER] = {"user power", 0.0, 1.0},
    [MOVIE_POWER] = {"movie power", 0.0, 2.0},
    [DEGREE] = {"degree", 0.0, 32.0},
    [STEP] = {"step", 0.0, 16.0},
    [BETA] = {"beta", 0.0, 1e3},
    [VECTORS] = {"number of vectors", 0.0, 4096.0},
    [LARGEST] = {"largest eigenvalue", (double)FLT_MIN, (double)FLT_MAX},
};

void hr_filter_pack(const hr_filter_options *o, double largest, float kept[HR_FILTER_KEPT])
{
    kept[USER_POWER] = (float)o->user_power;
    kept[MOVIE_POWER] = (float)o->movie_power;
    kept[DEGREE] = (float)o->degree;
    kept[STEP] = (float)o->step;
    kept[BETA] = (float)o->beta;
    kept[VECTORS] = (float)o->vectors;
    kept[LARGEST] = (float)largest;
}

void hr_filter_unpack(const float kept[HR_FILTER_KEPT], hr_filter_options *options, double *largest)
{
    *options = (hr_filter_options){.user_power = (double)kept[USER_POWER],
                                   .movie_power = (double)kept[MOVIE_POWER],
                                   .degree = (int64_t)kept[DEGREE],
                                   .step = (double)kept[STEP],
                                   .beta = (double)kept[BETA],
                                   .vectors = (int64_t)kept[VECTORS]};
    *largest = (double)kept[LARGEST];
}

static hr_checkpoint_array array_of(const float *kept, int64_t count)
{
    return (hr_checkpoint_array){
        .name = NAME, .type = HR_H5_F32, .rows = HR_FILTER_KEPT, .cols = 1, .count = count, .data = kept};
}

void hr_filter_keep(const float kept[HR_FILTER_KEPT], const hr_comm *comm, hr_checkpoint_extras *extras)
{
    extras->array[extras->count++] = array_of(kept, comm->rank == 0 ? HR_FILTER_KEPT : 0);
}

hr_status hr_filter_read(hr_h5 *checkpoint, int64_t dim, float kept[HR_FILTER_KEPT], hr_error *err)
{
    hr_status status = HR_OK;
    const hr_checkpoint_array array = array_of(NULL, HR_FILTER_KEPT);
    HR_TRY(hr_checkpoint_read_array(checkpoint, &array, kept, err));
    for (int i = 0; i < HR_FILTER_KEPT; i++) {
        const double value = (double)kept[i], least = ranges[i].least;
        const double most = i == VECTORS ? fmin(ranges[i].most, (double)dim) : ranges[i].most;
        if (!(value >= least && value <= most))
            HR_TRY(hr_fail(err, HR_INPUT, "%s: " NAME " has %g as %s, expected %g to %g; the file is damaged",
                           hr_h5_path(checkpoint), value, ranges[i].what, least, most));
    }
done:
    return status;
}

/* Diagonal [movies] of N'N. */
static void fill_diagonal(const hr_filter *f, double *diagonal)
{
    const hr_train_graph *g = f->graph;
    for (int64_t u = 0; u < g->users; u++)
        for (int64_t e = g->ptr[u]; e < g->ptr[u + 1]; e++)
            diagonal[g->movie[e]] += (double)f->user_factor[u];
    for (int64_t m = 0; m < g->movies; m++)
        diagonal[m] *= (double)f->movie_factor[m] * (double)f->movie_factor[m];
}

/* N'N has no negative eigenvalue: the largest lies between the largest entry of its diagonal and their sum. Singular vectors
 * are iterated, and approximate. */
hr_status hr_filter_check_largest(const hr_filter *filter, const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    double *diagonal = NULL, sum = 0.0, most = 0.0;
    HR_ALLOC(diagonal, filter->graph->movies);
    fill_diagonal(filter, diagonal);
    for (int64_t m = 0; m < filter->graph->movies; m++) {
        sum += diagonal[m];
        most = fmax(most, diagonal[m]);
    }
    if (sum > 0.0 && !(filter->largest >= 0.5 * most && filter->largest <= 2.0 * sum))
        HR_TRY(hr_fail(err, HR_INPUT,
                       "%s: " NAME " has %g as largest eigenvalue, expected %g to %g; the file is damaged",
                       path, filter->largest, most, sum));
done:
    free(diagonal);
    return status;
}
