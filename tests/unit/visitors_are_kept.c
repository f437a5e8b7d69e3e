/* The file of visitors: what is written is read again by the server and by training, and nothing of one visitor is another's. */
#include "io/visitors/visitor_ratings.h"
#include "tests/support/cmocka_tests.h"
#include "tests/support/folder.h"
#include "trainer/serve/store/accounts.h"
#include "trainer/serve/store/movies.h"
#include "trainer/serve/store/opinions.h"
#include "trainer/serve/store/people.h"
#include "trainer/serve/store/tokens.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { NOW = 1000 };

static hr_store store;
static hr_error err;

static int open_store(void **state)
{
    make_folder(state);
    assert_true(sodium_init() >= 0);
    assert_ok(hr_store_open(&store, in_folder("v.db"), &err));
    return 0;
}

static int close_store(void **state)
{
    hr_store_close(&store);
    return remove_folder(state);
}

static int64_t new_visitor(void)
{
    int64_t visitor;
    assert_ok(hr_store_add_visitor(&store, NOW, &visitor, &err));
    return visitor;
}

/* The ratings of a visitor as "movie=value movie=value". */
static const char *ratings_of(int64_t visitor)
{
    static char text[200];
    hr_opinions ratings = {0};
    size_t used = 0;
    text[0] = '\0';
    assert_ok(hr_store_ratings_of(&store, visitor, &ratings, &err));
    for (int64_t i = 0; i < ratings.count; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s=%g", i ? " " : "",
                                 hr_strings_at(&ratings.movie, i), ratings.value[i]);
    hr_opinions_free(&ratings);
    return text;
}

static void each_visitor_has_ratings_of_their_own(void **state)
{
    (void)state;
    const int64_t a = new_visitor(), b = new_visitor();
    int64_t removed;
    assert_true(a > HR_FIRST_VISITOR && b == a + 1);
    assert_ok(hr_store_rate(&store, a, "7", 4.5, NOW, &err));
    assert_ok(hr_store_rate(&store, a, "tt'; DROP TABLE rating; --", 1, NOW + 1, &err));
    assert_ok(hr_store_rate(&store, b, "7", 2, NOW, &err));
    assert_ok(hr_store_rate(&store, a, "7", 3, NOW + 2, &err));
    assert_string_equal(ratings_of(a), "7=3 tt'; DROP TABLE rating; --=1");
    assert_string_equal(ratings_of(b), "7=2");
    assert_ok(hr_store_unrate(&store, a, "7", &removed, &err));
    assert_int_equal(removed, 1);
    assert_string_equal(ratings_of(a), "tt'; DROP TABLE rating; --=1");
    assert_ok(hr_store_unrate(&store, a, NULL, &removed, &err));
    assert_string_equal(ratings_of(a), "");
    assert_string_equal(ratings_of(b), "7=2");
    assert_fails(hr_store_rate(&store, b + 100, "7", 1, NOW, &err), HR_USAGE, "FOREIGN KEY");
}

static void clicks_count_until_the_movie_is_rated(void **state)
{
    (void)state;
    const int64_t a = new_visitor();
    hr_opinions clicks = {0};
    assert_ok(hr_store_click(&store, a, "1", NOW, &err));
    assert_ok(hr_store_click(&store, a, "2", NOW + 1, &err));
    assert_ok(hr_store_click(&store, a, "3", NOW + 2, &err));
    assert_ok(hr_store_rate(&store, a, "3", 5, NOW + 3, &err));
    assert_ok(hr_store_clicks_of(&store, a, 1, &clicks, &err));
    assert_int_equal(clicks.count, 1);
    assert_string_equal(hr_strings_at(&clicks.movie, 0), "2");
    hr_opinions_free(&clicks);
}

static int64_t owner(const char *token, hr_token_kind kind, int64_t now)
{
    hr_token found;
    assert_ok(hr_store_find_token(&store, token, kind, now, &found, &err));
    return found.visitor;
}

