/* Data sets as their publishers lay them out: which files are read, which columns, which split, what is known of items,
 * which tags; read whole or in shares. Side files cost no rating. */
#include "tests/support/cmocka_tests.h"
#include "tests/support/folder.h"
#include "tests/support/read_source.h"

#include <stdio.h>
#include <stdlib.h>
#include <zip.h>

/* Files of a folder and what comes of it. NULL is not compared. */
typedef struct format_case {
    const char *what;
    source_files file;
    const char *from; /* below the case's folder */
    hr_source_options options;
    const char *rows, *parts, *items, *tags, *side, *said;
} format_case;

#define RATINGS                                                                                              \
    "userId,movieId,rating,timestamp\n1,31,2.5,1260759144\n2,31,3,1260759145\n2,862,4,1260759146\n"
#define THREE "1 31 2.5 1260759144\n2 31 3 1260759145\n2 862 4 1260759146\n"
#define ITEM_20 "|http://x|0|0|0|1|0|1|0|0|1|0|0|0|0|0|0|0|0|0|0\n"

static const format_case cases[] = {
    {.what = "ml-100k",
     {{"u.data", "196\t242\t3\t881250949\n186\t302\t3\t891717742\n"},
      {"u.item", "242|Kolya (1996)|24-Jan-1997|" ITEM_20 "302|L'\xE9toile|01-Jan-1997|" ITEM_20},
      {"u1.base", "196\t242\t3\t881250949\n"},
      {"u1.test", "186\t302\t3\t891717742\n"}},
     "",
     {0},
     "196 242 3 881250949\n186 302 3 891717742\n",
     "tt",
     "242 [Kolya (1996)] Animation|Comedy|Drama 0 0 0\n302 [L'étoile] Animation|Comedy|Drama 0 0 0\n",
     "",
     ""},
    {.what = "ml-100k, a given split",
     {{"u.data", "1\t2\t3\t4\n"},
      {"u.item", "242|Kolya (1996)|24-Jan-1997|" ITEM_20},
      {"u1.base", "196\t242\t3\t881250949\n"},
      {"u1.test", "186\t302\t3\t891717742\n"},
      {"ua.base", "5\t5\t5\t5\n"},
      {"ua.test", "6\t6\t6\t6\n"}},
     "",
     {.given = "u1"},
     "196 242 3 881250949\n186 302 3 891717742\n",
     "te",
     "242 [Kolya (1996)] Animation|Comedy|Drama 0 0 0\n"},
    {.what = "ml-100k, a file of a given split",
     {{"u1.base", "196\t242\t3\t881250949\n"}, {"u1.test", "186\t302\t3\t891717742\n"}},
     "u1.base",
     {0},
     "196 242 3 881250949\n186 302 3 891717742\n",
     "te"},
    {.what = "ml-1m",
     {{"ratings.dat", "1::1193::5::978300760\n1::661::3::978302109\n"},
      {"movies.dat",
       "1193::One Flew \"Over\" (1975)::Drama\n661::James::Animation|Children's|Musical\nx::y\n"},
      {"users.dat", "1::F::1::10::48067\n"}},
     "",
     {0},
     "1 1193 5 978300760\n1 661 3 978302109\n",
     "tt",
     "1193 [One Flew \"Over\" (1975)] Drama 0 0 0\n661 [James] Animation|Children's|Musical 0 0 0\n",
     "",
     "movies.dat:3: found 2 fields, expected 3\n1 bad\n"},
    {.what = "ml-10m, a given split",
     {{"ratings.dat", "1::122::5::838985046\n"},
      {"movies.dat", "122::Boomerang (1992)::Comedy|Romance\n"},
      {"tags.dat", "15::4973::excellent!::1215184630\n20::1747::po\"litics::1188263867\n"},
      {"ra.train", "1::122::5::838985046\n"},
      {"ra.test", "1::185::4.5::838983525\n"}},
     "",
     {.given = "ra"},
     "1 122 5 838985046\n1 185 4.5 838983525\n",
     "te",
     "122 [Boomerang (1992)] Comedy|Romance 0 0 0\n",
     "15 4973 [excellent!] 1215184630\n20 1747 [po\"litics] 1188263867\n"},
    {.what = "CSV, with all kinds of bad side lines",
     {{"ratings.csv", RATINGS},
      {"movies.csv",
       "movieId,title,genres\r\n31,American President, The (1995),Drama\r\n862,\"Am\xC3\xA9lie, \"\"2\"\"\n"
       "(2001)\",(no genres listed)\r\n,x,y\r\n"},
      {"links.csv", "movieId,imdbId,tmdbId\n31,tt0114709,862.0\n862,,\n1,x,2\n"},
      {"tags.csv",
       "userId,movieId,tag,timestamp\n1,31,say \"hi\",1445714994\n1,31, =cmd ,1445714994\n1,31,t,noon\n"
       "1,31,\"two\nlines\",1\n"}},
     "",
     {0},
     THREE,
     "ttt",
     "862 [Amélie, \"2\"\n(2001)]  0 0 0\n31 []  0 114709 862\n862 []  0 0 0\n",
     "1 31 [=cmd] 1445714994\n1 31 [two\nlines] 1\n",
     "movies.csv:2: found 4 fields, expected 3 as in the header\nmovies.csv:5: the id is empty\n"
     "links.csv:4: found imdbId \"x\", expected a whole number\ntags.csv:2: a quote inside a field\n"
     "tags.csv:4: found time \"noon\", expected seconds since 1970, a date such as 2005-09-06, or a date and "
     "time\n5 bad\n"},
    {.what = "CSV, side files without what is needed",
     {{"ratings.csv", RATINGS},
      {"movies.csv", "a,b\n1,2\n"},
      {"tags.csv", ""},
      {"links.csv", "movieId,x\n31,3\n"}},
     "ratings.csv",
     {0},
     THREE,
     "ttt",
     "",
     "",
     "movies.csv:1: not read: the header has no column movieid itemid id: found \"a\", …\n"
     "links.csv:1: not read: the header has no column title movietitle booktitle name animename "
     "originaltitle game appname "
     "artistname productname: found \"movieId\", …\n2 bad\n"},
    {.what = "Kaggle's ml-20m",
     {{"rating.csv", "\"userId\",\"movieId\",\"rating\",\"timestamp\"\n1,31,2.5,\"2005-04-02 23:53:47\"\n"},
      {"movie.csv", "\"movieId\",\"title\",\"genres\"\n31,\"Toy Story (1995)\",\"Adventure|Animation\"\n"},
      {"link.csv", "\"movieId\",\"imdbId\",\"tmdbId\"\n31,\"0114709\",\"862\"\n"},
      {"tag.csv",
       "\"userId\",\"movieId\",\"tag\",\"timestamp\"\n18,4141,\"Mark Waters\",\"2009-04-24 18:19:40\"\n"}},
     "",
     {0},
     "1 31 2.5 1112486027\n",
     "t",
     "31 [Toy Story (1995)] Adventure|Animation 0 0 0\n31 []  0 114709 862\n",
     "18 4141 [Mark Waters] 1240597180\n"},
    {.what = "Kaggle's The Movies Dataset",
     {{"ratings_small.csv", RATINGS},
      {"links_small.csv", "movieId,imdbId,tmdbId\n862,0114709,862\n"},
      {"links.csv", "movieId,imdbId,tmdbId\n1,0114709,862\n"},
      {"movies_metadata.csv",
       "adult,genres,id,imdb_id,release_date,title\nFalse,\"[{'id': 16, 'name': 'Animation'}, {'id': 1, "
       "'name': "
       "\"\"Children's\"\"}]\",862,tt0114709,1995-10-30,Toy Story\nFalse,[],5,tt1,,Else\n - "
       "Written,x,1997-08-20,0,1,NaN\n"}},
     "",
     {0},
     THREE,
     "ttt",
     "862 []  0 114709 862\n862 [Toy Story] Animation|Children's 1995 114709 0\n",
     "",
     "movies_metadata.csv:4: found id \"1997-08-20\", expected a whole number\n1 bad\n"},
    {.what = "RecBole",
     {{"ml.inter", "user_id:token\titem_id:token\trating:float\ttimestamp:float\n901\t242\t3\t8.8e+08\n"},
      {"ml.item",
       "item_id:token\tmovie_title:token_seq\trelease_year:token\tclass:token_seq\n242\tToy \"Story\" "
       "2\t1995\tAnimation Children's Comedy\n"},
      {"ml.user", "user_id:token\tage:token\n901\t3\n"}},
     "",
     {0},
     "901 242 3 880000000\n",
     "t",
     "242 [Toy \"Story\" 2] Animation|Children's|Comedy 1995 0 0\n"},
    {.what = "RecBole, parts of a split, other names",
     {{"x.part1.inter", "user_id:token\tartist_id:token\tweight:float\n1\ta b\t3\n"},
      {"x.part2.inter", "user_id:token\tartist_id:token\tweight:float\n1\tc\t4\n"},
      {"x.part3.inter", "user_id:token\tartist_id:token\tweight:float\n1\td\t5\n"},
      {"x.item", "artist_id:token\tname:token_seq\turl:token\nd\tThe D\thttp\n"}},
     "",
     {0},
     "1 a b 3 -\n1 c 4 -\n1 d 5 -\n",
     "tve",
     "d [The D]  0 0 0\n"},
    {.what = "LightGCN, empty lists, a mark, CRLF",
     {{"train.txt",
       "\xEF\xBB\xBF"
       "0 1 2 \r\n1\r\n\r\n3 1 2\r\n"},
      {"test.txt", "0 3\n7 1\n"}},
     "",
     {0},
     "0 1 1 -\n0 2 1 -\n3 1 1 -\n3 2 1 -\n0 3 1 -\n7 1 1 -\n",
     "ttttee"},
    {.what = "LightGCN, train alone",
     {{"train.txt", "0 1 2\n1 2 3\n"}},
     "train.txt",
     {0},
     "0 1 1 -\n0 2 1 -\n1 2 1 -\n1 3 1 -\n",
     "tttt"},
    {.what = "LightGCN, an item a line, a valid part",
     {{"train.txt", "0\t1\n0\t2\n1\t2\n"}, {"val.txt", "0\t3\n"}, {"test.txt", "1\t3\n"}},
     "",
     {0},
     "0 1 1 -\n0 2 1 -\n1 2 1 -\n0 3 1 -\n1 3 1 -\n",
     "tttve"},
    {.what = "a given split of tables of ratings",
     {{"ml.train.rating", "0\t32\t4\t978824330\n0\t34\t4\t978824330\n1\t2\t3\t4\n"},
      {"ml.test.rating", "0\t25\t5\t978824351\n"}},
     "",
     {0},
     "0 32 4 978824330\n0 34 4 978824330\n1 2 3 4\n0 25 5 978824351\n",
     "ttte",
     NULL,
     NULL,
     NULL,
     "a given split: train ml.train.rating, test ml.test.rating"},
    {.what = "Netflix",
     {{"combined_data_1.txt", "1:\n9000001,3,2005-09-06\n9000002,5,2005-05-13\n2:\n9000003,4,2005-10-19\n"},
      {"combined_data_2.txt", "3:\r\n9000001,1,2005-09-07\r\n"},
      {"movie_titles.csv", "1,2003,Dinosaur Planet\n2,NULL,L'\xE9toile, A\nx\n"},
      {"probe.txt", "1:\n30878\n"}},
     "",
     {0},
     "9000001 1 3 1125964800\n9000002 1 5 1115942400\n9000003 2 4 1129680000\n9000001 3 1 1126051200\n",
     "tttt",
     "1 [Dinosaur Planet]  2003 0 0\n2 [L'étoile, A]  0 0 0\n",
     "",
     "movie_titles.csv:3: found \"x\", expected MOVIE,YEAR,TITLE\n1 bad\n"},
    {.what = "Netflix, a file a movie",
     {{"training_set/mv_0000001.txt", "1:\n1488844,3,2005-09-06\n"},
      {"training_set/mv_0000002.txt", "2:\n1488844,5,2005-09-06\n822109,4,2005-05-13\n"},
      {"movie_titles.txt", "1,2003,Dinosaur Planet\n"}},
     "training_set",
     {0},
     "1488844 1 3 1125964800\n1488844 2 5 1125964800\n822109 2 4 1115942400\n",
     "ttt",
     "1 [Dinosaur Planet]  2003 0 0\n"},
    {.what = "Book-Crossing",
     {{"BX-Book-Ratings.csv", "\"User-ID\";\"ISBN\";\"Book-Rating\"\r\n\"276725\";\"034545104X\";\"0\"\r\n"},
      {"BX-Books.csv",
       "\"ISBN\";\"Book-Title\";\"Book-Author\";\"Year-Of-Publication\"\n"
       "\"034545104X\";\"Flesh; Tones\";\"M. J. Rose\";\"2002\"\n\"1\";\"a \\\"b\\\"; c\";\"d\";\"0\"\n"}},
     "",
     {0},
     "276725 034545104X 0 -\n",
     "t",
     "034545104X [Flesh; Tones]  2002 0 0\n",
     "",
     "BX-Books.csv:3: text behind a closing quote\n1 bad\n"},
    {.what = "goodbooks",
     {{"ratings.csv", "user_id,book_id,rating\n1,258,5\n"},
      {"books.csv",
       "book_id,goodreads_book_id,original_publication_year,original_title,title\n258,9,2001.0,La sombra,The "
       "Shadow\n"},
      {"tags.csv", "tag_id,tag_name\n0,-\n"}},
     "",
     {0},
     "1 258 5 -\n",
     "t",
     "258 [The Shadow]  2001 0 0\n",
     "",
     ""},
    {.what = "goodbooks, Kaggle's first version",
     {{"ratings.csv", "book_id,user_id,rating\n258,1,5\n"},
      {"books.csv", "id,book_id,title\n258,9,The Shadow\n"}},
     "",
     {0},
     "1 258 5 -\n",
     "t",
     "258 [The Shadow]  0 0 0\n"},
    {.what = "Amazon 2014, and its list of items in Python's way",
     {{"ratings_Beauty.csv",
       "A39HTATAQ9V7YF,0205616461,5.0,1369699200\nA3JM6GV9MNOF9X,B000052YD8,3.0,1355443200\n"},
      {"meta_Beauty.json",
       "{'asin': '0205616461', 'title': \"Bio-Active 'x'\", 'categories': [['Beauty', 'Skin']], 'p': "
       "None}\n{'asin'\n"}},
     "",
     {0},
     "A39HTATAQ9V7YF 0205616461 5 1369699200\nA3JM6GV9MNOF9X B000052YD8 3 1355443200\n",
     "tt",
     "0205616461 [Bio-Active 'x'] Beauty|Skin 0 0 0\n",
     "",
     "meta_Beauty.json:2: found \"{'asin'\", expected a JSON object\n1 bad\n"},
    {.what = "Amazon 2018, the item first",
     {{"All_Beauty.csv",
       "0143026860,A1V6B6TNIC10QE,1.0,1424304000\nB00006L9LC,A2F5GHSXFQ0W6J,4.0,1418860800\n"}},
     "All_Beauty.csv",
     {0},
     "A1V6B6TNIC10QE 0143026860 1 1424304000\nA2F5GHSXFQ0W6J B00006L9LC 4 1418860800\n",
     "tt"},
    {.what = "Amazon 2014, reviews",
     {{"reviews_Beauty_5.json",
       "{\"reviewerID\": \"A1YJ\", \"asin\": \"7806397051\", \"overall\": 1.0, \"reviewText\": \"a, "
       "\\\"b\\\"\", \"unixReviewTime\": 1391040000, \"reviewTime\": \"01 30, 2014\"}\n"},
      {"meta_Beauty.json", "{\"asin\": \"7806397051\", \"title\": \"WAWO\", \"category\": [\"Beauty\"]}\n"}},
     "",
     {0},
     "A1YJ 7806397051 1 1391040000\n",
     "t",
     "7806397051 [WAWO] Beauty 0 0 0\n"},
    {.what = "Amazon 2023, reviews",
     {{"All_Beauty.jsonl",
       "{\"rating\": 5.0, \"title\": \"x\", \"asin\": \"B00YQ\", \"parent_asin\": \"B00P\", \"user_id\": "
       "\"AGKHLEW\", \"timestamp\": 1588687728923}\n"},
      {"meta_All_Beauty.jsonl",
       "{\"main_category\": \"B\", \"title\": \"Howard\", \"parent_asin\": \"B00P\", \"categories\": []}\n"}},
     "All_Beauty.jsonl",
     {0},
     "AGKHLEW B00P 5 1588687728\n",
     "t",
     "B00P [Howard]  0 0 0\n"},
    {.what = "Amazon 2023, a given split",
     {{"X.train.csv", "user_id,parent_asin,rating,timestamp\nAE,B0,5.0,1588687728923\n"},
      {"X.valid.csv", "user_id,parent_asin,rating,timestamp\nAE,B1,4.0,1588687729923\n"},
      {"X.test.csv", "user_id,parent_asin,rating,timestamp\nAE,B2,3.0,1588687730923\n"}},
     "",
     {0},
     "AE B0 5 1588687728\nAE B1 4 1588687729\nAE B2 3 1588687730\n",
     "tve"},
    {.what = "Last.fm 360k",
     {{"usersha1-artmbid-artname-plays.tsv",
       "00000c289a\t3bd73256\t\"weird al\" yankovic\t2137\n00000c289a\t\tdie Ärzte\t1099\n"}},
     "",
     {0},
     "00000c289a \"weird al\" yankovic 2137 -\n00000c289a die Ärzte 1099 -\n",
     "tt"},
    {.what = "Last.fm 1k",
     {{"userid-timestamp-artid-artname-traid-traname.tsv",
       "user_1\t2009-05-04T23:08:57Z\tf1b1\tDeep Dish\t\tFuck Me\n"}},
     "",
     {0},
     "user_1 Deep Dish 1 1241478537\n",
     "t"},
    {.what = "HetRec, Last.fm",
     {{"user_artists.dat", "userID\tartistID\tweight\n2\t51\t13883\n"},
      {"artists.dat", "id\tname\turl\tpictureURL\n51\tDuran \"D\" Duran\thttp://x\n"},
      {"tags.dat", "tagID\ttagValue\n1\tmetal\n"},
      {"user_taggedartists-timestamps.dat",
       "userID\tartistID\ttagID\ttimestamp\n2\t51\t1\t1238536800000\n2\t51\t9\t1\n"}},
     "",
     {0},
     "2 51 13883 -\n",
     "t",
     "51 [Duran \"D\" Duran]  0 0 0\n",
     "2 51 [metal] 1238536800\n",
     "user_taggedartists-timestamps.dat:3: found tag number \"9\", which no tag has\n1 bad\n"},
    {.what = "HetRec, MovieLens",
     {{"user_ratedmovies-timestamps.dat", "userID\tmovieID\trating\ttimestamp\n75\t3\t1\t1162160236000\n"},
      {"movies.dat", "id\ttitle\timdbID\tspanishTitle\tyear\n1\tToy story\t0114709\tToy story\t1995\n"},
      {"movie_genres.dat", "movieID\tgenre\n1\tAdventure\n1\tAnimation\n2\tFantasy\n"}},
     "",
     {0},
     "75 3 1 1162160236\n",
     "t",
     "1 [Toy story]  1995 114709 0\n1 [] Adventure|Animation 0 0 0\n2 [] Fantasy 0 0 0\n"},
    {.what = "Steam",
     {{"steam-200k.csv",
       "151603712,\"The Elder Scrolls V, Skyrim\",purchase,1.0,0\n151603712,\"The Elder Scrolls V, "
       "Skyrim\",play,273.0,0\n"}},
     "",
     {0},
     "151603712 The Elder Scrolls V, Skyrim 1 -\n151603712 The Elder Scrolls V, Skyrim 273 -\n",
     "tt"},
    {.what = "Gowalla",
     {{"loc-gowalla_totalCheckins.txt", "0\t2010-10-19T23:55:27Z\t30.2359091167\t-97.7951395833\t22847\n"}},
     "",
     {0},
     "0 22847 1 1287532527\n",
     "t"},
    {.what = "Matrix Market, reals",
     {{"r.mtx", "%%MatrixMarket matrix coordinate real general\n% a comment\n%\n3 4 2\n1 1 2.5\n3 4 1e1\n"}},
     "",
     {0},
     "1 1 2.5 -\n3 4 10 -\n",
     "tt"},
    {.what = "Matrix Market, a pattern",
     {{"r.mtx", "%%MatrixMarket matrix coordinate pattern symmetric\n3 3 2\n1 1\n3 1\n"}},
     "r.mtx",
     {0},
     "1 1 1 -\n3 1 1 -\n1 3 1 -\n",
     "ttt"},
    {.what = "JSON lines of others",
     {{"yelp.json",
       "{\"review_id\":\"x\",\"user_id\":\"hG7\",\"business_id\":\"tnh\",\"score\":1,\"date\":\"2013-05-07 "
       "04:34:36\"}\n"}},
     "yelp.json",
     {0},
     "hG7 tnh 1 1367901276\n",
     "t"},
};

