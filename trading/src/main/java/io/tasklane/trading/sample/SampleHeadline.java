package io.tasklane.trading.sample;

import java.time.Instant;

/**
 * A headline of the sample.
 *
 * @param symbol whom it is about
 * @param text the headline
 * @param summary one sentence
 * @param time when it came out
 */
record SampleHeadline(String symbol, String text, String summary, Instant time) {
  /** Identity in a feed: a symbol has one headline a day at most. */
  String guid() {
    return "sample:" + symbol + ":" + time;
  }
}
