#include "trainer/loss/ranking_loss.h"

#include <math.h>

/* ln(1 + exp x), without overflow. */
static float softplus(float x)
{
    return fmaxf(x, 0.0F) + log1pf(expf(-fabsf(x)));
}

static float sigmoid(float x)
{
    return 1.0F / (1.0F + expf(-x));
}

static float bpr(float positive, float *negative, int64_t count, float *gradient)
{
    float loss = 0.0F;
    *gradient = 0.0F;
    for (int64_t i = 0; i < count; i++) {
        const float above = negative[i] - positive;
        loss += softplus(above);
        negative[i] = sigmoid(above);
        *gradient -= negative[i];
    }
    return loss;
}

static float softmax(float positive, float *negative, int64_t count, float *gradient)
{
    float highest = positive, sum = 0.0F;
    for (int64_t i = 0; i < count; i++)
        highest = fmaxf(highest, negative[i]);
    const float own = expf(positive - highest);
    for (int64_t i = 0; i < count; i++) {
        negative[i] = expf(negative[i] - highest);
        sum += negative[i];
    }
    for (int64_t i = 0; i < count; i++)
        negative[i] /= own + sum;
    *gradient = -sum / (own + sum);
    return highest - positive + logf(own + sum);
}

static float bce(float positive, float *negative, int64_t count, float *gradient)
{
    float loss = softplus(-positive);
    *gradient = -sigmoid(-positive);
    for (int64_t i = 0; i < count; i++) {
        loss += softplus(negative[i]);
        negative[i] = sigmoid(negative[i]);
    }
    return loss;
}

float hr_ranking_loss(hr_loss loss, float positive, float *negative, int64_t count, float *gradient)
{
    if (loss == HR_LOSS_SOFTMAX)
        return softmax(positive, negative, count, gradient);
    if (loss == HR_LOSS_BCE)
        return bce(positive, negative, count, gradient);
    return bpr(positive, negative, count, gradient);
}

double hr_ranking_largest_loss(int64_t negatives, double score)
{
    const double scores = 1.0 + (double)negatives;
    return (2.0 * score + log(scores) + 1.0) * scores;
}

float hr_ranking_use(hr_loss loss, int64_t count)
{
    return loss == HR_LOSS_SOFTMAX ? 1.0F / (float)count : 1.0F;
}
