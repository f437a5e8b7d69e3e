/* Ratings of books. */
#include "io/formats/beside.h"
#include "io/formats/format.h"
#include "io/readers/rating_table.h"
#include "io/side/item_list.h"

/* Book-Crossing */

static const hr_item_form books = {.table = {.names = HR_ITEM_NAMES("isbn")}};
static const hr_beside book_files[] = {
    {.names = "BX-Books.csv BX_Books.csv Books.csv", .form = &books, .items = hr_read_item_list}, {0}};

static bool is_book_crossing(const char *path, hr_text_piece sample)
{
    (void)path;
    return hr_first_line_has(sample, "isbn") && hr_first_line_has(sample, "bookrating");
}

/* 0 stands for a book that was read and not rated. */
static hr_status add_book_crossing(hr_source *source, const char *path, uint8_t split, hr_error *err)
{
    hr_source_know_scale(source, 0, 10);
    return hr_table_add(source, path, split, &(hr_table_wish){0}, err);
}

static hr_status add_any(hr_source *source, const char *path, uint8_t split, hr_error *err)
{
    return hr_table_add(source, path, split, &(hr_table_wish){0}, err);
}

static hr_status beside_books(hr_source *source, const hr_listing *listing, const char *file, hr_error *err)
{
    (void)file;
    return hr_beside_add(source, listing, book_files, err);
}

const hr_format hr_format_book_crossing = {
    .name = "book-crossing",
    .summary = "BX-Book-Ratings.csv, titles and years of BX-Books.csv",
    .ratings = "BX-Book-Ratings.csv BX_Book_Ratings.csv Book-Ratings.csv Ratings.csv",
    .is_like = is_book_crossing,
    .add = add_book_crossing,
    .beside = beside_books,
};

/* goodbooks-10k: Kaggle's first version numbers books by `id`, and book_id is Goodreads' there. */

static const hr_item_form goodbooks = {.table = {.names = HR_ITEM_NAMES("id bookid")}};
static const hr_beside goodbooks_files[] = {
    {.names = "books.csv", .form = &goodbooks, .items = hr_read_item_list}, {0}};

static bool is_goodbooks(const char *path, hr_text_piece sample)
{
    (void)path;
    return hr_first_line_has(sample, "bookid") && hr_first_line_has(sample, "rating");
}

static hr_status beside_goodbooks(hr_source *source, const hr_listing *listing, const char *file,
                                  hr_error *err)
{
    (void)file;
    hr_source_know_scale(source, 1, 5);
    return hr_beside_add(source, listing, goodbooks_files, err);
}

const hr_format hr_format_goodbooks = {
    .name = "goodbooks",
    .summary = "goodbooks-10k: ratings.csv, titles and years of books.csv",
    .ratings = "ratings.csv",
    .is_like = is_goodbooks,
    .add = add_any,
    .beside = beside_goodbooks,
};
