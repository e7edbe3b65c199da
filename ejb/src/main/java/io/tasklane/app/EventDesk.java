package io.tasklane.app;

import io.tasklane.engine.Engine;
import io.tasklane.engine.EngineRoom;
import io.tasklane.event.LogEvent;
import io.tasklane.event.ResumeToken;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Where the event log is read, live and from any position that is still kept. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class EventDesk {
  private final Supplier<Engine> engine;

  /** For the container's proxies. */
  protected EventDesk() {
    this.engine = null;
  }

  /** The desk of the running engine. */
  @Inject
  public EventDesk(EngineRoom room) {
    this.engine = room::engine;
  }

  /** The desk of this engine. */
  public EventDesk(Engine engine) {
    this.engine = () -> engine;
  }

  /** The position behind the newest event that readers can see. */
  public ResumeToken now() {
    return engine.get().tail().now();
  }

  /**
   * Opens a reader behind this position.
   *
   * @param from position, everything after it is read
   * @param filter which events the reader wants
   * @param wake called, from any thread, when something new may be there; must return at once
   * @throws Refusal INVALID_ARGUMENT: TOKEN_UNKNOWN for a position of another cluster
   */
  public EventCursor open(ResumeToken from, Predicate<LogEvent> filter, Runnable wake) {
    return engine.get().tail().open(from, filter, wake);
  }
}
