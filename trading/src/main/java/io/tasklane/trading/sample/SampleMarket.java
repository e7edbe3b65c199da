package io.tasklane.trading.sample;

import io.tasklane.trading.calendar.TradingCalendar;
import io.tasklane.trading.format.DataFault;
import io.tasklane.trading.market.Listing;
import io.tasklane.trading.market.Listings;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Prices by a seeded random walk with a market and a sector factor and jumps on days of news, from
 * 2015 to the close of one session. A day's prices do not depend on which session is the last, so
 * that tomorrow's sample goes on where today's ended.
 */
final class SampleMarket {
  private static final LocalDate BEGIN = LocalDate.of(2015, 1, 2);
  private static final LocalDate EARLIEST = LocalDate.of(2016, 7, 1);
  private static final LocalDate LATEST = LocalDate.of(2040, 12, 31);
  private static final double MARKET_SWING = 0.007;
  private static final double SECTOR_SWING = 0.005;

  private final long seed;
  private final Listings listings;
  private final List<LocalDate> sessions;
  private final Map<String, double[]> factors = new ConcurrentHashMap<>();
  private final Map<String, List<SampleDay>> days = new ConcurrentHashMap<>();

  SampleMarket(long seed, LocalDate asOf, TradingCalendar calendar, Listings listings) {
    if (asOf.isBefore(EARLIEST) || asOf.isAfter(LATEST)) {
      throw DataFault.input(
          "as_of", asOf.toString(), "for the sample, a day from " + EARLIEST + " to " + LATEST);
    }
    this.seed = seed;
    this.listings = listings;
    this.sessions = sessions(calendar, calendar.onOrBefore(asOf));
  }

  long seed() {
    return seed;
  }

  Listings listings() {
    return listings;
  }

  /** The last session, whose close is the newest price. */
  LocalDate session() {
    return sessions.get(sessions.size() - 1);
  }

  /** The company behind a symbol. */
  SampleCompany company(Listing listing) {
    return new SampleCompany(seed, listing.symbol(), walker(listing.symbol()).level());
  }

  /** All sessions of one symbol, oldest first. */
  List<SampleDay> days(String symbol) {
    Listing listing = listings.bySymbol().get(symbol);
    if (listing == null) {
      throw DataFault.missing("the sample has no prices of " + symbol);
    }
    return days.computeIfAbsent(symbol, any -> walk(listing));
  }

  private List<SampleDay> walk(Listing listing) {
    double[] market = factor("market", MARKET_SWING);
    double[] sector = factor("sector " + listing.sector(), SECTOR_SWING);
    SampleWalk walk = walker(listing.symbol());
    List<SampleDay> walked = new ArrayList<>(sessions.size());
    for (int i = 0; i < sessions.size(); i++) {
      walked.add(walk.next(sessions.get(i), market[i], sector[i]));
    }
    // The early years only serve to bring the walk where it is.
    return List.copyOf(
        walked.subList(Math.max(0, walked.size() - SamplePortfolio.LONGEST), walked.size()));
  }

  private SampleWalk walker(String symbol) {
    return new SampleWalk(Dice.of(seed, "symbol " + symbol));
  }

  private double[] factor(String name, double swing) {
    return factors.computeIfAbsent(
        name,
        any -> {
          RandomGenerator dice = Dice.of(seed, name);
          return sessions.stream().mapToDouble(day -> swing * dice.nextGaussian()).toArray();
        });
  }

  private static List<LocalDate> sessions(TradingCalendar calendar, LocalDate last) {
    List<LocalDate> sessions = new ArrayList<>();
    for (LocalDate day = BEGIN; !day.isAfter(last); day = calendar.after(day)) {
      sessions.add(day);
    }
    return List.copyOf(sessions);
  }
}
