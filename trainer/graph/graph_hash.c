#include "trainer/graph/graph_hash.h"

#include "io/base/checksum.h"

#include <sys/random.h>

hr_status hr_draw_key(const hr_comm *comm, uint64_t *key, hr_error *err)
{
    if (comm->rank == 0 && getrandom(key, sizeof *key, 0) != (ssize_t)sizeof *key)
        *key = (uint64_t)(1e9 * hr_seconds());
    return hr_broadcast(comm, key, sizeof *key, 0, err);
}

/* The finaliser of SplitMix64 (Steele, Lea & Flood, OOPSLA 2014). */
static uint64_t mix(uint64_t x)
{
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9U;
    x = (x ^ x >> 27) * 0x94D049BB133111EBU;
    return x ^ x >> 31;
}

uint64_t hr_hash_pair(uint64_t key, int64_t user, int64_t movie)
{
    return mix(mix(key + (uint64_t)user) + (uint64_t)movie);
}

uint64_t hr_hash_user(uint64_t key, int64_t user, int64_t first_edge, const int32_t *movie,
                      const float *value, int64_t count)
{
    const uint64_t seed = mix(key + (uint64_t)user) ^ mix((uint64_t)first_edge);
    uint64_t hash = mix(seed + (uint64_t)count);
    if (count > 0)
        hash += hr_checksum_rows(movie, (int64_t)seed, 1, count * (int64_t)sizeof *movie);
    if (count > 0 && value)
        hash += hr_checksum_rows(value, (int64_t)~seed, 1, count * (int64_t)sizeof *value);
    return hash;
}

uint64_t hr_hash_slot(const hr_shard *s, uint64_t key, int64_t slot)
{
    const int64_t first = s->rated_ptr[slot];
    return hr_hash_user(key, hr_user_of(s, slot), s->first_edge[slot], s->rated_movie + first,
                        s->rated_value ? s->rated_value + first : NULL, s->rated_ptr[slot + 1] - first);
}
