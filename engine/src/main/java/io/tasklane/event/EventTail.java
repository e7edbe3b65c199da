package io.tasklane.event;

import io.tasklane.api.EventCursor;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.database.Database;
import io.tasklane.database.IndexPlans;
import io.tasklane.database.KeptConnection;
import io.tasklane.fault.ErrorText;
import io.tasklane.fault.OngoingFaults;
import io.tasklane.time.Ticker;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.logging.Logger;

/**
 * The one reader of the log on this node. It looks by itself every 20 ms, or every 100 ms after two
 * seconds without an event, so that a node at rest costs little, and once a second where no other
 * node writes events. While it rests like that, and while anybody reads along, it is woken by this
 * node's commits; otherwise a read a commit, which nobody waits for, would cost the database as
 * much as a small command. It keeps the newest events, and wakes those whom one of them fits.
 */
public final class EventTail implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(EventTail.class.getName());
  private static final String READING = "event log";
  private static final String READERS = "event log: readers";
  private static final int KEPT = 16_384;
  private static final long MOST_DATA = 32L * 1024 * 1024;
  private static final int READ_AT_ONCE = 2_000;
  private static final Duration PAUSE_AFTER_FAULT = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** After such a time without the log it may have been compacted beyond what was read. */
  private static final Duration LONG_SILENCE = Duration.ofMinutes(10);

  private final LogTable table;
  private final EventRows rows;
  private final OngoingFaults faults;
  private final Ticker ticker;
  private final EventFollowers followers;
  private final List<TailCursor> cursors = new CopyOnWriteArrayList<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final RecentEvents ring;
  private final String generation;
  private final Thread thread;
  private final KeptConnection connection;
  private final TailPace pace;
  private volatile boolean closed;
  private volatile String fault = "";
  private volatile boolean isAway;
  private volatile long revision;
  private volatile long eventsRead;
  private volatile boolean rests;
  private volatile long looks;
  private long lastRead;

  /**
   * Opens the log at its present end; {@link #start} begins to follow it.
   *
   * @param database where the log is
   * @param rows reads its rows
   * @param threads makes its thread
   * @param faults is told while it cannot read, or cannot tell somebody what it has read
   */
  public EventTail(Database database, EventRows rows, ThreadFactory threads, OngoingFaults faults) {
    this(database, rows, threads, faults, Ticker.SYSTEM, TailPace.REST);
  }

  EventTail(
      Database database,
      EventRows rows,
      ThreadFactory threads,
      OngoingFaults faults,
      Ticker ticker,
      Duration rest) {
    this.faults = faults;
    this.followers = new EventFollowers(faults);
    this.table = new LogTable(database, rows);
    this.ticker = ticker;
    this.lastRead = ticker.nanos();
    this.pace = new TailPace(ticker, rest);
    this.rows = rows;
    this.connection = new KeptConnection(database, PATIENCE, IndexPlans::keep);
    ResumeToken end = table.end();
    this.generation = end.generation();
    this.ring = new RecentEvents(KEPT, MOST_DATA, end);
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

  /**
   * Tells this, on the tail's thread, that the log was compacted beyond what this node had read, so
   * that followers have missed events; to be added before the start.
   */
  public void addGapFollower(Runnable follower) {
    followers.addOfGaps(follower);
  }

  /** Asks this whether the node is the only one; it then rests longer. */
  public void restLongerWhile(BooleanSupplier isAlone) {
    pace.restLongerWhile(isAlone);
  }

  /** Something was committed on this node; without a reader the next look is soon enough. */
  public void wake() {
    if (rests || !cursors.isEmpty()) {
      lookNow();
    }
  }

  private void lookNow() {
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

  /** How often it has looked. */
  long looks() {
    return looks;
  }

  /** Whether its thread still works. */
  public boolean isAlive() {
    return thread.isAlive();
  }

  /** Whether the database could not be reached at the last look. */
  public boolean isAway() {
    return isAway;
  }

  /** What keeps it from reading, empty while nothing does. */
  public String fault() {
    return fault;
  }

  /** Opens a reader behind this position; see {@link EventCursor}. */
  public EventCursor open(ResumeToken from, Predicate<LogEvent> filter, Runnable wake) {
    requireOurs(from, "resume_token");
    if (!ring.reachesBackTo(from)) {
      table.requireKept(from);
    }
    TailCursor cursor = new TailCursor(this, from, filter, wake);
    cursors.add(cursor);
    lookNow();
    return cursor;
  }

  /**
   * Passes a position of this log.
   *
   * @param field of the request that names it
   * @throws Refusal INVALID_ARGUMENT: TOKEN_UNKNOWN for a position of another cluster
   */
  public void requireOurs(ResumeToken position, String field) {
    if (!position.generation().equals(generation)) {
      throw Refusal.invalid(
          RefusalReason.TOKEN_UNKNOWN,
          field,
          field + " is of another database cluster; list again and start from its token");
    }
  }

  void forget(TailCursor cursor) {
    cursors.remove(cursor);
  }

  /**
   * Events behind the position that the tail has seen, from memory or else from the table.
   *
   * @throws Refusal OUT_OF_RANGE: TOKEN_COMPACTED where some of them are gone
   */
  public List<LogEvent> after(ResumeToken position, int limit) {
    return ring.after(position, limit).orElseGet(() -> table.between(position, ring.top(), limit));
  }

  private void follow() {
    while (!closed) {
      try {
        pace.looks(woken.getAndSet(false));
        rests = pace.isQuiet(); // before it reads, so that no commit is missed that comes then
        if (readOnce() < READ_AT_ONCE) {
          rests = rests && pace.isQuiet();
          LockSupport.parkNanos(pace.pause(rests)); // a wake-up ends it at once
        }
      } catch (Refusal away) {
        isAway = true;
        failed(away.getMessage(), away);
      } catch (RuntimeException | Error broken) {
        failed("the event log cannot be read: " + ErrorText.of(broken), broken);
      }
    }
    connection.close();
  }

  private void failed(String what, Throwable why) {
    fault = what;
    faults.failed(READING, why);
    LockSupport.parkNanos(PAUSE_AFTER_FAULT.toNanos());
  }

  /** Reads what is new, and tells how many events that were. */
  private int readOnce() {
    ResumeToken from = ring.top();
    List<LogEvent> events = read(c -> new EventReader(c, rows).after(from, READ_AT_ONCE));
    boolean longAway = ticker.since(lastRead).compareTo(LONG_SILENCE) > 0;
    boolean gap = longAway && wasCompactedBehind(from);
    lastRead = ticker.nanos();
    looks = looks + 1; // only the tail's thread counts
    fault = "";
    isAway = false;
    faults.ended(READING);
    if (gap || events.isEmpty()) {
      return gap ? READ_AT_ONCE : 0; // behind a gap there may be as many as it can read
    }
    pace.hasNews();
    ring.add(events);
    revision = Math.max(revision, events.get(events.size() - 1).sequence());
    eventsRead = eventsRead + events.size(); // only the tail's thread counts
    followers.tell(events);
    ResumeToken behind = ring.top();
    faults.attemptEach(READERS, cursors, cursor -> cursor.tell(from, events, behind));
    return events.size();
  }

  private <T> T read(Database.Query<T> query) {
    try {
      return connection.with(query);
    } catch (SQLException away) {
      throw Refusal.unavailable(
          RefusalReason.DATABASE_UNAVAILABLE,
          "the event log cannot be read: " + away.getMessage() + "; trying again");
    }
  }

  /** A tail that was away for longer than events are kept begins anew at what is left. */
  private boolean wasCompactedBehind(ResumeToken from) {
    ResumeToken floor = read(EventReader::floor);
    if (from.compareTo(floor) >= 0) {
      return false;
    }
    LOG.severe(
        "events behind "
            + from.encode()
            + " were compacted before this node read them; it goes on behind "
            + floor.encode());
    ring.restart(floor);
    followers.tellOfGap();
    faults.attemptEach(READERS, cursors, TailCursor::wake);
    return true;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
