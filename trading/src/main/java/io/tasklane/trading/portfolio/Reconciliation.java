package io.tasklane.trading.portfolio;

import io.tasklane.trading.format.Decimals;
import io.tasklane.trading.format.JsonText;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;

/**
 * Whether cash and positions add up to the equity that the broker states, within a cent.
 *
 * @param accountId whose; "all" where positions do not say whose they are
 * @param equity as stated
 * @param cash as stated
 * @param positionsValue sum of market values
 */
record Reconciliation(
    String accountId, BigDecimal equity, BigDecimal cash, BigDecimal positionsValue) {
  private static final BigDecimal CENT = new BigDecimal("0.01");

  /** One for each of these accounts, or one for all where a position names no account. */
  static List<Reconciliation> of(
      List<Account> all, List<Account> selected, List<Position> positions) {
    boolean assigned =
        all.size() == 1 || positions.stream().noneMatch(position -> position.account().isEmpty());
    if (!assigned) {
      BigDecimal equity =
          all.stream().map(Account::equity).reduce(BigDecimal.ZERO, BigDecimal::add);
      BigDecimal cash = all.stream().map(Account::cash).reduce(BigDecimal.ZERO, BigDecimal::add);
      return List.of(new Reconciliation("all", equity, cash, value(positions)));
    }
    return selected.stream().map(account -> of(account, all.size() == 1, positions)).toList();
  }

  /** Equity less cash less positions. */
  BigDecimal difference() {
    return equity.subtract(cash).subtract(positionsValue);
  }

  /** Whether it is a cent at most. */
  boolean holds() {
    return difference().abs().compareTo(CENT) <= 0;
  }

  JsonObject toJson() {
    return JsonText.object()
        .add("account_id", accountId)
        .add("equity", Decimals.cents(equity))
        .add("cash", Decimals.cents(cash))
        .add("positions_value", Decimals.cents(positionsValue))
        .add("difference", Decimals.cents(difference()))
        .add("reconciled", holds())
        .build();
  }

  private static Reconciliation of(Account account, boolean only, List<Position> positions) {
    List<Position> own =
        positions.stream()
            .filter(p -> account.answersTo(p.account()) || (only && p.account().isEmpty()))
            .toList();
    return new Reconciliation(account.accountId(), account.equity(), account.cash(), value(own));
  }

  private static BigDecimal value(List<Position> positions) {
    return positions.stream().map(Position::marketValue).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
