package io.tasklane.trading.sample;

import io.tasklane.trading.calendar.TradingCalendar;
import io.tasklane.trading.format.CsvFile;
import io.tasklane.trading.format.CsvRow;
import io.tasklane.trading.market.Listing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Headlines of the last five sessions: every jump of a price has its reason in the news. */
final class SampleNews {
  private static final int SESSIONS = 5;
  private static final double CALM_CHANCE = 0.2;
  private static final double CALM_MOVE = 0.004;

  private final SampleMarket market;
  private final TradingCalendar calendar;
  private final Map<String, List<String>> headlines;

  SampleNews(SampleMarket market, TradingCalendar calendar, byte[] headlines) {
    this.market = market;
    this.calendar = calendar;
    this.headlines =
        CsvFile.rows("headlines.csv", headlines, List.of("kind", "headline")).stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.text("kind"),
                    Collectors.mapping((CsvRow row) -> row.text("headline"), Collectors.toList())));
  }

  /** The newest first. */
  List<SampleHeadline> headlines() {
    List<SampleHeadline> all = new ArrayList<>();
    for (Listing listing : market.listings().bySymbol().values()) {
      List<SampleDay> days = market.days(listing.symbol());
      for (int i = days.size() - SESSIONS; i < days.size(); i++) {
        headline(listing, days.get(i)).ifPresent(all::add);
      }
    }
    all.sort(
        Comparator.comparing(SampleHeadline::time)
            .reversed()
            .thenComparing(SampleHeadline::symbol));
    return all;
  }

  private Optional<SampleHeadline> headline(Listing listing, SampleDay day) {
    RandomGenerator dice =
        Dice.of(market.seed(), "news " + listing.symbol() + " " + day.bar().date());
    if (day.jump() == 0 && dice.nextDouble() >= CALM_CHANCE) {
      return Optional.empty();
    }
    List<String> fitting = headlines.get(kind(day));
    String text = String.format(fitting.get(dice.nextInt(fitting.size())), listing.name());
    double change = 100 * change(day);
    String summary =
        String.format(
            Locale.ROOT,
            "%s (%s) opened and closed %.2f %% apart.",
            listing.name(),
            listing.symbol(),
            change);
    // Before the open, so that the jump follows its reason.
    Instant time =
        calendar.open(day.bar().date()).minus(Duration.ofMinutes(20 + dice.nextInt(160)));
    return Optional.of(new SampleHeadline(listing.symbol(), text, summary, time));
  }

  private static String kind(SampleDay day) {
    if (day.jump() != 0) {
      return day.jump() > 0 ? "event+" : "event-";
    }
    double change = change(day);
    if (Math.abs(change) < CALM_MOVE) {
      return "calm0";
    }
    return change > 0 ? "calm+" : "calm-";
  }

  private static double change(SampleDay day) {
    return day.bar().close().doubleValue() / day.bar().open().doubleValue() - 1;
  }
}
