package io.tasklane.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EventTypePatternTest {
  @Test
  void a_pattern_that_no_type_could_ever_match_is_not_valid() {
    assertThat(List.of("market.news", "market.*", "a.b_1.*", "a.b.c"))
        .allMatch(text -> new EventTypePattern(text).isValid());
    assertThat(List.of("", "*", ".*", "market", "Market.news", "market-news.x", "a..b", "a.*.b"))
        .noneMatch(text -> new EventTypePattern(text).isValid());
    assertThat(new EventTypePattern("a." + "b".repeat(126)).isValid()).isTrue();
    assertThat(new EventTypePattern("a." + "b".repeat(127)).isValid()).isFalse();
  }

  @Test
  void a_prefix_means_whole_words() {
    EventTypePattern prefix = new EventTypePattern("market.news.*");
    assertThat(List.of("market.news.x", "market.news.x.y")).allMatch(prefix::matches);
    assertThat(List.of("market.news", "market.newsletter", "market")).noneMatch(prefix::matches);
    assertThat(new EventTypePattern("market.news").matches("market.news.x")).isFalse();
  }

  @Test
  void what_may_mean_an_event_of_tasklane_itself_is_reserved() {
    for (String text : List.of("task.state_changed", "task.*", "task.state.*", "workflow.ended")) {
      assertThat(new EventTypePattern(text).isReserved()).as(text).isTrue();
    }
    assertThat(new EventTypePattern("tasks.*").isReserved()).isFalse();
  }
}