/* Without the folder of the test in it. */
static void without_folder(char *text)
{
    const char *folder = in_folder("case/");
    for (char *at = strstr(text, folder); at; at = strstr(at, folder))
        memmove(at, at + strlen(folder), strlen(at + strlen(folder)) + 1);
}

static void expect(const format_case *c, const char *what, const char *found, const char *expected)
{
    if (expected && strcmp(found, expected) != 0)
        fail_msg("%s, %s: found\n%s\nexpected\n%s", c->what, what, found, expected);
}

static void expect_read(const format_case *c, const char *path)
{
    static read_text got;
    hr_error err = {""};
    for (int64_t pieces = 1; pieces <= 40; pieces = pieces * 2 + 1) {
        if (read_source(path, &c->options, pieces, &got, &err) != HR_OK)
            fail_msg("%s in %d shares: %s", c->what, (int)pieces, err.text);
        expect(c, "ratings", got.rows, c->rows);
        expect(c, "parts", got.parts, c->parts);
    }
    if (c->said && !strstr(got.said, c->said))
        fail_msg("%s: found %s, expected %s", c->what, got.said, c->said);
    if (read_side(path, &c->options, &got, &err) != HR_OK)
        fail_msg("%s: %s", c->what, err.text);
    without_folder(got.side);
    expect(c, "items", got.items, c->items);
    expect(c, "tags", got.tags, c->tags);
    expect(c, "side files", got.side, c->side);
}

