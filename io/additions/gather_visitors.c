#include "io/additions/visitor_rows.h"
#include "io/base/memory.h"

static hr_status make_room_for_strings(hr_strings *s, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(s->start, s->count);
    HR_ALLOC(s->bytes, s->used);
    s->start_capacity = s->count;
    s->byte_capacity = s->used;
done:
    return status;
}

/* Gives all ranks rank 0's. */
static hr_status share_strings(const hr_comm *comm, hr_strings *s, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_broadcast(comm, &s->count, sizeof s->count, 0, err));
    HR_TRY(hr_broadcast(comm, &s->used, sizeof s->used, 0, err));
    if (comm->rank > 0)
        status = make_room_for_strings(s, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_broadcast(comm, s->start, s->count * (int64_t)sizeof *s->start, 0, err));
    HR_TRY(hr_broadcast(comm, s->bytes, s->used, 0, err));
done:
    return status;
}

static hr_status make_room_for_ratings(hr_visitor_ratings *r, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(r->user, r->count);
    HR_ALLOC(r->value, r->count);
    HR_ALLOC(r->time, r->count);
    r->user_capacity = r->value_capacity = r->time_capacity = r->count;
done:
    return status;
}

static hr_status share_ratings(const hr_comm *comm, hr_visitor_ratings *r, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_broadcast(comm, &r->count, sizeof r->count, 0, err));
    if (comm->rank > 0)
        status = make_room_for_ratings(r, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_broadcast(comm, r->user, r->count * (int64_t)sizeof *r->user, 0, err));
    HR_TRY(hr_broadcast(comm, r->value, r->count * (int64_t)sizeof *r->value, 0, err));
    HR_TRY(hr_broadcast(comm, r->time, r->count * (int64_t)sizeof *r->time, 0, err));
    HR_TRY(share_strings(comm, &r->movie, err));
done:
    return status;
}

static hr_status make_room_for_movies(hr_added_movies *m, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(m->id, m->count);
    HR_ALLOC(m->year, m->count);
    m->id_capacity = m->year_capacity = m->count;
done:
    return status;
}

static hr_status share_movies(const hr_comm *comm, hr_added_movies *m, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_broadcast(comm, &m->count, sizeof m->count, 0, err));
    if (comm->rank > 0)
        status = make_room_for_movies(m, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_broadcast(comm, m->id, m->count * (int64_t)sizeof *m->id, 0, err));
    HR_TRY(hr_broadcast(comm, m->year, m->count * (int64_t)sizeof *m->year, 0, err));
    HR_TRY(share_strings(comm, &m->title, err));
    HR_TRY(share_strings(comm, &m->genres, err));
done:
    return status;
}

hr_status hr_visitors_gather(hr_visitors *v, const hr_comm *comm, const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    if (comm->rank == 0)
        status = hr_visitors_read(path, &v->ratings, &v->movies, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(share_ratings(comm, &v->ratings, err));
    HR_TRY(share_movies(comm, &v->movies, err));
done:
    return status;
}

void hr_visitors_free(hr_visitors *v)
{
    hr_visitor_ratings_free(&v->ratings);
    hr_added_movies_free(&v->movies);
}
