#include "trainer/loss/mlp_offsets.h"

#include <stdio.h>

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

void hr_mlp_parts(const hr_mlp_shape *shape, hr_dense_parts *parts)
{
    char name[HR_DENSE_PART_NAME];
    if (shape->layers == 0)
        return;
    hr_dense_parts_add(parts, hr_mlp_columns(shape), shape->width[0], "mlp/user");
    hr_dense_parts_add(parts, hr_mlp_columns(shape), shape->width[0], "mlp/movie");
    for (int k = 0; k < shape->layers; k++) {
        snprintf(name, sizeof name, "mlp/matrix%d", k + 1);
        if (k > 0)
            hr_dense_parts_add(parts, shape->width[k - 1], shape->width[k], name);
        snprintf(name, sizeof name, "mlp/bias%d", k + 1);
        hr_dense_parts_add(parts, shape->width[k], 1, name);
    }
    hr_dense_parts_add(parts, shape->product, 1, "mlp/product");
    hr_dense_parts_add(parts, shape->width[shape->layers - 1], 1, "mlp/output");
    hr_dense_parts_add(parts, 1, 1, "mlp/constant");
    hr_dense_parts_add(parts, BOUNDS, 1, "mlp/range");
}
