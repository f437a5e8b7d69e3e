#include "io/readers/rating_columns.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Names in common use without case and marks between words; the first ones go before the others. */
static const char *const user_names[] = {
    "userid",     "user",      "uid",      "users",    "useridx",  "userindex",  "reviewerid", "reviewer",
    "customerid", "customer",  "memberid", "member",   "clientid", "client",     "buyerid",    "buyer",
    "steamid",    "visitorid", "visitor",  "viewerid", "viewer",   "accountid",  "account",    "profileid",
    "profile",    "playerid",  "player",   "readerid", "reader",   "listenerid", "personid",   "person",
    "authorid",   "author",    "username", "userhash", "u",        NULL};
static const char *const item_names[] = {
    "itemid",     "item",       "iid",         "items",      "itemidx",   "itemindex",  "movieid",
    "movie",      "filmid",     "film",        "productid",  "product",   "parentasin", "asin",
    "sku",        "stockcode",  "isbn",        "bookid",     "book",      "songid",     "song",
    "trackid",    "track",      "artistid",    "artist",     "gameid",    "game",       "appid",
    "app",        "animeid",    "anime",       "businessid", "business",  "gmapid",     "venueid",
    "venue",      "locationid", "location",    "poiid",      "poi",       "placeid",    "place",
    "articleid",  "article",    "newsid",      "recipeid",   "recipe",    "jokeid",     "joke",
    "videoid",    "video",      "showid",      "show",       "listingid", "hotelid",    "restaurantid",
    "contentid",  "docid",      "courseid",    "beerid",     "wineid",    "mid",        "itemname",
    "movietitle", "booktitle",  "productname", "artistname", "title",     "name",       "i",
    NULL};
static const char *const rating_names[] = {"rating",
                                           "ratings",
                                           "score",
                                           "stars",
                                           "star",
                                           "overall",
                                           "bookrating",
                                           "movierating",
                                           "starrating",
                                           "ratingscore",
                                           "userrating",
                                           "userscore",
                                           "reviewoverall",
                                           "reviewscore",
                                           "reviewrating",
                                           "value",
                                           "weight",
                                           "count",
                                           "counts",
                                           "plays",
                                           "playcount",
                                           "playcounts",
                                           "listens",
                                           "listencount",
                                           "purchases",
                                           "clicks",
                                           "views",
                                           "visits",
                                           "quantity",
                                           "hours",
                                           "playtime",
                                           "playtimeforever",
                                           "hoursplayed",
                                           "interaction",
                                           "preference",
                                           "liked",
                                           "like",
                                           "rate",
                                           "r",
                                           NULL};
static const char *const time_names[] = {"timestamp",     "time",        "ts",         "unixreviewtime",
                                         "unixtimestamp", "unixtime",    "epoch",      "datetime",
                                         "date",          "timestampms", "ratedat",    "createdat",
                                         "createddate",   "reviewtime",  "ratingtime", "ratingtimestamp",
                                         "ratedate",      "ratingdate",  "reviewdate", "reviewedat",
                                         "dateadded",     "addedat",     "listenedat", "invoicedate",
                                         "eventtime",     "when",        "t",          NULL};

static const char *const *const names[HR_ROLES] = {user_names, item_names, rating_names, time_names};

const char *hr_role_name(hr_role role)
{
    static const char *const name[] = {"user", "item", "rating", "time"};
    return name[role];
}

/* A name in small letters, without what separates its words and without RecBole's type. */
static void plain_name(hr_text_piece text, char plain[HR_COLUMN_NAME])
{
    static const char *const types[] = {":token", ":token_seq", ":float", ":float_seq"};
    int length = 0;
    for (size_t t = 0; t < sizeof types / sizeof *types; t++) {
        const int64_t type = (int64_t)strlen(types[t]);
        if (text.length > type && memcmp(text.at + text.length - type, types[t], (size_t)type) == 0) {
            text.length -= type;
            break;
        }
    }
    for (int64_t i = 0; i < text.length && length < HR_COLUMN_NAME - 1; i++) {
        const unsigned char byte = (unsigned char)text.at[i];
        if (isalnum(byte) || byte >= 0x80)
            plain[length++] = (char)tolower(byte);
    }
    plain[length] = '\0';
}

