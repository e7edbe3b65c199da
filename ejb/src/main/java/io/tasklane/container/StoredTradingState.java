package io.tasklane.container;

import io.tasklane.state.HandlerState;
import io.tasklane.trading.store.StaleTokenException;
import io.tasklane.trading.store.TradingStore;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Stores the state of the trading handlers in the engine's database.
 *
 * @param state where the values are stored
 */
record StoredTradingState(HandlerState state) implements TradingStore {
  @Override
  public Optional<String> read(String key) {
    return state.read(key);
  }

  @Override
  public void write(String key, String json, long fencingToken) {
    OptionalLong newer = state.write(key, json, fencingToken);
    if (newer.isPresent()) {
      throw new StaleTokenException(key, fencingToken, newer.getAsLong());
    }
  }
}
