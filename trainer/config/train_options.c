#include "trainer/config/train_options.h"

#include "io/comm/progress.h"
#include "partition/halo/halo_channel.h"
#include "trainer/layers/attention.h"

#include <string.h>

const hr_train_options hr_train_defaults = {.model = "lightgcn",
                                            .loss = HR_LOSS_OWN,
                                            .recipe = HR_RECIPE_FAST,
                                            .dim = 64,
                                            .layers = 3,
                                            .user_power = 0.6,
                                            .halo = HR_WIRE_F32,
                                            .batch = 0,
                                            .sample = HR_SAMPLE_MIXED,
                                            .pool = 4096,
                                            .negatives = 0,
                                            .deviation = 0.1,
                                            .spectral_rounds = 16,
                                            .heads = 4,
                                            .cg = 3,
                                            .movie_power = -1,
                                            .step = -1,
                                            .beta = -1,
                                            .degree = 4,
                                            .lr = 0.02,
                                            .dense_lr = 1e-3,
                                            .decay = 4e-3,
                                            .schedule = HR_SCHEDULE_COSINE,
                                            .epochs = 20,
                                            .patience = 5,
                                            .eval_every = 2,
                                            .seed = 1,
                                            .checkpoint_every = 1000,
                                            .checkpoint_keep = 1,
                                            .stall_timeout = 300,
                                            .progress = HR_PROGRESS_AUTO};

static const char *const recipes[] = {[HR_RECIPE_FAST] = "fast", [HR_RECIPE_REFERENCE] = "reference", NULL};
const char *const hr_loss_names[] = {
    [HR_LOSS_OWN] = "own", [HR_LOSS_BPR] = "bpr", [HR_LOSS_SOFTMAX] = "softmax",
    [HR_LOSS_BCE] = "bce", [HR_LOSS_MSE] = "mse", NULL};
static const char *const optimisers[] = {
    [HR_OPTIMISER_ADAM] = "adam", [HR_OPTIMISER_SGD] = "sgd", [HR_OPTIMISER_ADAMW] = "adamw", NULL};
static const char *const aggregates[] = {[HR_AGGREGATE_MEAN] = "mean", [HR_AGGREGATE_SUM] = "sum", NULL};
static const char *const pools[] = {[HR_POOL_ALL] = "all", [HR_POOL_RATED] = "rated", NULL};
static const char *const contents[] = {[HR_CONTENT_ALL] = "all", [HR_CONTENT_TAGS] = "tags", NULL};
static const char *const schedules[] = {
    [HR_SCHEDULE_CONSTANT] = "constant", [HR_SCHEDULE_COSINE] = "cosine", NULL};
const char *const hr_wire_names[] = {[HR_WIRE_F32] = "f32", [HR_WIRE_BF16] = "bf16", NULL};
static const char *const sample_modes[] = {
    [HR_SAMPLE_USER] = "user", [HR_SAMPLE_EDGE] = "edge", [HR_SAMPLE_MIXED] = "mixed", NULL};

#define AT(member) offsetof(hr_train_options, member)

