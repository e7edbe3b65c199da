package io.tasklane.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.task.Publication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Old names of events have one table, and docs/clients.md shows it. */
class LegacyEventTypeTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| `([^`]+)` \\|$");

  @Test
  void old_names_become_ours() {
    assertThat(LegacyEventType.ours("PORTFOLIO_UPDATED")).contains("portfolio.updated");
    assertThat(LegacyEventType.ours("queue.job.completed")).contains("legacy.queue.job.completed");
    assertThat(LegacyEventType.ours("market.news")).contains("market.news");
    assertThat(LegacyEventType.ours("screener.sync.done")).contains("screener.sync.done");
    assertThat(LegacyEventType.ours("queue.job.")).isEmpty();
    assertThat(LegacyEventType.ours("task.state_changed")).isEmpty();
    assertThat(LegacyEventType.ours("MARKET")).isEmpty();
  }

  @Test
  void every_name_of_ours_may_be_published() {
    for (LegacyEventType row : LegacyEventType.ALL) {
      String type = row.type().replace(".*", ".a");
      assertThat(type).matches(Publication.TYPE);
      assertThat(Publication.isReserved(type)).as(type).isFalse();
    }
  }

  @Test
  void the_page_shows_the_table() throws IOException {
    List<LegacyEventType> shown =
        ROW.matcher(Files.readString(Path.of("../docs/clients.md")))
            .results()
            .map(row -> new LegacyEventType(row.group(1), row.group(2)))
            .toList();
    assertThat(shown).containsExactlyElementsOf(LegacyEventType.ALL);
  }
}
