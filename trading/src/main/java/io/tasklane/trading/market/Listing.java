package io.tasklane.trading.market;

import java.util.List;

/**
 * A tracked symbol.
 *
 * @param symbol ticker in upper case
 * @param name of the company or fund
 * @param sector free text, may be empty
 * @param aliases further words by which news call it, may be none
 */
public record Listing(String symbol, String name, String sector, List<String> aliases) {
  /** Keeps an own copy of the aliases. */
  public Listing {
    aliases = List.copyOf(aliases);
  }
}
