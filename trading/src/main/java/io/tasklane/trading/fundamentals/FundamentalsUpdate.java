package io.tasklane.trading.fundamentals;

import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.TaskHandler;
import io.tasklane.task.TaskType;
import io.tasklane.trading.format.JsonText;
import io.tasklane.trading.input.Input;
import io.tasklane.trading.market.Listing;
import io.tasklane.trading.market.Listings;
import io.tasklane.trading.run.Announcer;
import io.tasklane.trading.run.EachSymbol;
import io.tasklane.trading.run.Results;
import io.tasklane.trading.run.TradingQueue;
import io.tasklane.trading.source.MarketData;
import io.tasklane.trading.source.MarketView;
import io.tasklane.trading.store.Snapshot;
import io.tasklane.trading.store.TradingStore;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what companies filed with the SEC, and reckons what it says about them today. */
public final class FundamentalsUpdate implements TaskHandler {
  private static final int MOST_LISTED = 200;
  private static final TaskType TYPE =
      TradingQueue.DATA_FETCHER.type(
          "fundamentals_update",
          "Reads company facts as filed with the SEC, and works out financials and ratios.",
          FundamentalsUpdate.class);

  private final MarketData data;
  private final TradingStore store;

  /** Reads from the data, keeps in the store what it understood. */
  public FundamentalsUpdate(MarketData data, TradingStore store) {
    this.data = data;
    this.store = store;
  }

  @Override
  public TaskType type() {
    return TYPE;
  }

  @Override
  public Payload handle(Run run) throws InterruptedException {
    Input input = Input.of(run.input());
    Set<DataType> types =
        input.choices("data_types", DataType.WORDS, DataType.WORDS).stream()
            .map(DataType::of)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(DataType.class)));
    boolean forced = input.flag("force_refresh", false);
    MarketView view = data.on(input.asOf());
    List<Listing> listings = Listings.read(view.source()).select(input.symbols());
    EachSymbol<SymbolUpdate> updates =
        EachSymbol.work(
            run,
            listings.stream().map(Listing::symbol).toList(),
            symbol -> update(run, view, symbol, types, forced));
    Announcer announcer = new Announcer(run, view);
    updates.results().forEach(update -> update.announce(announcer));
    return Results.payload(result(view, updates));
  }

  private SymbolUpdate update(
      Run run, MarketView view, String symbol, Set<DataType> types, boolean forced) {
    String file = "companyfacts/" + symbol + ".json";
    byte[] bytes = view.source().read(file);
    String sha256 = sha256(bytes);
    Snapshot snapshot = Snapshot.open(store, "fundamentals/" + symbol, view, run);
    Optional<Kept> before = snapshot.base().flatMap(Kept::of);
    if (!forced && before.isPresent() && before.get().isOf(sha256, view.asOf())) {
      return SymbolUpdate.of(symbol, before.get(), true, 0, view, types);
    }
    Kept now = Kept.of(file, bytes, sha256, view.asOf());
    SymbolUpdate update = SymbolUpdate.of(symbol, now, false, now.newPoints(before), view, types);
    snapshot.replace(now.toJson());
    return update;
  }

  private static JsonObjectBuilder result(MarketView view, EachSymbol<SymbolUpdate> updates) {
    List<SymbolUpdate> all = updates.results();
    long hits = all.stream().filter(SymbolUpdate::cached).count();
    JsonArrayBuilder listed = JsonText.array();
    all.stream().limit(MOST_LISTED).forEach(update -> listed.add(update.toJson()));
    JsonObjectBuilder result =
        Results.of(view)
            .add("symbols_updated", all.size() - hits)
            .add("new_data_points", all.stream().mapToLong(SymbolUpdate::newPoints).sum())
            .add("cache_hits", hits)
            // Neither files nor the sample are asked over the network.
            .add("api_calls_made", 0)
            .add("fundamentals", listed)
            .add("fundamentals_omitted", Math.max(0, all.size() - MOST_LISTED));
    updates.describe(result);
    return result;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
