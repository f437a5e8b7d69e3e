#include "trainer/serve/http/route.h"

#include <stdio.h>
#include <string.h>

enum { USUAL_BODY = 64 * 1024 };

/* Whether the target has the path's segments; *fixed receives how many are without {}. */
static bool fits(const char *path, const hr_target *target, int *fixed)
{
    int index = 0;
    *fixed = 0;
    for (const char *at = path + 1; *at; index++) {
        const size_t length = strcspn(at, "/");
        if (index == target->segments)
            return false;
        const char *segment = target->segment[index];
        if (*at != '{') {
            if (strlen(segment) != length || memcmp(segment, at, length) != 0)
                return false;
            ++*fixed;
        }
        at += length + (at[length] == '/');
    }
    return index == target->segments;
}

static bool answers(const hr_route *route, const char *method)
{
    return strcmp(route->method, method) == 0 ||
           (strcmp(method, "HEAD") == 0 && strcmp(route->method, "GET") == 0);
}

static void add_method(char methods[64], const char *method)
{
    const size_t used = strlen(methods);
    if (!strstr(methods, method))
        snprintf(methods + used, 64 - used, "%s%s%s", used ? ", " : "", method,
                 strcmp(method, "GET") == 0 ? ", HEAD" : "");
}

hr_route_match hr_route_find(const hr_route_set *sets, const char *method, const hr_target *target)
{
    hr_route_match match = {0};
    int best = -1, most = -1, number = 0, fixed = 0;
    for (const hr_route_set *set = sets; set->routes; set++)
        for (const hr_route *route = set->routes; route->method; route++, number++) {
            if (!fits(route->path, target, &fixed) || fixed < most)
                continue;
            if (fixed > most)
                match = (hr_route_match){0};
            if (fixed > most)
                best = -1;
            most = fixed;
            add_method(match.methods, route->method);
            if (best < 0 && answers(route, method)) {
                best = match.number = number;
                match.route = route;
                match.context = set->context;
            }
        }
    return match;
}

bool hr_always_takes_long(void *context, const hr_request *request)
{
    (void)context;
    (void)request;
    return true;
}

int hr_route_count(const hr_route_set *sets)
{
    int count = 0;
    for (const hr_route_set *set = sets; set->routes; set++)
        for (const hr_route *route = set->routes; route->method; route++)
            count++;
    return count;
}

int hr_route_segment(const hr_route *route, const char *name)
{
    const size_t wanted = strlen(name);
    int index = 0;
    for (const char *at = route->path + 1; *at; index++) {
        const size_t length = strcspn(at, "/");
        if (*at == '{' && length == wanted + 2 && memcmp(at + 1, name, wanted) == 0)
            return index;
        at += length + (at[length] == '/');
    }
    return -1;
}

int64_t hr_route_most_body(const hr_route *route)
{
    if (route->most_body > 0)
        return route->most_body;
    for (const hr_parameter *p = route->parameters; p && p->name; p++)
        if (p->where == HR_IN_BODY)
            return USUAL_BODY;
    return 0;
}