static void each_gives_what_it_holds(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char path[512];
        make_source(cases[i].file);
        snprintf(path, sizeof path, "%s%s", in_folder("case/"), cases[i].from);
        expect_read(&cases[i], path);
    }
}

static void add_member(zip_t *zip, const char *name, const void *bytes, size_t count)
{
    zip_source_t *source = zip_source_buffer(zip, bytes, count, 0);
    assert_true(source && zip_file_add(zip, name, source, ZIP_FL_OVERWRITE) >= 0);
}

/* The same files in a zip, one folder down, as publishers pack them. */
static void a_zip_is_a_folder(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const format_case *c = &cases[i];
        char path[512], name[256];
        if (c->side && strchr(c->side, ':')) /* messages have another path */
            continue;
        snprintf(path, sizeof path, "%s", in_folder("packed.zip"));
        remove(path);
        zip_t *zip = zip_open(path, ZIP_CREATE, NULL);
        assert_non_null(zip);
        for (int f = 0; f < SOURCE_FILES && c->file[f][0]; f++) {
            snprintf(name, sizeof name, "data/%s", c->file[f][0]);
            add_member(zip, name, c->file[f][1], strlen(c->file[f][1]));
        }
        assert_int_equal(zip_close(zip), 0);
        if (*c->from) {
            const size_t length = strlen(path);
            const bool folder = !strchr(c->from, '.');
            snprintf(path + length, sizeof path - length, ":data/%s%s", c->from, folder ? "/" : "");
            if (folder) /* titles above it are not searched in a zip */
                continue;
        }
        expect_read(c, path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_gives_what_it_holds),
                                       cmocka_unit_test(a_zip_is_a_folder)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
