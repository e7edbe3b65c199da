package io.tasklane.event;

import io.tasklane.app.EventCursor;
import io.tasklane.app.Refusal;
import io.tasklane.event.store.EventReader;
import io.tasklane.event.store.TailConnection;
import io.tasklane.store.Database;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The one reader of the log on this node. It is woken by this node's commits, looks by itself every
 * 20 ms, keeps the newest events, and wakes those who read them.
 */
public final class EventTail implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(EventTail.class.getName());
  private static final int KEPT = 16_384;
  private static final int READ_AT_ONCE = 2_000;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final Duration PAUSE_AFTER_FAULT = Duration.ofMillis(500);

  private final Database database;
  private final IntFunction<String> queueIds;
  private final List<Consumer<List<LogEvent>>> followers = new CopyOnWriteArrayList<>();
  private final List<TailCursor> cursors = new CopyOnWriteArrayList<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final EventRing ring;
  private final String generation;
  private final Thread thread;
  private final TailConnection connection;
  private volatile boolean closed;
  private volatile String fault = "";
  private volatile long revision;
  private volatile long eventsRead;

  /**
   * Opens the log at its present end; {@link #start} begins to follow it.
   *
   * @param database where the log is
   * @param queueIds the id of a queue by its key
   * @param threads makes its thread
   */
  public EventTail(Database database, IntFunction<String> queueIds, ThreadFactory threads) {
    this.database = database;
    this.queueIds = queueIds;
    this.connection = new TailConnection(database, queueIds);
    ResumeToken end = database.with(EventReader::end);
    this.generation = end.generation();
    this.ring = new EventRing(KEPT, end);
    this.thread = threads.newThread(this::follow);
    this.thread.setName("tasklane-event-tail");
  }

  /** Begins to follow the log. */
  public void start() {
    thread.start();
  }

  /** Tells this of all events, in order, on the tail's thread; to be added before the start. */
  public void addFollower(Consumer<List<LogEvent>> follower) {
    followers.add(follower);
  }

  /** Something was committed on this node. */
  public void wake() {
    if (!woken.get() && woken.compareAndSet(false, true)) {
      LockSupport.unpark(thread);
    }
  }

  /** The position of the newest event that readers can see. */
  public ResumeToken now() {
    return ring.top();
  }

  /** The greatest revision it has seen since it was opened. */
  public long revision() {
    return revision;
  }

  /** How many events it has read since it was opened. */
  public long eventsRead() {
    return eventsRead;
  }

  /** Whether its thread still works. */
  public boolean isAlive() {
    return thread.isAlive();
  }

  /** What keeps it from reading, empty while nothing does. */
  public String fault() {
    return fault;
  }

  /** Opens a reader behind this position; see {@link EventCursor}. */
  public EventCursor open(ResumeToken from, Predicate<LogEvent> filter, Runnable wake) {
    if (!from.generation().equals(generation)) {
      throw Refusal.invalid(
          "TOKEN_UNKNOWN",
          "resume_token",
          "resume_token is of another database cluster; list again and start from its token");
    }
    TailCursor cursor = new TailCursor(this, from, filter, wake);
    cursors.add(cursor);
    return cursor;
  }

  void forget(TailCursor cursor) {
    cursors.remove(cursor);
  }

  /** Events behind the position that the tail has seen, from memory or else from the table. */
  List<LogEvent> after(ResumeToken position, int limit) {
    return ring.after(position, limit).orElseGet(() -> fromTable(position, limit));
  }

  private List<LogEvent> fromTable(ResumeToken position, int limit) {
    return database.with(c -> new EventReader(c, queueIds).between(position, ring.top(), limit));
  }

  private void follow() {
    while (!closed) {
      try {
        if (!readOnce()) {
          LockSupport.parkNanos(LOOK_NANOS);
        }
      } catch (Refusal away) {
        fault = away.getMessage();
        LOG.warning(fault);
        LockSupport.parkNanos(PAUSE_AFTER_FAULT.toNanos());
      } catch (RuntimeException broken) {
        fault = "a reader of the event log failed: " + broken;
        LOG.log(Level.SEVERE, fault, broken);
        LockSupport.parkNanos(PAUSE_AFTER_FAULT.toNanos());
      }
    }
    connection.close();
  }

  /** Reads what is new; false where nothing was. */
  private boolean readOnce() {
    woken.set(false);
    List<LogEvent> events = connection.after(ring.top(), READ_AT_ONCE);
    fault = "";
    if (events.isEmpty()) {
      return false;
    }
    ring.add(events);
    revision = Math.max(revision, events.get(events.size() - 1).sequence());
    eventsRead = eventsRead + events.size(); // only the tail's thread counts
    followers.forEach(follower -> follower.accept(events));
    cursors.forEach(TailCursor::wake);
    return true;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
