package io.tasklane.event;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A type of events of the systems before Tasklane, and the type that its events get here. Names
 * that only Tasklane may publish go below "legacy".
 *
 * @param old as those systems write it; a prefix ends in ".*"
 * @param type ours; of a prefix, what takes its place
 */
public record LegacyEventType(String old, String type) {
  /** The whole table; docs/clients.md shows it. */
  public static final List<LegacyEventType> ALL =
      Stream.of(
              Stream.of(
                  new LegacyEventType("TASK_COMPLETED", "legacy.task.completed"),
                  new LegacyEventType("MARKET_NEWS", "market.news"),
                  new LegacyEventType("EARNINGS_ANNOUNCEMENT", "market.earnings"),
                  new LegacyEventType("PORTFOLIO_UPDATED", "portfolio.updated"),
                  new LegacyEventType("queue.job.*", "legacy.queue.job.*"),
                  new LegacyEventType("system.error", "legacy.system.error")),
              same(
                  "market.news",
                  "market.earnings",
                  "market.open",
                  "market.close",
                  "market.data.*",
                  "portfolio.position_change",
                  "portfolio.pnl_update",
                  "portfolio.cash_change",
                  "risk.breach",
                  "risk.stop_loss_trigger",
                  "ai.recommendation",
                  "ai.analysis_complete",
                  "instrument.*",
                  "screener.*",
                  "pipeline.*"))
          .flatMap(Function.identity())
          .collect(Collectors.toUnmodifiableList());

  private static final String ANY = ".*";

  private static Stream<LegacyEventType> same(String... types) {
    return Arrays.stream(types).map(type -> new LegacyEventType(type, type));
  }

  /** Our type of an old one; empty if it is none of these. */
  public static Optional<String> ours(String old) {
    return ALL.stream().flatMap(row -> row.translated(old).stream()).findFirst();
  }

  private Optional<String> translated(String given) {
    if (!old.endsWith(ANY)) {
      return given.equals(old) ? Optional.of(type) : Optional.empty();
    }
    String prefix = prefix(old);
    return given.startsWith(prefix) && given.length() > prefix.length()
        ? Optional.of(prefix(type) + given.substring(prefix.length()))
        : Optional.empty();
  }

  private static String prefix(String pattern) {
    return pattern.substring(0, pattern.length() - 1);
  }
}
