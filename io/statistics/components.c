#include "io/statistics/components.h"

#include "io/base/memory.h"

hr_status hr_components_create(hr_components *c, int64_t vertices, hr_error *err)
{
    hr_status status = HR_OK;
    *c = (hr_components){.vertices = vertices};
    HR_ALLOC(c->parent, vertices);
    HR_ALLOC(c->size, vertices);
    for (int64_t v = 0; v < vertices; v++) {
        c->parent[v] = v;
        c->size[v] = 1;
    }
done:
    return status;
}

void hr_components_free(hr_components *c)
{
    free(c->parent);
    free(c->size);
    *c = (hr_components){0};
}

int64_t hr_components_root(hr_components *c, int64_t vertex)
{
    while (c->parent[vertex] != vertex) {
        c->parent[vertex] = c->parent[c->parent[vertex]];
        vertex = c->parent[vertex];
    }
    return vertex;
}

void hr_components_join(hr_components *c, int64_t a, int64_t b)
{
    a = hr_components_root(c, a);
    b = hr_components_root(c, b);
    if (a == b)
        return;
    const int64_t above = c->size[a] >= c->size[b] ? a : b, below = above == a ? b : a;
    c->parent[below] = above;
    c->size[above] += c->size[below];
}
