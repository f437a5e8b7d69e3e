#include "trainer/serve/api/lazy.h"

void hr_lazy_begin(hr_lazy *lazy)
{
    *lazy = (hr_lazy){.made = false};
    pthread_mutex_init(&lazy->lock, NULL);
}

void hr_lazy_end(hr_lazy *lazy)
{
    pthread_mutex_destroy(&lazy->lock);
}

bool hr_lazy_is_made(hr_lazy *lazy)
{
    if (pthread_mutex_trylock(&lazy->lock) != 0)
        return false;
    const bool made = lazy->made;
    pthread_mutex_unlock(&lazy->lock);
    return made;
}

hr_status hr_lazy_make(hr_lazy *lazy, hr_status (*make)(void *context, hr_error *err), void *context,
                       hr_error *err)
{
    pthread_mutex_lock(&lazy->lock);
    if (!lazy->made) {
        lazy->status = make(context, &lazy->error);
        lazy->made = lazy->status != HR_MEMORY && lazy->status != HR_IO;
    }
    const hr_status status = lazy->status;
    if (status != HR_OK)
        *err = lazy->error;
    pthread_mutex_unlock(&lazy->lock);
    return status;
}
