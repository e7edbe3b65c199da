package io.tasklane.trading.store;

import java.util.Optional;

/**
 * Keeps JSON texts by key from one task to the next; fenced, so that a stale run writes nothing.
 */
public interface TradingStore {
  /**
   * The text kept under that key.
   *
   * @param key such as "positions/sample"; at most 200 characters
   */
  Optional<String> read(String key);

  /**
   * Replaces the text under that key.
   *
   * @param key as in {@link #read}
   * @param json the new text
   * @param fencingToken the writing run's token
   * @throws StaleTokenException if the key was written with a larger token; nothing is changed
   */
  void write(String key, String json, long fencingToken);
}
