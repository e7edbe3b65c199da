package io.tasklane.trading.portfolio;

import io.tasklane.trading.format.JsonRecord;
import io.tasklane.trading.format.JsonText;
import io.tasklane.trading.source.Source;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A broker account, as Alpaca's {@code GET /v2/account} describes it.
 *
 * @param accountId the account number, or the id where there is none
 * @param id the broker's internal id, equal to accountId where there is none
 * @param currency ISO 4217, "USD" where not given
 * @param cash may be negative (margin)
 * @param equity cash plus positions, by the broker's own reckoning
 * @param buyingPower where given
 * @param dayTradingBuyingPower where given
 * @param maintenanceMargin where given
 */
public record Account(
    String accountId,
    String id,
    String currency,
    BigDecimal cash,
    BigDecimal equity,
    Optional<BigDecimal> buyingPower,
    Optional<BigDecimal> dayTradingBuyingPower,
    Optional<BigDecimal> maintenanceMargin) {
  static final String FILE = "accounts.json";

  /** Reads accounts.json: an array of accounts, or a single one. */
  public static List<Account> read(Source source) {
    List<JsonRecord> records = JsonText.records(FILE, source.read(FILE));
    List<Account> accounts = records.stream().map(Account::of).toList();
    for (int i = 0; i < accounts.size(); i++) {
      String accountId = accounts.get(i).accountId;
      if (accounts.stream().filter(account -> account.answersTo(accountId)).count() > 1) {
        throw records.get(i).fault("account_number", "each account once");
      }
      if (!accounts.get(i).currency.equals(accounts.get(0).currency)) {
        // Adding them up would need an exchange rate, and no format here carries one.
        throw records
            .get(i)
            .fault("currency", accounts.get(0).currency + ", as in the first account");
      }
    }
    return accounts;
  }

  /** Whether fills, positions and inputs mean this account by that name. */
  public boolean answersTo(String name) {
    return accountId.equals(name) || id.equals(name);
  }

  private static Account of(JsonRecord json) {
    Optional<String> number = json.optionalText("account_number");
    String id = number.isPresent() ? json.optionalText("id").orElse(number.get()) : json.text("id");
    return new Account(
        number.orElse(id),
        id,
        json.optionalText("currency").orElse("USD"),
        json.decimal("cash"),
        json.decimal("equity"),
        json.optionalDecimal("buying_power"),
        json.optionalDecimal("daytrading_buying_power"),
        json.optionalDecimal("maintenance_margin"));
  }
}
