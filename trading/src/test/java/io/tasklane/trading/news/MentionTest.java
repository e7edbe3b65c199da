package io.tasklane.trading.news;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.trading.market.Listing;
import java.util.List;
import org.junit.jupiter.api.Test;

class MentionTest {
  private static boolean mentions(String symbol, String name, String text, String... aliases) {
    return new Mention(new Listing(symbol, name, "", List.of(aliases))).isIn(text);
  }

  @Test
  void a_ticker_counts_as_a_word_in_capitals() {
    assertThat(mentions("AAPL", "Apple", "AAPL is up")).isTrue();
    assertThat(mentions("AAPL", "Apple", "buy $AAPL now")).isTrue();
    assertThat(mentions("AAPL", "Apple", "XAAPLE is up")).isFalse();
    assertThat(mentions("NOW", "ServiceNow", "it is now or never")).isFalse();
    assertThat(mentions("BRK.B", "Berkshire Hathaway", "BRK.B rises")).isTrue();
  }

  @Test
  void a_ticker_of_one_or_two_letters_must_be_marked_as_one() {
    assertThat(mentions("T", "AT&T", "Plan T fails")).isFalse();
    assertThat(mentions("T", "AT&T", "Telecoms (T) rise")).isTrue();
    assertThat(mentions("T", "AT&T", "$T rises")).isTrue();
    assertThat(mentions("T", "AT&T", "NYSE: T rises")).isTrue();
    assertThat(mentions("T", "AT&T", "at&t rises")).isTrue();
  }

  @Test
  void a_name_or_alias_counts_in_any_case_but_only_as_whole_words() {
    assertThat(mentions("AAPL", "Apple", "The iphone maker rallies", "iPhone maker")).isTrue();
    assertThat(mentions("AAPL", "Apple", "Pineapple prices")).isFalse();
    assertThat(mentions("MCD", "McDonald's", "MCDONALD'S serves")).isTrue();
  }
}
