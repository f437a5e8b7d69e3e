#include "trainer/report/file_report.h"

#include "io/base/json.h"
#include "io/base/memory.h"
#include "io/checkpoint/checkpoint.h"
#include "io/dataset/dataset_verify.h"
#include "io/dataset/ids_file.h"
#include "partition/plan/partition_file.h"

#include <stdio.h>
#include <string.h>

static hr_status describe_dataset(const char *path, json_t **facts, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    hr_dataset_summary s;
    const hr_comm alone = hr_comm_alone();
    hr_ids first_user = {0};
    int64_t terms = 0;
    HR_TRY(hr_dataset_open(&file, &s, path, err));
    HR_TRY(hr_dataset_verify(&alone, file, &s, err));
    HR_TRY(hr_ids_read_one(file, "user/id", 0, &first_user, err));
    *facts =
        json_pack("{s:s, s:o, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:s}", "format", HR_DATASET_FORMAT, "source",
                  hr_json_string(s.source), "users", (json_int_t)s.users, "movies", (json_int_t)s.movies,
                  "ratings", (json_int_t)s.ratings, "train", (json_int_t)s.splits[HR_TRAIN], "valid",
                  (json_int_t)s.splits[HR_VALID], "test", (json_int_t)s.splits[HR_TEST], "first_user_id",
                  hr_ids_json(&first_user, 0), "fingerprint", s.fingerprint);
    json_object_set_new(*facts, "known", json_integer(s.splits[HR_KNOWN]));
    json_object_set_new(*facts, "split", hr_json_string(s.split));
    json_object_set_new(*facts, "split_seed", json_integer((json_int_t)s.split_seed));
    if (hr_h5_content_of(file, "text/name") != HR_H5_NONE) { /* older files have none */
        HR_TRY(hr_h5_shape(file, "text/name", &terms, NULL, err));
        json_object_set_new(*facts, "text_terms", json_integer(terms));
    }
done:
    hr_ids_free(&first_user);
    hr_h5_close(file);
    return status;
}

static hr_status describe_partition(const char *path, json_t **facts, hr_error *err)
{
    hr_h5 *file = NULL;
    hr_partition_origin o;
    hr_plan_summary s;
    const hr_status status = hr_partition_open(&file, &o, &s, path, err);
    hr_h5_close(file);
    if (status != HR_OK)
        return status;
    *facts = json_pack(
        "{s:s, s:I, s:s, s:I, s:f, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:f, s:f, s:s}", "format",
        HR_PARTITION_FORMAT, "parts", (json_int_t)s.parts, "method", hr_cut_names[o.method], "seed",
        (json_int_t)o.seed, "valid_share", o.valid_share, "users", (json_int_t)s.users, "movies",
        (json_int_t)s.movies, "edges", (json_int_t)s.edges, "cut_edges", (json_int_t)s.cut_edges, "ghosts",
        (json_int_t)s.ghosts, "matching", (json_int_t)s.matching, "usual_halo", (json_int_t)s.usual_halo,
        "edge_balance", s.edge_balance, "vertex_balance", s.vertex_balance, "fingerprint", o.fingerprint);
    return HR_OK;
}

static hr_status verify(const char *path, hr_error *err)
{
    const hr_comm alone = hr_comm_alone();
    return hr_checkpoint_verify(&alone, path, err);
}

/* The attribute run, an object of JSON. */
static hr_status read_run(hr_h5 *checkpoint, json_t **run, hr_error *err)
{
    hr_status status = HR_OK;
    char *text = NULL;
    HR_ALLOC(text, HR_RUN_LENGTH);
    HR_TRY(hr_h5_get_text(checkpoint, "run", text, HR_RUN_LENGTH, err));
    *run = json_loads(text, 0, NULL);
    HR_TRY(hr_json_check("what a checkpoint says of its run", err));
    if (!*run)
        status = hr_fail(err, HR_INPUT, "%s: attribute run is no JSON; the file is damaged",
                         hr_h5_path(checkpoint));
done:
    free(text);
    return status;
}

hr_status hr_checkpoint_facts(hr_h5 *checkpoint, const hr_checkpoint_summary *summary, json_t **facts,
                              hr_error *err)
{
    json_t *run = NULL;
    const hr_checkpoint_summary *s = summary;
    const hr_status status = read_run(checkpoint, &run, err);
    if (status == HR_OK)
        *facts = json_pack("{s:s, s:s, s:I, s:I, s:I, s:I, s:s, s:o}", "format", HR_CHECKPOINT_FORMAT,
                           "model", s->model, "users", (json_int_t)s->users, "movies", (json_int_t)s->movies,
                           "dim", (json_int_t)s->dim, "step", (json_int_t)s->step, "fingerprint",
                           s->fingerprint, "run", run);
    return status;
}

static hr_status describe_checkpoint(const char *path, bool verified, json_t **facts, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    hr_checkpoint_summary summary;
    if (verified)
        HR_TRY(verify(path, err));
    HR_TRY(hr_checkpoint_open(&file, &summary, NULL, path, err));
    HR_TRY(hr_checkpoint_facts(file, &summary, facts, err));
done:
    hr_h5_close(file);
    return status;
}

hr_status hr_file_facts(const char *path, bool verified, json_t **facts, hr_error *err)
{
    hr_h5 *file = NULL;
    char format[64] = "";
    hr_status status = hr_h5_open(&file, path, NULL, 0, err);
    if (status == HR_OK)
        status = hr_h5_get_text(file, "format", format, sizeof format, err);
    hr_h5_close(file);
    if (status != HR_OK)
        return status;
    if (verified && strcmp(format, HR_CHECKPOINT_FORMAT) != 0)
        return hr_fail(err, HR_USAGE, "%s: only checkpoints have checksums to --verify", path);
    if (strcmp(format, HR_DATASET_FORMAT) == 0)
        return describe_dataset(path, facts, err);
    if (strcmp(format, HR_PARTITION_FORMAT) == 0)
        return describe_partition(path, facts, err);
    if (strcmp(format, HR_CHECKPOINT_FORMAT) == 0)
        return describe_checkpoint(path, verified, facts, err);
    return hr_fail(err, HR_INPUT, "%s: \"%s\" is no format that this halorec knows", path, format);
}

hr_status hr_file_report_json(const hr_comm *comm, const char *path, hr_error *err)
{
    json_t *facts = NULL;
    hr_status status = HR_OK;
    if (comm->rank == 0)
        status = hr_file_facts(path, false, &facts, err);
    if (comm->rank == 0 && status == HR_OK)
        status = hr_json_print(facts, "the description", stdout, err);
    json_decref(facts);
    return hr_agree(comm, status, NULL, err);
}
