package io.tasklane.trading.testing;

import io.tasklane.trading.store.StaleTokenException;
import io.tasklane.trading.store.TradingStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A store for the length of a test that keeps the port's promise about tokens. */
public final class FencedStore implements TradingStore {
  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, Long> tokens = new HashMap<>();

  @Override
  public Optional<String> read(String key) {
    return Optional.ofNullable(texts.get(key));
  }

  @Override
  public void write(String key, String json, long fencingToken) {
    long kept = tokens.getOrDefault(key, 0L);
    if (fencingToken < kept) {
      throw new StaleTokenException(key, fencingToken, kept);
    }
    texts.put(key, json);
    tokens.put(key, fencingToken);
  }
}
