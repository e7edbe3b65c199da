package io.tasklane.trading.store;

import io.tasklane.task.Run;
import io.tasklane.trading.format.JsonText;
import io.tasklane.trading.source.MarketView;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Optional;

/**
 * What a task saw last time, so that it can say what changed.
 *
 * <p>A run may be cut short after it wrote its snapshot and before its result was kept. The
 * snapshot therefore names its task and carries the content before it: the task's next run compares
 * with that, and reports the same changes again instead of none.
 */
public final class Snapshot {
  private final TradingStore store;
  private final String key;
  private final Run run;
  private final Optional<JsonObject> base;

  private Snapshot(TradingStore store, String key, Run run, Optional<JsonObject> base) {
    this.store = store;
    this.key = key;
    this.run = run;
    this.base = base;
  }

  /**
   * Reads what was kept.
   *
   * @param what such as "positions"; each source has its own
   */
  public static Snapshot open(TradingStore store, String what, MarketView view, Run run) {
    String key = what + "/" + view.source().name();
    Optional<JsonObject> kept =
        store.read(key).map(text -> (JsonObject) JsonText.parse("store key " + key, text));
    return new Snapshot(store, key, run, kept.flatMap(json -> base(json, run)));
  }

  /** What to compare with; empty the first time. */
  public Optional<JsonObject> base() {
    return base;
  }

  /** Keeps the content seen now for the next task. */
  public void replace(JsonObject content) {
    JsonObjectBuilder text = JsonText.object().add("task", run.task()).add("content", content);
    base.ifPresent(before -> text.add("before", before));
    store.write(key, text.build().toString(), run.fencingToken());
  }

  private static Optional<JsonObject> base(JsonObject kept, Run run) {
    String field = kept.getString("task").equals(run.task()) ? "before" : "content";
    JsonValue value = kept.get(field);
    return value instanceof JsonObject object ? Optional.of(object) : Optional.empty();
  }
}
