package io.tasklane.trading.sample;

import io.tasklane.trading.format.JsonText;
import io.tasklane.trading.portfolio.LotBook;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Prints accounts, positions and fills as a broker would, numbers as text. */
final class BrokerFiles {
  private static final BigDecimal MAINTENANCE = new BigDecimal("0.25");

  private final SampleMarket market;
  private final List<SampleAccount> accounts;

  BrokerFiles(SampleMarket market, List<SampleAccount> accounts) {
    this.market = market;
    this.accounts = accounts;
  }

  byte[] accounts() {
    JsonArrayBuilder json = JsonText.array();
    accounts.forEach(account -> json.add(account(account)));
    return bytes(json.build().toString());
  }

  byte[] positions() {
    JsonArrayBuilder json = JsonText.array();
    for (SampleAccount account : accounts) {
      account
          .books()
          .forEach(
              (symbol, book) -> {
                if (book.quantity().signum() != 0) {
                  json.add(position(account, symbol, book));
                }
              });
    }
    return bytes(json.build().toString());
  }

  byte[] fills() {
    Stream<String> rows = accounts.stream().flatMap(account -> account.fills().stream()).sorted();
    String header = "time,account,symbol,side,quantity,price,fee\n";
    return bytes(header + String.join("\n", rows.toList()) + "\n");
  }

  private JsonObject account(SampleAccount account) {
    BigDecimal held =
        account.books().entrySet().stream()
            .map(entry -> entry.getValue().quantity().multiply(close(entry.getKey())))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    String cash = account.cash().toPlainString();
    return JsonText.object()
        .add("id", "sample-" + account.number().toLowerCase(Locale.ROOT))
        .add("account_number", account.number())
        .add("status", "ACTIVE")
        .add("currency", "USD")
        .add("cash", cash)
        .add("buying_power", cash)
        .add("daytrading_buying_power", cash)
        .add("long_market_value", held.toPlainString())
        .add("short_market_value", "0")
        .add("equity", account.cash().add(held).toPlainString())
        .add("maintenance_margin", cents(held.multiply(MAINTENANCE)))
        .build();
  }

  private JsonObject position(SampleAccount account, String symbol, LotBook book) {
    List<SampleDay> days = market.days(symbol);
    BigDecimal quantity = book.quantity();
    BigDecimal price = close(symbol);
    BigDecimal value = quantity.multiply(price);
    return JsonText.object()
        .add("account_id", account.number())
        .add("symbol", symbol)
        .add("asset_class", "us_equity")
        .add("qty", quantity.toPlainString())
        .add("side", "long")
        .add(
            "avg_entry_price",
            book.cost().divide(quantity, 4, RoundingMode.HALF_EVEN).toPlainString())
        .add("cost_basis", cents(book.cost()))
        .add("current_price", price.toPlainString())
        .add("lastday_price", days.get(days.size() - 2).bar().close().toPlainString())
        .add("market_value", value.toPlainString())
        .add("unrealized_pl", cents(value.subtract(book.cost())))
        .build();
  }

  private BigDecimal close(String symbol) {
    List<SampleDay> days = market.days(symbol);
    return days.get(days.size() - 1).bar().close();
  }

  private static String cents(BigDecimal amount) {
    return amount.setScale(2, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
