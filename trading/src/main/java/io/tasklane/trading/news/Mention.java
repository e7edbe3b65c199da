package io.tasklane.trading.news;

import io.tasklane.trading.market.Listing;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds out whether a text speaks of a listing: by $TICKER, (TICKER), EXCHANGE: TICKER, the ticker
 * as a word in capitals where it has three letters or more (shorter ones are words of their own),
 * or by name or alias in any case.
 */
final class Mention {
  private static final int TELLING_LENGTH = 3;

  private final String symbol;
  private final Pattern ticker;
  private final Pattern names;

  Mention(Listing listing) {
    symbol = listing.symbol();
    String quoted = Pattern.quote(symbol);
    String word = "(?<![A-Za-z0-9.$])" + quoted + "(?![A-Za-z0-9])";
    String marked =
        "\\$"
            + quoted
            + "(?![A-Za-z0-9])|\\("
            + quoted
            + "\\)|[A-Z]{3,}:\\s?"
            + quoted
            + "(?![A-Za-z0-9])";
    ticker = Pattern.compile(symbol.length() >= TELLING_LENGTH ? word + "|" + marked : marked);
    List<String> words = new ArrayList<>(listing.aliases());
    words.add(listing.name());
    names =
        Pattern.compile(
            "(?<![\\p{L}\\p{N}])("
                + String.join("|", words.stream().map(Pattern::quote).toList())
                + ")(?![\\p{L}\\p{N}])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  String symbol() {
    return symbol;
  }

  boolean isIn(String text) {
    return ticker.matcher(text).find() || names.matcher(text).find();
  }
}
