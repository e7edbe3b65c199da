package io.tasklane.trading.portfolio;

import io.tasklane.trading.format.JsonText;
import io.tasklane.trading.run.Announcer;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What came, went and changed between two readings of positions, as "account:symbol" or the symbol
 * alone where the account is not known.
 *
 * @param opened held now, not before
 * @param closed held before, not now
 * @param changed held with another quantity
 * @param before quantities by name, as they were kept
 * @param toKeep quantities by name, for the next comparison
 */
record PositionChanges(
    List<String> opened,
    List<String> closed,
    List<String> changed,
    JsonObject before,
    JsonObject toKeep) {

  /**
   * Compares.
   *
   * @param now the open holdings that were asked for
   * @param before what was kept; without it everything is new
   * @param asked whether a symbol was asked for: others stay as they were kept
   */
  static PositionChanges between(
      List<Holding> now, Optional<JsonObject> before, Predicate<String> asked) {
    JsonObject was = before.orElse(JsonObject.EMPTY_JSON_OBJECT);
    JsonObjectBuilder keep = JsonText.object();
    Set<String> gone = new TreeSet<>();
    was.forEach(
        (name, quantity) -> {
          if (asked.test(name.substring(name.indexOf(':') + 1))) {
            gone.add(name);
          } else {
            keep.add(name, quantity);
          }
        });
    List<String> opened = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    for (Holding holding : now) {
      String name =
          holding.account().isEmpty()
              ? holding.symbol()
              : holding.account() + ":" + holding.symbol();
      String quantity = holding.quantity().stripTrailingZeros().toPlainString();
      keep.add(name, quantity);
      gone.remove(name);
      if (!was.containsKey(name)) {
        opened.add(name);
      } else if (!was.getString(name).equals(quantity)) {
        changed.add(name);
      }
    }
    return new PositionChanges(opened, List.copyOf(gone), changed, was, keep.build());
  }

  /** Publishes every change, with the quantity before and after it. */
  void announce(Announcer announcer) {
    opened.forEach(name -> announce(announcer, name, "opened"));
    closed.forEach(name -> announce(announcer, name, "closed"));
    changed.forEach(name -> announce(announcer, name, "changed"));
  }

  private void announce(Announcer announcer, String name, String change) {
    int colon = name.indexOf(':');
    String symbol = name.substring(colon + 1);
    announcer.say(
        "portfolio.position_change",
        Announcer.symbol(symbol),
        JsonText.object()
            .add("account_id", name.substring(0, Math.max(0, colon)))
            .add("symbol", symbol)
            .add("change", change)
            .add("quantity_before", new BigDecimal(before.getString(name, "0")))
            .add("quantity", closed.contains(name) ? BigDecimal.ZERO : now(name))
            .build());
  }

  private BigDecimal now(String name) {
    return new BigDecimal(toKeep.getString(name));
  }
}
