package io.tasklane.trading.portfolio;

import io.tasklane.trading.format.DataFault;
import io.tasklane.trading.source.Source;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All accounts with their holdings.
 *
 * @param accounts never empty
 * @param holdings of every account, in the order of positions.json, then those that fills closed
 */
public record Portfolio(List<Account> accounts, List<Holding> holdings) {

  private record Key(String account, String symbol) {}

  /** Keeps own copies. */
  public Portfolio {
    accounts = List.copyOf(accounts);
    holdings = List.copyOf(holdings);
  }

  /** Reads accounts.json, positions.json and fills.csv. */
  public static Portfolio read(Source source) {
    List<Account> accounts = Account.read(source);
    if (accounts.isEmpty()) {
      throw DataFault.missing(Account.FILE + " has no account: at least one is needed");
    }
    Map<Key, Position> positions = new LinkedHashMap<>();
    Map<Key, List<Fill>> fills = new LinkedHashMap<>();
    for (Position position : Position.read(source)) {
      String account = owner(accounts, position.account(), Position.FILE + " " + position.symbol());
      Key key = new Key(account, position.symbol());
      if (positions.put(key, position) != null) {
        throw DataFault.invalid(
            Position.FILE, position.symbol(), "each symbol once in an account; add account_id");
      }
      fills.put(key, new ArrayList<>());
    }
    for (Fill fill : Fill.read(source)) {
      Key own = new Key(owner(accounts, fill.account(), fill.place()), fill.symbol());
      Key anyAccount = new Key("", fill.symbol());
      Key key = !positions.containsKey(own) && positions.containsKey(anyAccount) ? anyAccount : own;
      fills.computeIfAbsent(key, any -> new ArrayList<>()).add(fill);
    }
    List<Holding> holdings = new ArrayList<>();
    fills.forEach(
        (key, of) ->
            holdings.add(
                new Holding(key.account, key.symbol, Optional.ofNullable(positions.get(key)), of)));
    return new Portfolio(accounts, holdings);
  }

  /** Equity of all accounts. */
  public BigDecimal equity() {
    return accounts.stream().map(Account::equity).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Cash of all accounts. */
  public BigDecimal cash() {
    return accounts.stream().map(Account::cash).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** The positions that are open. */
  public List<Position> positions() {
    return holdings.stream().flatMap(holding -> holding.position().stream()).toList();
  }

  /** The value of what is held of a symbol, options on it not included; below 0 when short. */
  public BigDecimal value(String symbol) {
    return positions().stream()
        .filter(position -> position.symbol().equals(symbol))
        .map(Position::marketValue)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** The signed quantity held of a symbol in all accounts. */
  public BigDecimal quantity(String symbol) {
    return positions().stream()
        .filter(position -> position.symbol().equals(symbol))
        .map(Position::quantity)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** The account meant by a name; no name means the only account, or "" among several. */
  private static String owner(List<Account> accounts, String name, String place) {
    if (name.isEmpty()) {
      return accounts.size() == 1 ? accounts.get(0).accountId() : "";
    }
    return accounts.stream()
        .filter(account -> account.answersTo(name))
        .map(Account::accountId)
        .findFirst()
        .orElseThrow(
            () ->
                DataFault.invalid(
                    place + " account",
                    name,
                    "an account of accounts.json: "
                        + String.join(", ", accounts.stream().map(Account::accountId).toList())));
  }
}
