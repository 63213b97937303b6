#include "charts/canvas.hpp"

#include <gtest/gtest.h>

#include <array>

#include "tests/unit/charts/png_pixels.hpp"
#include "tests/unit/charts/without_korean_font.hpp"

namespace nunchi::charts {
namespace {

using testing::hide_korean_fonts;
using testing::PngPixels;

TEST(Canvas, StartsWhite) {
    Canvas canvas(40, 30);

    const auto png = canvas.png();
    const PngPixels pixels(png);
    EXPECT_EQ(pixels.width(), 40);
    EXPECT_EQ(pixels.at(20, 15), 0xFFFFFFU);
}

TEST(Canvas, DrawsWhatItIsTold) {
    Canvas canvas(200, 100);
    canvas.fill({0, 0, 50, 50}, rgb(0x112233));
    canvas.mark({150, 50}, Marker::square, rgb(0x445566), 20);

    const auto png = canvas.png();
    const PngPixels pixels(png);
    EXPECT_EQ(pixels.at(25, 25), 0x112233U);
    EXPECT_EQ(pixels.at(150, 50), 0x445566U);
    EXPECT_EQ(pixels.at(100, 50), 0xFFFFFFU);
}

TEST(Canvas, ALineStartsAtItsFirstPointAlsoBehindAText) {
    Canvas canvas(200, 200);
    canvas.text({10, 20}, Label("x"), {.size = 20});
    canvas.line(std::array{Point{100, 100}, Point{190, 100}}, {.color = rgb(0x000000), .width = 6});

    const auto png = canvas.png();
    const PngPixels pixels(png);
    EXPECT_EQ(pixels.at(150, 100), 0U);
    EXPECT_EQ(pixels.at(60, 64), 0xFFFFFFU);  // on the way from the text
}

TEST(Canvas, TellsWhereATextLies) {
    Canvas canvas(600, 200);
    canvas.text({300, 100}, Label("HHHH"), {.size = 40, .align = Align::centre});
    canvas.text({590, 50}, Label("HHHH"), {.size = 40, .align = Align::right});
    canvas.text({10, 150}, Label(std::string(200, 'H')), {.size = 40, .max_width = 300});

    const auto& boxes = canvas.text_boxes();
    EXPECT_NEAR(boxes[0].x + boxes[0].width / 2, 300, 4);
    EXPECT_NEAR(boxes[0].y + boxes[0].height / 2, 100, 10);
    EXPECT_NEAR(boxes[1].x + boxes[1].width, 590, 8);
    EXPECT_LE(boxes[2].width, 300);
    EXPECT_GT(boxes[2].width, 200);
}

TEST(Canvas, WritesKoreanWhereItCan) {
    Canvas canvas(400, 100);
    if (!canvas.has_korean_font()) GTEST_SKIP() << "no Korean font: script/bootstrap --test installs one";
    canvas.text({0, 50}, {"가", "a much longer text"}, {.size = 40});

    EXPECT_LT(canvas.text_boxes().front().width, 60);
    EXPECT_TRUE(canvas.text_boxes().size() == 1);  // no banner
}

TEST(Canvas, WithoutAKoreanFontItSaysSoAndWritesEnglish) {
    if (!hide_korean_fonts()) GTEST_SKIP() << "no font without Hangul is installed (fonts-dejavu-core)";
    Canvas canvas(1080, 100);
    canvas.text({40, 50}, {"가", "a much longer text"}, {.size = 40});

    const auto png = canvas.png();
    const PngPixels pixels(png);
    EXPECT_FALSE(canvas.has_korean_font());
    EXPECT_EQ(pixels.height(), 172);
    EXPECT_EQ(pixels.at(4, 4), 0xFFE8B3U);
    EXPECT_EQ(pixels.at(4, 100), 0xFFFFFFU);
    EXPECT_GT(canvas.text_boxes()[0].width, 600);  // the line that says so
    EXPECT_LT(canvas.text_boxes()[0].width, 960);  // in full
    EXPECT_GT(canvas.text_boxes()[1].y, 72);
    EXPECT_GT(canvas.text_boxes()[1].width, 200);
}

}  // namespace
}  // namespace nunchi::charts
