package io.tasklane.trading.news;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SentimentTest {
  @Test
  void a_word_pulls_the_text_its_way_and_unknown_words_do_not() {
    // gains 1.6: 1.6 / sqrt(1.6 x 1.6 + 15)
    assertThat(Sentiment.of("Shares show gains today")).isCloseTo(0.3818, within(0.0001));
    assertThat(Sentiment.of("Shares show losses today")).isCloseTo(-0.3818, within(0.0001));
    assertThat(Sentiment.of("A board meets on Tuesday")).isZero();
    assertThat(Sentiment.of("")).isZero();
  }

  @Test
  void a_negation_up_to_three_words_before_turns_a_word() {
    assertThat(Sentiment.of("not profitable")).isNegative();
    assertThat(Sentiment.of("doesn\u2019t expect further losses")).isPositive();
    assertThat(Sentiment.of("never in years has it been profitable")).isPositive();
  }

  @Test
  void boosters_strengthen_or_weaken() {
    double plain = Sentiment.of("shares fall");
    assertThat(Sentiment.of("shares sharply fall")).isLessThan(plain);
    assertThat(Sentiment.of("shares slightly fall")).isGreaterThan(plain).isNegative();
  }

  @Test
  void capitals_and_exclamation_marks_strengthen_unless_all_is_shouted() {
    double plain = Sentiment.of("shares surge today");
    assertThat(Sentiment.of("shares SURGE today")).isGreaterThan(plain);
    assertThat(Sentiment.of("SHARES SURGE TODAY")).isEqualTo(plain);
    assertThat(Sentiment.of("shares surge today!!")).isGreaterThan(plain);
  }

  @Test
  void what_follows_a_but_outweighs_what_precedes_it() {
    assertThat(Sentiment.of("profit rises but outlook is weak"))
        .isLessThan(Sentiment.of("profit rises and outlook is weak"));
    assertThat(Sentiment.of("losses grow, but guidance is strong")).isPositive();
  }

  @Test
  void it_stays_between_minus_one_and_one() {
    assertThat(Sentiment.of("surge ".repeat(500) + "!!!!"))
        .isLessThanOrEqualTo(1)
        .isGreaterThan(0.99);
    assertThat(Sentiment.of("fraud ".repeat(500))).isGreaterThanOrEqualTo(-1).isLessThan(-0.99);
  }
}