static int find_role(const hr_row *header, hr_role role)
{
    for (const char *const *name = names[role]; *name; name++) {
        for (int f = 0; f < header->fields && f < HR_ROW_FIELDS; f++) {
            char plain[HR_COLUMN_NAME];
            plain_name(header->field[f], plain);
            if (strcmp(plain, *name) == 0)
                return f;
        }
    }
    return -1;
}

bool hr_columns_are_named(const hr_row *row)
{
    return find_role(row, HR_ROLE_USER) >= 0 && find_role(row, HR_ROLE_ITEM) >= 0;
}

static void set_role(hr_rating_columns *columns, hr_role role, int index, const hr_row *header)
{
    columns->index[role] = index;
    columns->name[role][0] = '\0';
    if (header && index >= 0 && index < header->fields && index < HR_ROW_FIELDS)
        snprintf(columns->name[role], HR_COLUMN_NAME, "%.*s",
                 HR_PIECE(hr_piece_trimmed(header->field[index])));
}

void hr_columns_by_name(const hr_row *header, hr_rating_columns *columns)
{
    for (int role = 0; role < HR_ROLES; role++)
        set_role(columns, (hr_role)role, find_role(header, (hr_role)role), header);
}

void hr_columns_list(const hr_row *header, char *text, size_t size)
{
    size_t length = 0;
    *text = '\0';
    for (int f = 0; header && f < header->fields && f < HR_ROW_FIELDS && length < size; f++)
        length += (size_t)snprintf(text + length, size - length, "%s%.*s", f ? ", " : "",
                                   HR_PIECE(header->field[f]));
}

static hr_status unknown_column(const char *option, const hr_row *header, const char *path, int fields,
                                hr_error *err)
{
    char found[512];
    hr_columns_list(header, found, sizeof found);
    return hr_fail(err, HR_USAGE,
                   "--columns: found \"%s\", expected user=…,item=…,rating=…,time=…, each a column of %s by "
                   "number from 1 to %d%s%s",
                   option, path, fields, *found ? " or by name: " : "", found);
}

/* The column that `text` means: by exact name, else by number, else by name in small letters. */
static int find_column(hr_text_piece text, const hr_row *header, int fields)
{
    char wanted[HR_COLUMN_NAME], plain[HR_COLUMN_NAME];
    for (int f = 0; header && f < header->fields && f < HR_ROW_FIELDS; f++)
        if (header->field[f].length == text.length &&
            memcmp(header->field[f].at, text.at, (size_t)text.length) == 0)
            return f;
    snprintf(wanted, sizeof wanted, "%.*s", HR_PIECE(text));
    char *end = NULL;
    const long number = strtol(wanted, &end, 10);
    if (*wanted && *end == '\0')
        return number >= 1 && number <= fields ? (int)number - 1 : -1;
    plain_name(text, wanted);
    for (int f = 0; header && f < header->fields && f < HR_ROW_FIELDS; f++) {
        plain_name(header->field[f], plain);
        if (strcmp(plain, wanted) == 0)
            return f;
    }
    return -1;
}

/* One "role=column". */
static bool take_part(const char *part, size_t length, const hr_row *header, hr_rating_columns *columns)
{
    for (int role = 0; role < HR_ROLES; role++) {
        const char *name = hr_role_name((hr_role)role);
        const size_t width = strlen(name);
        if (length <= width || strncmp(part, name, width) != 0 || part[width] != '=')
            continue;
        const hr_text_piece text = {part + width + 1, (int64_t)(length - width - 1)};
        const bool none = text.length == 0 && role >= HR_ROLE_RATING;
        const int column = none ? -1 : find_column(text, header, columns->fields);
        set_role(columns, (hr_role)role, column, header);
        return none || column >= 0;
    }
    return false;
}

hr_status hr_columns_by_option(const char *option, const hr_row *header, const char *path,
                               hr_rating_columns *columns, hr_error *err)
{
    for (const char *part = option; part;) {
        const size_t length = strcspn(part, ",");
        if (!take_part(part, length, header, columns))
            return unknown_column(option, header, path, columns->fields, err);
        part = part[length] ? part + length + 1 : NULL;
    }
    return HR_OK;
}
