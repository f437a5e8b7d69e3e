#include "trainer/loss/mlp_offsets.h"

/* Lowest and highest rating. */
enum { BOUNDS = 2 };

hr_mlp_offsets hr_mlp_offsets_of(const hr_mlp_shape *shape)
{
    hr_mlp_offsets p = {0};
    int64_t next = 0;
    if (shape->layers == 0)
        return p;
    for (int side = 0; side < 2; side++, next += hr_mlp_columns(shape) * shape->width[0])
        p.half[side] = next;
    for (int k = 0; k < shape->layers; k++) {
        p.matrix[k] = next;
        next += k > 0 ? shape->width[k - 1] * shape->width[k] : 0;
        p.bias[k] = next;
        next += shape->width[k];
    }
    p.product = next;
    p.output = p.product + shape->product;
    p.constant = p.output + shape->width[shape->layers - 1];
    p.bounds = p.constant + 1;
    p.count = p.bounds + BOUNDS;
    return p;
}
