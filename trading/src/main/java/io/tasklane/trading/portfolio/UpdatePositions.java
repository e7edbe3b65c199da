package io.tasklane.trading.portfolio;

import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.TaskHandler;
import io.tasklane.task.TaskType;
import io.tasklane.trading.format.Decimals;
import io.tasklane.trading.format.JsonText;
import io.tasklane.trading.input.Input;
import io.tasklane.trading.market.Listings;
import io.tasklane.trading.portfolio.PositionCheck.Finding;
import io.tasklane.trading.run.Announcer;
import io.tasklane.trading.run.EachSymbol;
import io.tasklane.trading.run.Results;
import io.tasklane.trading.run.TradingQueue;
import io.tasklane.trading.source.MarketData;
import io.tasklane.trading.source.MarketView;
import io.tasklane.trading.store.Snapshot;
import io.tasklane.trading.store.TradingStore;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Compares the positions with the last reading, matches them with their fills and checks them. */
public final class UpdatePositions implements TaskHandler {
  private static final int MOST_LISTED = 300;
  private static final int MOST_LOTS = 3;
  private static final TaskType TYPE =
      TradingQueue.PORTFOLIO_SYNC.type(
          "update_positions",
          "Reads positions, says what came, went and changed, and cross-checks them.",
          UpdatePositions.class);

  private final MarketData data;
  private final TradingStore store;

  /** Reads from the data, remembers in the store. */
  public UpdatePositions(MarketData data, TradingStore store) {
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
    boolean options = input.flag("include_options", true);
    boolean validate = input.flag("validate_positions", true);
    MarketView view = data.on(input.asOf());
    List<String> symbols = input.symbols();
    Listings listings = Listings.read(view.source());
    listings.select(symbols);
    Predicate<String> asked =
        symbol ->
            (options || !OptionSymbol.isOption(symbol))
                && (symbols.isEmpty() || symbols.contains(OptionSymbol.underlying(symbol)));
    Portfolio portfolio = Portfolio.read(view.source());
    List<Holding> open =
        portfolio.holdings().stream()
            .filter(holding -> holding.position().isPresent() && asked.test(holding.symbol()))
            .toList();
    Snapshot snapshot = Snapshot.open(store, "positions", view, run);
    PositionChanges changes = PositionChanges.between(open, snapshot.base(), asked);
    PositionCheck check = new PositionCheck(view, listings);
    EachSymbol<List<Finding>> ages =
        EachSymbol.work(
            run,
            open.stream().map(Holding::symbol).distinct().toList(),
            symbol -> validate ? check.priceAge(symbol) : List.of());
    List<Finding> findings =
        validate ? open.stream().flatMap(h -> check.findings(h).stream()).toList() : List.of();

    JsonObjectBuilder result =
        Results.of(view)
            .add("positions_updated", open.size())
            .add("new_positions", JsonText.texts(changes.opened()))
            .add("closed_positions", JsonText.texts(changes.closed()))
            .add("changed_positions", JsonText.texts(changes.changed()))
            .add("validation_errors", errors(findings, ages))
            .add("positions", positions(open, portfolio.equity(), view))
            .add("positions_omitted", Math.max(0, open.size() - MOST_LISTED));
    ages.describe(result);
    Payload payload = Results.payload(result);
    changes.announce(new Announcer(run, view));
    snapshot.replace(changes.toKeep());
    return payload;
  }

  private static JsonArrayBuilder errors(List<Finding> findings, EachSymbol<List<Finding>> ages) {
    JsonArrayBuilder errors = JsonText.array();
    Stream.concat(findings.stream(), ages.results().stream().flatMap(List::stream))
        .limit(MOST_LISTED)
        .forEach(finding -> errors.add(finding.toJson()));
    ages.reasons()
        .forEach((symbol, why) -> errors.add(new Finding(symbol, "PRICES", why).toJson()));
    return errors;
  }

  private static JsonArrayBuilder positions(
      List<Holding> open, BigDecimal equity, MarketView view) {
    JsonArrayBuilder positions = JsonText.array();
    open.stream()
        .limit(MOST_LISTED)
        .forEach(holding -> positions.add(position(holding, equity, view)));
    return positions;
  }

  private static JsonObject position(Holding holding, BigDecimal equity, MarketView view) {
    Position position = holding.position().orElseThrow();
    LotBook book = holding.lots(view.instant());
    BigDecimal quantity = book.quantity().abs();
    JsonArrayBuilder lots = JsonText.array();
    book.lots().stream()
        .limit(MOST_LOTS)
        .forEach(
            lot ->
                lots.add(
                    JsonText.object().add("quantity", lot.quantity()).add("price", lot.price())));
    return JsonText.object()
        .add("account_id", holding.account())
        .add("symbol", holding.symbol())
        .add("quantity", position.quantity())
        .add(
            "average_cost",
            quantity.signum() == 0
                ? BigDecimal.ZERO
                : book.cost().divide(quantity, 4, RoundingMode.HALF_EVEN))
        .add("price", position.currentPrice())
        .add("market_value", Decimals.cents(position.marketValue()))
        .add("weight", Decimals.share(position.marketValue(), equity))
        .add("open_lots", book.lots().size())
        .add("oldest_lots", lots)
        .build();
  }
}