static void tokens_are_valid_for_a_time(void **state)
{
    (void)state;
    const int64_t a = new_visitor();
    char token[HR_TOKEN_SIZE], other[HR_TOKEN_SIZE];
    assert_ok(hr_store_issue_token(&store, a, HR_SESSION, "", NOW, NOW + 10, token, &err));
    assert_ok(hr_store_issue_token(&store, a, HR_BEARER, "a program", NOW, NOW + 10, other, &err));
    assert_int_equal(strlen(token), HR_TOKEN_SIZE - 1);
    assert_int_equal(owner(token, HR_SESSION, NOW + 9), a);
    assert_int_equal(owner(token, HR_SESSION, NOW + 10), 0);
    assert_int_equal(owner(token, HR_BEARER, NOW), 0);
    assert_int_equal(owner(other, HR_BEARER, NOW), a);
    token[5] = token[5] == 'A' ? 'B' : 'A';
    assert_int_equal(owner(token, HR_SESSION, NOW), 0);
    assert_int_equal(owner("", HR_SESSION, NOW), 0);
    assert_int_equal(owner("' OR 1 = 1 --", HR_SESSION, NOW), 0);
}

static void names_are_one_whatever_their_capitals(void **state)
{
    (void)state;
    const int64_t a = new_visitor(), b = new_visitor();
    hr_account account;
    assert_ok(hr_store_register(&store, a, "\u00c9mile", "hash", NOW, &err));
    assert_fails(hr_store_register(&store, b, "\u00e9MILE", "hash", NOW, &err), HR_USAGE, "UNIQUE");
    assert_fails(hr_store_register(&store, a, "Zola", "hash", NOW, &err), HR_USAGE, "UNIQUE");
    assert_ok(hr_store_account_named(&store, "E\u0301mile", &account, &err));
    assert_int_equal(account.visitor, a);
    assert_string_equal(account.name, "\u00c9mile");
    assert_ok(hr_store_account_named(&store, "nobody", &account, &err));
    assert_int_equal(account.visitor, 0);
    const char *const refused[] = {"", " a", "a ", "a\tb", "a\u202eb", "a\xff", "a\u200bb"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_int_equal(hr_store_register(&store, b, refused[i], "hash", NOW, &err), HR_USAGE);
}

static void an_account_is_removed_with_all_of_its_own(void **state)
{
    (void)state;
    const int64_t a = new_visitor(), b = new_visitor();
    const hr_kept_picture kept = {.type = "image/png",
                                  .width = 2,
                                  .height = 3,
                                  .created = NOW,
                                  .size = 3,
                                  .bytes = (unsigned char *)"PNG"};
    char token[HR_TOKEN_SIZE];
    int64_t movie, who;
    bool is_there;
    hr_kept_picture picture;
    assert_ok(hr_store_register(&store, a, "a", "hash", NOW, &err));
    assert_ok(hr_store_issue_token(&store, a, HR_SESSION, "", NOW, NOW + 10, token, &err));
    assert_ok(hr_store_add_movie(&store, a, "Mine", 1999, "Drama|Comedy", NOW, 1, &movie, &err));
    assert_fails(hr_store_add_movie(&store, a, "More", 0, "", NOW, 1, &who, &err), HR_USAGE, "at most 1");
    assert_ok(hr_store_keep_picture(&store, movie, &kept, &err));
    assert_ok(hr_store_read_picture(&store, movie, &picture, &err));
    assert_memory_equal(picture.bytes, "PNG", 3);
    free(picture.bytes);
    assert_ok(hr_store_rate(&store, a, "1", 1, NOW, &err));
    assert_ok(hr_store_rate(&store, b, "1", 2, NOW, &err));
    assert_ok(hr_store_remove_visitor(&store, a, &err));
    assert_string_equal(ratings_of(a), "");
    assert_string_equal(ratings_of(b), "1=2");
    assert_int_equal(owner(token, HR_SESSION, NOW), 0);
    assert_ok(hr_store_movie_owner(&store, movie, &who, &is_there, &err));
    assert_true(is_there && who == 0);
    assert_ok(hr_store_read_picture(&store, movie, &picture, &err));
    assert_null(picture.bytes);
    assert_true(new_visitor() > b);
}

static void ratings_move_and_the_later_one_stays(void **state)
{
    (void)state;
    const int64_t a = new_visitor(), b = new_visitor();
    assert_ok(hr_store_rate(&store, a, "1", 1, NOW, &err));
    assert_ok(hr_store_rate(&store, a, "2", 2, NOW + 5, &err));
    assert_ok(hr_store_rate(&store, b, "1", 3, NOW + 3, &err));
    assert_ok(hr_store_rate(&store, b, "2", 4, NOW + 3, &err));
    assert_ok(hr_store_merge_visitor(&store, a, b, &err));
    assert_string_equal(ratings_of(b), "2=2 1=3");
    assert_string_equal(ratings_of(a), "");
}

static void training_reads_what_is_there(void **state)
{
    (void)state;
    hr_store one = {0};
    hr_visitor_ratings ratings = {0};
    hr_added_movies movies = {0};
    int64_t visitor, movie;
    struct stat found;
    assert_ok(hr_store_open(&one, in_folder("one.db"), &err));
    assert_int_equal(stat(in_folder("one.db"), &found), 0);
    assert_int_equal(found.st_mode & 0077, 0);
    assert_ok(hr_store_add_visitor(&one, NOW, &visitor, &err));
    assert_ok(hr_store_add_movie(&one, visitor, "Mine", 1999, "Drama|Comedy", NOW, 9, &movie, &err));
    assert_ok(hr_store_rate(&one, visitor, "31", 3.5, NOW, &err));
    assert_ok(hr_visitors_read(in_folder("one.db"), &ratings, &movies, &err));
    assert_int_equal(ratings.count, 1);
    assert_int_equal(ratings.user[0], HR_FIRST_VISITOR + 1);
    assert_string_equal(hr_strings_at(&ratings.movie, 0), "31");
    assert_true(ratings.value[0] == 3.5F && ratings.time[0] == NOW);
    assert_int_equal(movies.count, 1);
    assert_int_equal(movies.id[0], HR_FIRST_VISITOR + 1);
    assert_string_equal(hr_strings_at(&movies.title, 0), "Mine");
    assert_string_equal(hr_strings_at(&movies.genres, 0), "Drama|Comedy");
    hr_visitor_ratings_free(&ratings);
    hr_added_movies_free(&movies);
    hr_store_close(&one);
}

static void strangers_are_refused(void **state)
{
    (void)state;
    hr_sql *db;
    hr_visitor_ratings none = {0};
    assert_fails(hr_visitors_read(in_folder("no.db"), &none, NULL, &err), HR_IO, "no.db");
    write_file("text.db", "this is no database, though it is long enough to be taken for the start of one\n");
    assert_fails(hr_visitors_read(in_folder("text.db"), &none, NULL, &err), HR_INPUT, "text.db");
    assert_ok(hr_sql_open(&db, in_folder("other.db"), HR_SQL_CREATES, &err));
    assert_ok(hr_sql_run(db, &err, "CREATE TABLE t (x)", HR_SQL_NO_VALUES));
    hr_sql_close(db);
    assert_fails(hr_visitors_open(&db, in_folder("other.db"), HR_SQL_CREATES, &err), HR_INPUT,
                 "another SQLite");
    assert_ok(hr_visitors_open(&db, in_folder("newer.db"), HR_SQL_CREATES, &err));
    assert_ok(hr_sql_run(db, &err, "PRAGMA user_version = 2", HR_SQL_NO_VALUES));
    hr_sql_close(db);
    assert_fails(hr_visitors_open(&db, in_folder("newer.db"), HR_SQL_CREATES, &err), HR_INPUT, "version 2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_visitor_has_ratings_of_their_own),
        cmocka_unit_test(clicks_count_until_the_movie_is_rated),
        cmocka_unit_test(tokens_are_valid_for_a_time),
        cmocka_unit_test(names_are_one_whatever_their_capitals),
        cmocka_unit_test(an_account_is_removed_with_all_of_its_own),
        cmocka_unit_test(ratings_move_and_the_later_one_stays),
        cmocka_unit_test(training_reads_what_is_there),
        cmocka_unit_test(strangers_are_refused),
    };
    return cmocka_run_group_tests(tests, open_store, close_store);
}
