// Expected values: transformers 4.57.6, get_cosine_schedule_with_warmup(optimizer, 965, 9650).
#include "trainer/schedule.hpp"

#include <gtest/gtest.h>

namespace nunchi::trainer {
namespace {

TEST(WarmupCosine, EqualsTransformers) {
    EXPECT_DOUBLE_EQ(warmup_cosine(0, 965, 9650), 0.0);
    EXPECT_NEAR(warmup_cosine(1, 965, 9650), 0.0010362694300518134, 1e-15);
    EXPECT_NEAR(warmup_cosine(964, 965, 9650), 0.9989637305699481, 1e-15);
    EXPECT_DOUBLE_EQ(warmup_cosine(965, 965, 9650), 1.0);
    EXPECT_NEAR(warmup_cosine(966, 965, 9650), 0.9999999672885268, 1e-12);
    EXPECT_NEAR(warmup_cosine(5307, 965, 9650), 0.5000904315669679, 1e-12);
    EXPECT_NEAR(warmup_cosine(9649, 965, 9650), 3.271147319683365e-08, 1e-12);
}

TEST(WarmupCosine, WorksWithoutWarmUpAndForOneStep) {
    EXPECT_DOUBLE_EQ(warmup_cosine(0, 0, 1), 1.0);
    EXPECT_DOUBLE_EQ(warmup_cosine(1, 1, 1), 1.0);
}

}  // namespace
}  // namespace nunchi::trainer
