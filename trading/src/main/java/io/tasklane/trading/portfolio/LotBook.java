package io.tasklane.trading.portfolio;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The open lots of one holding, first in first out: a fill against the open side closes the oldest
 * lots and realises their gain; what is left over of it opens a lot on the other side.
 */
public final class LotBook {
  private final Deque<Lot> lots = new ArrayDeque<>();
  private BigDecimal realised = BigDecimal.ZERO;
  private BigDecimal opened = BigDecimal.ZERO;

  /** Books a signed quantity at a price per share; 0 changes nothing. */
  public void book(Instant time, BigDecimal quantity, BigDecimal price) {
    BigDecimal rest = quantity;
    while (rest.signum() != 0
        && !lots.isEmpty()
        && lots.peek().quantity().signum() != rest.signum()) {
      rest = closeOldest(rest, price);
    }
    if (rest.signum() != 0) {
      lots.add(new Lot(time, rest, price));
      opened = opened.add(rest.abs().multiply(price));
    }
  }

  /** Gains of closed lots, per share prices unrounded. */
  public BigDecimal realised() {
    return realised;
  }

  /** Gains of open lots at that price per share. */
  public BigDecimal unrealised(BigDecimal now) {
    return lots.stream().map(lot -> lot.gainAt(now)).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** What all lots ever opened cost: the base of percentages. */
  public BigDecimal opened() {
    return opened;
  }

  /** The signed quantity still open. */
  public BigDecimal quantity() {
    return lots.stream().map(Lot::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** What the open lots cost, always positive. */
  public BigDecimal cost() {
    return lots.stream()
        .map(lot -> lot.quantity().abs().multiply(lot.price()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** The open lots, oldest first. */
  public List<Lot> lots() {
    return List.copyOf(lots);
  }

  private BigDecimal closeOldest(BigDecimal quantity, BigDecimal price) {
    Lot lot = lots.remove();
    BigDecimal closed = quantity.abs().min(lot.quantity().abs());
    BigDecimal signed = lot.quantity().signum() > 0 ? closed : closed.negate();
    realised = realised.add(lot.withQuantity(signed).gainAt(price));
    BigDecimal left = lot.quantity().subtract(signed);
    if (left.signum() != 0) {
      lots.addFirst(lot.withQuantity(left));
    }
    return quantity.add(signed);
  }
}
