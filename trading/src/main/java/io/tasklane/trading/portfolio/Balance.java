package io.tasklane.trading.portfolio;

import io.tasklane.trading.format.Decimals;
import io.tasklane.trading.format.JsonText;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * An account beside what was kept of it the last time.
 *
 * @param account as it is now
 * @param before as it was kept; null if it was not
 */
record Balance(Account account, JsonObject before) {

  /** When it last changed: now, unless all amounts are the kept ones. */
  String lastSync(String now) {
    return before != null && amounts().build().equals(before.getJsonObject("amounts"))
        ? before.getString("last_sync")
        : now;
  }

  /** What to keep for the next time. */
  JsonObject toKeep(String lastSync) {
    return JsonText.object().add("amounts", amounts()).add("last_sync", lastSync).build();
  }

  /** The account in the result. */
  JsonObject toJson(String lastSync) {
    JsonObjectBuilder json = JsonText.object().add("account_id", account.accountId());
    return json.addAll(amounts()).add("last_sync", lastSync).build();
  }

  /** How much cash came or went since the last time, if any did. */
  Optional<JsonObject> cashChange() {
    if (before == null) {
      return Optional.empty();
    }
    BigDecimal was =
        before.getJsonObject("amounts").getJsonNumber("cash_balance").bigDecimalValue();
    BigDecimal is = Decimals.cents(account.cash());
    if (is.compareTo(was) == 0) {
      return Optional.empty();
    }
    return Optional.of(
        JsonText.object()
            .add("account_id", account.accountId())
            .add("before", was)
            .add("after", is)
            .add("change", is.subtract(was))
            .build());
  }

  private JsonObjectBuilder amounts() {
    JsonObjectBuilder json =
        JsonText.object()
            .add("cash_balance", Decimals.cents(account.cash()))
            .add("equity", Decimals.cents(account.equity()));
    addIfGiven(json, "buying_power", account.buyingPower());
    addIfGiven(json, "day_trading_buying_power", account.dayTradingBuyingPower());
    addIfGiven(json, "maintenance_margin", account.maintenanceMargin());
    return json;
  }

  /** What the broker does not state is null, never an invented 0. */
  private static void addIfGiven(
      JsonObjectBuilder json, String field, Optional<BigDecimal> amount) {
    amount.ifPresentOrElse(
        value -> json.add(field, Decimals.cents(value)), () -> json.addNull(field));
  }
}
