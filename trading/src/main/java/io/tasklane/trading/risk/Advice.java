package io.tasklane.trading.risk;

import io.tasklane.trading.format.Decimals;
import java.math.BigDecimal;

/** What a person may do about a limit that is broken: one sentence, with the amount. */
final class Advice {
  private Advice() {}

  static String on(Reading breach, Held held) {
    String subject = breach.subject();
    return switch (breach.measure()) {
      case SYMBOL_WEIGHT -> reduce("the position in " + subject, breach, held);
      case SECTOR_WEIGHT -> reduce("the positions of sector " + subject, breach, held);
      case GROSS_EXPOSURE, LEVERAGE -> reduce("positions, long and short together,", breach, held);
      case NET_EXPOSURE -> reduce("the larger side of long and short", breach, held);
      case HHI -> "Spread the portfolio over more symbols: its index is " + values(breach) + ".";
      case BETA ->
          "Hedge, or sell what moves most with the market: beta is " + values(breach) + ".";
      case OPEN_POSITIONS -> "Close positions: " + values(breach) + " are open.";
      case DAYS_TO_LIQUIDATE ->
          "Reduce " + subject + ": selling it would take " + values(breach) + " sessions.";
      case SYMBOL_LOSS -> "Close " + subject + " or move its stop: its loss is " + percent(breach);
      case OPEN_LOSS -> "Cut losing positions: together they lost " + percent(breach);
      case DAILY_LOSS -> "Open no new positions today: the loss of the day is " + percent(breach);
    };
  }

  private static String reduce(String what, Reading breach, Held held) {
    BigDecimal amount = breach.value().subtract(breach.limit()).multiply(held.equity());
    return "Reduce " + what + " by " + Decimals.cents(amount) + ": it is " + percent(breach);
  }

  private static String percent(Reading breach) {
    return inPercent(breach.value()) + " %, allowed are " + inPercent(breach.limit()) + " %.";
  }

  private static String inPercent(BigDecimal share) {
    return Decimals.cents(share.movePointRight(2)).toPlainString();
  }

  private static String values(Reading breach) {
    return plain(breach.value()) + " of at most " + plain(breach.limit());
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
