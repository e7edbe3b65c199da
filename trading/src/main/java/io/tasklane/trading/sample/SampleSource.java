package io.tasklane.trading.sample;

import io.tasklane.trading.calendar.TradingCalendar;
import io.tasklane.trading.format.DataFault;
import io.tasklane.trading.market.Bar;
import io.tasklane.trading.market.Listing;
import io.tasklane.trading.market.Listings;
import io.tasklane.trading.source.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A generated folder: the same seed and day give the same bytes, whoever asks and how often. */
public final class SampleSource implements Source {
  private static final int PRINTED_BARS = 260;
  private static final String PRICES = "prices/";
  private static final String FACTS = "companyfacts/";
  private static final String WIRE = "news/sample-wire.xml";
  private static final String BLOG = "news/sample-blog.xml";

  private final TradingCalendar calendar;
  private final SampleMarket market;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();

  /**
   * A market that ends with the last close on or before that day.
   *
   * @throws io.tasklane.task.FailureException permanent, for a day the sample does not cover
   */
  public SampleSource(long seed, LocalDate asOf, TradingCalendar calendar) {
    this.calendar = calendar;
    this.market = new SampleMarket(seed, asOf, calendar, Listings.read(new Resources()));
  }

  @Override
  public String name() {
    return "sample";
  }

  @Override
  public byte[] read(String key) {
    return files.computeIfAbsent(key, this::print).clone();
  }

  @Override
  public List<String> list(String folder, String ending) {
    return folder.equals("news") && ending.equals(".xml") ? List.of(BLOG, WIRE) : List.of();
  }

  private byte[] print(String key) {
    return switch (key) {
      case "symbols.csv" -> resource(key);
      case "accounts.json" -> broker().accounts();
      case "positions.json" -> broker().positions();
      case "fills.csv" -> broker().fills();
      case WIRE -> feeds().wire();
      case BLOG -> feeds().blog();
      default -> bySymbol(key);
    };
  }

  private byte[] bySymbol(String key) {
    if (key.startsWith(PRICES) && key.endsWith(".csv")) {
      return prices(key.substring(PRICES.length(), key.length() - ".csv".length()));
    }
    if (key.startsWith(FACTS) && key.endsWith(".json")) {
      return companyFacts(key.substring(FACTS.length(), key.length() - ".json".length()));
    }
    throw DataFault.missing("the sample has no file " + key);
  }

  private byte[] companyFacts(String symbol) {
    Listing listing = market.listings().bySymbol().get(symbol);
    if (listing == null) {
      throw DataFault.missing("the sample has no company facts of " + symbol);
    }
    return CompanyFactsFile.print(market.company(listing), listing.name(), market.session());
  }

  private byte[] prices(String symbol) {
    List<SampleDay> days = market.days(symbol);
    StringBuilder csv = new StringBuilder("Date,Open,High,Low,Close,Volume\n");
    for (SampleDay day : days.subList(days.size() - PRINTED_BARS, days.size())) {
      Bar bar = day.bar();
      csv.append(bar.date()).append(',').append(bar.open()).append(',').append(bar.high());
      csv.append(',').append(bar.low()).append(',').append(bar.close()).append(',');
      csv.append(bar.volume().toPlainString()).append('\n');
    }
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }

  private BrokerFiles broker() {
    return new BrokerFiles(market, new SamplePortfolio(market, calendar).accounts());
  }

  private FeedFiles feeds() {
    return new FeedFiles(new SampleNews(market, calendar, resource("headlines.csv")).headlines());
  }

  private static byte[] resource(String name) {
    try (InputStream in = SampleSource.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The part of the sample that is not generated: names and sectors. */
  private static final class Resources implements Source {
    @Override
    public String name() {
      return "sample";
    }

    @Override
    public byte[] read(String key) {
      return resource(key);
    }

    @Override
    public List<String> list(String folder, String ending) {
      return List.of();
    }
  }
}
