#include "io/split/split_rule.h"

#include "io/options/list.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const double share_tolerance = 1e-6;

/* A way to write a rule. */
typedef struct form {
    const char *name; /* up to the first colon */
    hr_split_kind kind;
    bool (*read)(const char *text, hr_split_rule *rule); /* what follows the colon, "" without one */
    const char *expected;
} form;

static bool read_nothing(const char *text, hr_split_rule *rule)
{
    (void)rule;
    return *text == '\0';
}

static bool read_shares(const char *text, hr_split_rule *rule)
{
    double *share = rule->share;
    return hr_separate_reals(text, ',', share, 3) == 3 && share[0] > 0.0 && share[1] >= 0.0 &&
           share[2] >= 0.0 && fabs(share[0] + share[1] + share[2] - 1.0) <= share_tolerance;
}

static bool read_way_to_leave(const char *text, hr_split_rule *rule)
{
    if (strcmp(text, "random") == 0)
        rule->kind = HR_SPLIT_ANY_ONE;
    return *text == '\0' || rule->kind == HR_SPLIT_ANY_ONE;
}

static bool read_folds(const char *text, hr_split_rule *rule)
{
    int64_t number[2] = {0, 1};
    const int count = hr_separate_ints(text, ':', number, 2);
    rule->folds = number[0];
    rule->fold = number[1];
    return count >= 1 && rule->folds >= 2 && rule->fold >= 1 && rule->fold <= rule->folds;
}

static bool is_number_of_users(double users)
{
    return users >= 0.0 && users <= (double)INT32_MAX && (users < 1.0 || users == floor(users));
}

static bool read_users(const char *text, hr_split_rule *rule)
{
    double value[3];
    if (hr_separate_reals(text, ',', value, 3) != 3 || !is_number_of_users(value[0]) ||
        !is_number_of_users(value[1]))
        return false;
    rule->users[HR_VALID] = value[0];
    rule->users[HR_TEST] = value[1];
    rule->known = value[2];
    return value[0] + value[1] > 0.0 && rule->known > 0.0 && rule->known < 1.0;
}

static const form forms[] = {
    {"ratio", HR_SPLIT_RATIO, read_shares,
     "ratio:TRAIN,VALID,TEST with shares that sum to 1 and a train share above 0"},
    {"global-ratio", HR_SPLIT_GLOBAL_RATIO, read_shares,
     "global-ratio:TRAIN,VALID,TEST with shares that sum to 1 and a train share above 0"},
    {"leave-one-out", HR_SPLIT_LAST, read_way_to_leave, "leave-one-out or leave-one-out:random"},
    {"time", HR_SPLIT_TIME, read_shares,
     "time:TRAIN,VALID,TEST with shares that sum to 1 and a train share above 0"},
    {"folds", HR_SPLIT_FOLDS, read_folds, "folds:N:K with N of at least 2, and K from 1 to N"},
    {"users", HR_SPLIT_USERS, read_users,
     "users:VALID,TEST,KNOWN with numbers of users, or shares below 1, and a share KNOWN above 0 and below "
     "1"},
    {"given", HR_SPLIT_GIVEN, read_nothing, "given, and no more"}};

enum { FORMS = sizeof forms / sizeof *forms };

/* The form of that name, or NULL. */
static const form *find_form(const char *text)
{
    const size_t length = strcspn(text, ":");
    for (int i = 0; i < FORMS; i++)
        if (strlen(forms[i].name) == length && strncmp(forms[i].name, text, length) == 0)
            return &forms[i];
    return NULL;
}

/* The rule in one way of writing, so that files and output of equal rules are equal. */
static void write_text(const form *found, hr_split_rule *rule)
{
    char *text = rule->text;
    const size_t size = sizeof rule->text;
    const double *share = rule->share;
    if (found->read == read_shares)
        snprintf(text, size, "%s:%.12g,%.12g,%.12g", found->name, share[0], share[1], share[2]);
    else if (rule->kind == HR_SPLIT_FOLDS)
        snprintf(text, size, "folds:%" PRId64 ":%" PRId64, rule->folds, rule->fold);
    else if (rule->kind == HR_SPLIT_USERS)
        snprintf(text, size, "users:%.12g,%.12g,%.12g", rule->users[HR_VALID], rule->users[HR_TEST],
                 rule->known);
    else
        snprintf(text, size, "%s%s", found->name, rule->kind == HR_SPLIT_ANY_ONE ? ":random" : "");
}

hr_status hr_split_parse(const char *text, hr_split_rule *rule, hr_error *err)
{
    const form *found = find_form(text);
    const char *colon = strchr(text, ':');
    if (!found)
        return hr_fail(err, HR_USAGE,
                       "--split %s: expected ratio, global-ratio or time:TRAIN,VALID,TEST, leave-one-out, "
                       "leave-one-out:random, folds:N:K, users:VALID,TEST,KNOWN, or given",
                       text);
    hr_split_rule read = {.kind = found->kind}; /* `text` may be rule->text */
    if (!found->read(colon ? colon + 1 : "", &read) || (colon && colon[1] == '\0'))
        return hr_fail(err, HR_USAGE, "--split %s: expected %s", text, found->expected);
    write_text(found, &read);
    *rule = read;
    return HR_OK;
}

bool hr_split_fills(const hr_split_rule *rule, hr_split part)
{
    if (part == HR_TRAIN)
        return true;
    switch (rule->kind) {
    case HR_SPLIT_RATIO:
    case HR_SPLIT_GLOBAL_RATIO:
    case HR_SPLIT_TIME:
        return part != HR_KNOWN && rule->share[part] > 0.0;
    case HR_SPLIT_LAST:
    case HR_SPLIT_ANY_ONE:
        return part != HR_KNOWN;
    case HR_SPLIT_FOLDS:
        return part == HR_TEST;
    case HR_SPLIT_USERS:
        return part == HR_KNOWN || rule->users[part] > 0.0;
    case HR_SPLIT_GIVEN:
        break;
    }
    return false;
}