const hr_option hr_train_table[] = {
    {"model", "NAME", HR_OPTION_TEXT, HR_OPTION_FIXED, AT(model), 0, 0, NULL, "one of the models above"},
    {"loss", "NAME", HR_OPTION_CHOICE, HR_OPTION_FIXED, AT(loss), 0, 0, hr_loss_names,
     "own, which is the usual loss of the model, bpr, softmax, bce or mse (squared error of ratings)"},
    {"recipe", "fast|reference", HR_OPTION_CHOICE, HR_OPTION_CALL, AT(recipe), 0, 0, recipes,
     "sets the defaults of the options below: fast, or those of LightGCN's authors"},
    {"dim", "N", HR_OPTION_INT, HR_OPTION_FIXED, AT(dim), 1, 4096, NULL, "columns of an embedding"},
    {"layers", "N", HR_OPTION_INT, HR_OPTION_FIXED, AT(layers), 0, 16, NULL,
     "steps of propagation, or layers of a network"},
    {"user-power", "F", HR_OPTION_REAL, HR_OPTION_FIXED, AT(user_power), 0, 1, NULL,
     "lightgcn: weight of an edge, (ratings of its user)^-F x (ratings of its movie)^(F - 1); filter: "
     "(ratings of its user)^-F x (ratings of its movie)^-(--movie-power); ease: weight of a user, "
     "(ratings)^-2F"},
    {"movie-power", "F", HR_OPTION_REAL, HR_OPTION_FIXED, AT(movie_power), -1, 2, NULL,
     "filter: see --user-power; below 0, as with --step and --beta: chosen on train ratings held out for it"},
    {"step", "F", HR_OPTION_REAL, HR_OPTION_FIXED, AT(step), -1, 16, NULL,
     "filter: how long scores are sharpened; 0: not at all"},
    {"degree", "N", HR_OPTION_INT, HR_OPTION_FIXED, AT(degree), 0, 32, NULL,
     "filter: of the polynomial that sharpens, a sweep each"},
    {"beta", "F", HR_OPTION_REAL, HR_OPTION_FIXED, AT(beta), -1, 1e3, NULL,
     "filter: weight of the ideal low pass, against 1 of the linear one; rp3beta: power of a movie's number "
     "of "
     "train ratings, which its scores are divided by"},
    {"vectors", "N", HR_OPTION_INT, HR_OPTION_FIXED, AT(vectors), 0, 4096, NULL,
     "filter: singular vectors of the ideal low pass, at most --dim; 0: chosen"},
    {"halo", "f32|bf16", HR_OPTION_CHOICE, HR_OPTION_RUN, AT(halo), 0, 0, hr_wire_names,
     "lightgcn: how rows are sent between ranks, as 4-byte or as 2-byte numbers"},
    {"grid", "PxC", HR_OPTION_TEXT, HR_OPTION_CALL, AT(grid), 0, 0, NULL,
     "ranks as parts of the graph x column groups; else the grid that sends the fewest bytes"},
    {"batch", "N", HR_OPTION_INT, HR_OPTION_RUN, AT(batch), 0, 1 << 28, NULL,
     "samples of a step, over all ranks; 0: 1/100 of the edges, at least 1/6 of the vertices and at least "
     "3072"},
    {"sample", "user|edge|mixed", HR_OPTION_CHOICE, HR_OPTION_RUN, AT(sample), 0, 0, sample_modes,
     "how samples are drawn: a user and then one of the user's movies, an edge, or mixed, a quarter of them "
     "by edge"},
    {"pool", "N", HR_OPTION_INT, HR_OPTION_RUN, AT(pool), 0, 1 << 20, NULL,
     "movies that a step draws its negatives from; 0: each sample draws its own"},
    {"pool-from", "all|rated", HR_OPTION_CHOICE, HR_OPTION_RUN, AT(pool_from), 0, 0, pools,
     "movies that the pool is drawn from: all, or only those with train ratings"},
    {"negatives", "N", HR_OPTION_INT, HR_OPTION_RUN, AT(negatives), 0, HR_MAX_CANDIDATES, NULL,
     "pool movies that a sample scores; bpr takes the hardest of them, softmax and bce all; 0: 1/40 of the "
     "three-quarter power of the number of movies, fewer where movies have more than 200 train ratings on "
     "average"},
    {"deviation", "F", HR_OPTION_REAL, HR_OPTION_FIXED, AT(deviation), 0, 1e3, NULL,
     "standard deviation of the initial parameters"},
    {"spectral-rounds", "N", HR_OPTION_INT, HR_OPTION_FIXED, AT(spectral_rounds), 0, 1000, NULL,
     "lightgcn: rounds of block power iteration that make the initial embeddings; 0: random ones"},
    {"heads", "N", HR_OPTION_INT, HR_OPTION_FIXED, AT(heads), 1, HR_ATTENTION_HEADS, NULL,
     "gat, gatv2: heads of attention, each with an equal share of the columns"},
    {"cg", "N", HR_OPTION_INT, HR_OPTION_RUN, AT(cg), 1, 4096, NULL,
     "als, ials: preconditioned steps of conjugate gradients in a half sweep, whatever the columns; as many "
     "as "
     "columns solve exactly"},
    {"no-biases", NULL, HR_OPTION_FLAG, HR_OPTION_FIXED, AT(no_biases), 0, 0, NULL,
     "als: no biases of users and movies"},
    {"unobserved", "F", HR_OPTION_REAL, HR_OPTION_RUN, AT(unobserved), 0, 1e3, NULL,
     "ials: weight of a pair without a rating, against 1 of a pair with one; 0: 10 x the share of all pairs "
     "that "
     "are train ratings, at most 1"},
    {"lr", "F", HR_OPTION_REAL, HR_OPTION_RUN, AT(lr), 1e-12, 1e3, NULL,
     "learning rate: of Adam, or of one sample with sgd; mf divides that of ratings by sqrt(1 + a row's "
     "ratings / 10)"},
    {"optimiser", "adam|sgd|adamw", HR_OPTION_CHOICE, HR_OPTION_FIXED, AT(optimiser), 0, 0, optimisers,
     "how parameters follow their gradient, batch by batch; mf by mse with sgd goes over the ratings one by "
     "one instead, and --batch, --sample and --clip have no meaning"},
    {"dense-lr", "F", HR_OPTION_REAL, HR_OPTION_RUN, AT(dense_lr), 0, 1e3, NULL,
     "Adam's learning rate of dense weights"},
    {"mlp", "LIST", HR_OPTION_TEXT, HR_OPTION_FIXED, AT(mlp), 0, 0, NULL,
     "ncf, sage, gat, gatv2: widths of the hidden layers of an MLP that scores a user's and a movie's row"},
    {"dropout", "F", HR_OPTION_REAL, HR_OPTION_RUN, AT(dropout), 0, 0.95, NULL,
     "share of the activations that training leaves out, of the MLP and of sage's layers; ease: of the "
     "ratings "
     "that scores are made of, in the mean over all that could be left out"},
    {"message-dropout", "F", HR_OPTION_REAL, HR_OPTION_RUN, AT(message_dropout), 0, 0.95, NULL,
     "sage: share of the edges that a layer leaves out in training"},
    {"aggregate", "mean|sum", HR_OPTION_CHOICE, HR_OPTION_FIXED, AT(aggregate), 0, 0, aggregates,
     "sage: how a vertex combines the rows of its neighbours"},
    {"batch-norm", NULL, HR_OPTION_FLAG, HR_OPTION_FIXED, AT(batch_norm), 0, 0, NULL,
     "sage: normalise the columns of each layer over all users, and over all movies"},
    {"row-norm", NULL, HR_OPTION_FLAG, HR_OPTION_FIXED, AT(row_norm), 0, 0, NULL,
     "sage: scale the rows of each layer to length 1"},
    {"mixture", "SHARES", HR_OPTION_TEXT, HR_OPTION_RUN, AT(mixture), 0, 0, NULL,
     "score by CONTENT/MODEL/POPULARITY, each scaled to [0, 1], such as 30/70/0; or by the number of ratings "
     "of the user, such as 5:70/20/10,10:50/35/15,30/60/10"},
    {"content", "all|tags", HR_OPTION_CHOICE, HR_OPTION_RUN, AT(content), 0, 0, contents,
     "what the similarity of movies goes by: title words, genres and tags, or tags alone"},
    {"item-features", "FILE", HR_OPTION_TEXT, HR_OPTION_RUN, AT(item_features), 0, 0, NULL,
     "HDF5 file with `features`, a row of numbers for each movie, and `movie_id`; sage, gat and gatv2 read "
     "it, and content weighs it by 70 parts of 100"},
    {"decay", "F", HR_OPTION_REAL, HR_OPTION_RUN, AT(decay), 0, 1e6, NULL,
     "L2 regularisation of the embeddings: of those in a batch, or of all with als and ials; 0 with ials: "
     "0.012 with the default --unobserved, with mf by other losses than mse: 0.05; either more where users "
     "have fewer than 20 train ratings on average"},
    {"ridge", "F", HR_OPTION_REAL, HR_OPTION_RUN, AT(ridge), 0, 1e6, NULL,
     "L2 regularisation of every row, however many ratings it has, against a sum over all ratings; ease: of "
     "the "
     "item-item weights, 0: 6 x the root of the mean row sum of X'X, which counts movies rated together"},
    {"neighbours", "N", HR_OPTION_INT, HR_OPTION_FIXED, AT(neighbours), 0, INT32_MAX, NULL,
     "ease, itemknn, rp3beta: how many weights of each movie are kept, the largest in size; 0: all"},
    {"shrinkage", "F", HR_OPTION_REAL, HR_OPTION_FIXED, AT(shrinkage), 0, 1e9, NULL,
     "itemknn: what is added to the divisor of each cosine, so that few users in common count less"},
    {"self-weight", "F", HR_OPTION_REAL, HR_OPTION_FIXED, AT(self_weight), 0, 1, NULL,
     "ease: most that a movie may weigh for itself when weights are solved for; 0: as published, 1: no "
     "limit"},
    {"alpha", "F", HR_OPTION_REAL, HR_OPTION_FIXED, AT(alpha), 0, 10, NULL,
     "rp3beta: power of the probabilities of a step from a user and from a movie"},
    {"weight-decay", "F", HR_OPTION_REAL, HR_OPTION_RUN, AT(weight_decay), 0, 1e3, NULL,
     "adamw: share of a weight, times the learning rate, that each step takes from it"},
    {"clip", "F", HR_OPTION_REAL, HR_OPTION_RUN, AT(clip), 0, 1e12, NULL,
     "longest norm of all gradients together; 0: no limit"},
    {"warmup", "N", HR_OPTION_INT, HR_OPTION_RUN, AT(warmup), 0, 1 << 30, NULL,
     "steps in which the learning rate grows to --lr"},
    {"schedule", "constant|cosine", HR_OPTION_CHOICE, HR_OPTION_RUN, AT(schedule), 0, 0, schedules,
     "learning rate over the run: constant, or falling to 0 at the last epoch along a cosine"},
    {"epochs", "N", HR_OPTION_INT, HR_OPTION_RUN, AT(epochs), 1, 1 << 30, NULL,
     "passes over the train edges, at most"},
    {"patience", "N", HR_OPTION_INT, HR_OPTION_RUN, AT(patience), 0, 1 << 30, NULL,
     "stop after N evaluations without a better recall@20, or rmse, of the validation part; 0: never"},
    {"eval-every", "N", HR_OPTION_INT, HR_OPTION_RUN, AT(eval_every), 1, 1 << 30, NULL,
     "epochs between evaluations on the validation part"},
    {"eval-users", "N", HR_OPTION_INT, HR_OPTION_RUN, AT(eval_users), 0, 1LL << 40, NULL,
     "users, about, that an evaluation ranks movies or predicts ratings for, the same ones each time; 0: as "
     "many as cost a twentieth of training, at least 2000"},
    {"valid", "F", HR_OPTION_REAL, HR_OPTION_FIXED, AT(valid), 0, 0.9, NULL,
     "share of train to hold out where the data has no validation part"},
    {"seed", "S", HR_OPTION_INT, HR_OPTION_FIXED, AT(seed), 0, 9e15, NULL, "seed of all random numbers"},
    {"reproducible", NULL, HR_OPTION_FLAG, HR_OPTION_FIXED, AT(reproducible), 0, 0, NULL,
     "the same result bit for bit on any number of ranks and threads and with any partition; slower"},
    {"partition", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(partition), 0, 0, NULL,
     "file made by halorec partition for this number of ranks; else the graph is cut at the start"},
    {"checkpoint", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(checkpoint), 0, 0, NULL,
     "file to write the trained model to"},
    {"checkpoint-every", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(checkpoint_every), 0, 1 << 30, NULL,
     "steps between checkpoints during training; 0: none by steps"},
    {"checkpoint-minutes", "F", HR_OPTION_REAL, HR_OPTION_CALL, AT(checkpoint_minutes), 0, 1e6, NULL,
     "minutes between checkpoints during training; 0: none by the clock"},
    {"checkpoint-keep", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(checkpoint_keep), 1, 1 << 20, NULL,
     "checkpoints to keep: the newest, and older ones as FILE.step-000123"},
    {"resume", "FILE|auto", HR_OPTION_TEXT, HR_OPTION_CALL, AT(resume), 0, 0, NULL,
     "checkpoint to resume, with its options where none are given; auto: the newest whole one of "
     "--checkpoint, or a new run where there is none"},
    {"log", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(log), 0, 0, NULL,
     "file to write a JSON object a line to, one for each epoch"},
    {"progress", "always|never|auto", HR_OPTION_CHOICE, HR_OPTION_CALL, AT(progress), 0, 0, hr_progress_modes,
     "a bar with rate, time left and the last metric; auto: where standard error is a terminal, or is "
     "mpirun's and mpirun "
     "has one"},
    {"stall-timeout", "SECONDS", HR_OPTION_INT, HR_OPTION_CALL, AT(stall_timeout), 0, 1e6, NULL,
     "end the run where a rank has no heartbeat for so long, or no rank makes progress; 0: never"},
    {"json", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(json), 0, 0, NULL,
     "print one JSON object of the checkpoint at the end, as info --json does"},
    {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
    {0}};

/* Whether a checkpoint of ease is of before --self-weight: it kept a --user-power and a --dropout that it did not use. */
bool hr_train_options_are_of_plain_ease(const json_t *kept)
{
    const char *model = json_string_value(json_object_get(kept, "model"));
    return model && strcmp(model, "ease") == 0 && !json_object_get(kept, "self-weight");
}

hr_status hr_train_options_from_json(const json_t *kept, hr_train_options *options, hr_error *err)
{
    const hr_status status = hr_options_from_json(hr_train_table, kept, options, err);
    if (hr_train_options_are_of_plain_ease(kept))
        options->user_power = options->dropout = options->self_weight = 0.0;
    return status;
}
