#include "trainer/recommend/known_movies.h"

#include "io/base/memory.h"
#include "io/dataset/dataset.h"

static void add(hr_similarities *all, hr_similarity similarity)
{
    all->by[all->count++] = similarity;
}

static hr_status read_genres(hr_known_movies *known, hr_h5 *file, int64_t movies, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_genres_read(file, movies, &known->genres, err));
    if (known->genres.name.count > 0)
        add(&known->similarity, hr_genre_similarity(&known->genres));
done:
    return status;
}

static hr_status read_tags(hr_known_movies *known, hr_h5 *file, hr_error *err)
{
    hr_status status = HR_OK;
    hr_text text = {0};
    if (hr_h5_content_of(file, "text/ptr") == HR_H5_NONE)
        return HR_OK;
    HR_TRY(hr_dataset_read_text(file, &text, err));
    HR_TRY(hr_tag_rows_create(&known->tags, &text, err));
    if (known->tags.ptr[text.movies] > 0)
        add(&known->similarity, hr_tag_similarity(&known->tags));
done:
    hr_text_free(&text);
    return status;
}

static hr_status read_known(hr_known_movies *known, const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    hr_dataset_summary summary;
    HR_TRY(hr_dataset_open(&file, &summary, path, err));
    HR_TRY(read_genres(known, file, summary.movies, err));
    HR_TRY(read_tags(known, file, err));
done:
    hr_h5_close(file);
    return status;
}

hr_status hr_known_movies_read(hr_known_movies *known, const hr_comm *comm, const char *path, hr_error *err)
{
    const hr_status status = read_known(known, path, err);
    return hr_agree(comm, status, NULL, err);
}

void hr_known_movies_free(hr_known_movies *known)
{
    hr_genres_free(&known->genres);
    hr_tag_rows_free(&known->tags);
    *known = (hr_known_movies){0};
}
