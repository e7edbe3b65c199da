package io.tasklane.bench.faults.check;

import io.tasklane.bench.faults.record.Behaviour;
import io.tasklane.bench.faults.record.Entry;
import io.tasklane.bench.faults.record.Need;
import io.tasklane.bench.faults.record.Sharing;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A record as a sound system would leave it, one step after the other, and the ways to falsify it.
 * Each step takes a second, is durable at once and known to the harness a millisecond later.
 */
final class Story {
  static final String QUEUE = "queues/STORY";
  private static final long SECOND = 1_000_000;
  private static final long MILLI = 1_000;
  private static final int PRIORITY = 5;
  private static final long PROCESS = 4711;

  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, TaskState> states = new HashMap<>();
  private final Map<String, Integer> attempts = new HashMap<>();
  private final Map<String, Integer> priorities = new HashMap<>();
  private final Map<String, List<Entry.PastRun>> runs = new HashMap<>();
  private final Map<String, Integer> alone = new HashMap<>();
  private long now = SECOND;
  private long revision;
  private long token;

  Story() {
    this(1);
  }

  Story(int concurrency) {
    entries.add(new Entry.QueueMade(now, QUEUE, concurrency));
  }

  /** Of a queue whose completions become durable in groups. */
  static Story grouped(int concurrency) {
    Story story = new Story();
    story.entries.set(0, new Entry.QueueMade(story.now, QUEUE, concurrency, true, 0));
    return story;
  }

  /** Of a queue in which one level of priority is worth so many seconds of waiting. */
  static Story aged(int seconds) {
    Story story = new Story();
    story.entries.set(0, new Entry.QueueMade(story.now, QUEUE, 1, false, seconds * 1000L));
    return story;
  }

  Story create(String task, int priority, Behaviour behaviour, Need... needs) {
    entries.add(created(task, priority, behaviour, Sharing.NONE, needs));
    return move(task, needs.length == 0 ? Move.SUBMIT : Move.BLOCK);
  }

  /** A task that shares something. */
  Story create(String task, Sharing sharing) {
    entries.add(created(task, PRIORITY, Behaviour.success(1), sharing));
    return move(task, Move.SUBMIT);
  }

  /** A create gets no answer; whether it arrived is another step. */
  Story createUnanswered(String task) {
    Entry.Created wanted = created(task, PRIORITY, Behaviour.success(1), Sharing.NONE);
    return add(new Entry.CreateUnanswered(now + MILLI, wanted));
  }

  private Entry.Created created(
      String task, int priority, Behaviour behaviour, Sharing sharing, Need... needs) {
    now += SECOND;
    priorities.put(task, priority);
    return new Entry.Created(
        now + MILLI, now - MILLI, task, QUEUE, priority, behaviour, Arrays.asList(needs), sharing);
  }

  Story create(String task) {
    return create(task, PRIORITY, Behaviour.success(1));
  }

  /** The next step of the task, by the move table. */
  Story move(String task, Move move) {
    now += SECOND;
    TaskState from = states.get(task);
    TaskState to = MoveTable.STANDARD.require(from, move);
    states.put(task, to);
    int back = isTakenBack(move) ? -1 : 0;
    attempts.merge(task, move == Move.CLAIM ? 1 : back, Integer::sum);
    entries.add(
        new Entry.Moved(
            now + MILLI,
            now,
            ++revision,
            task,
            QUEUE,
            move,
            from,
            to,
            attempts.get(task),
            priorities.get(task)));
    return this;
  }

  private static boolean isTakenBack(Move move) {
    return move == Move.LOSE_LEASE || move == Move.HAND_BACK || move == Move.POSTPONE;
  }

  /** It is claimed, and its handler begins. */
  Story begin(String task) {
    return move(task, Move.CLAIM).handle(task);
  }

  /** Its handler begins, some time after its claim. */
  Story handle(String task) {
    now += SECOND;
    int attempt = attempts.get(task);
    runs.computeIfAbsent(task, t -> new ArrayList<>())
        .add(new Entry.PastRun(++token, attempt, "nodes/a", ""));
    entries.add(new Entry.Begun(now + 2 * MILLI, task, QUEUE, "a", attempt, token, PROCESS));
    return this;
  }

  /** Its handler has its effect. */
  Story effect(String task) {
    now += SECOND;
    entries.add(new Entry.Effect(now, task, task, token(task), true));
    return this;
  }

  Story returned(String task, Entry.Outcome outcome) {
    now += SECOND;
    entries.add(new Entry.Returned(now, task, token(task), outcome));
    return this;
  }

  /** From its claim to its success. */
  Story run(String task) {
    return begin(task).effect(task).returned(task, Entry.Outcome.RESULT).move(task, Move.SUCCEED);
  }

  /** Its run ends so, and its last run is remembered with this code. */
  Story fail(String task, Move move, String code) {
    List<Entry.PastRun> past = runs.get(task);
    Entry.PastRun last = past.remove(past.size() - 1);
    past.add(new Entry.PastRun(last.token(), last.number(), last.node(), code));
    return move(task, move);
  }

  /** Its run is lost with its node, on which nothing else ran. */
  Story loseAlone(String task, Move move) {
    alone.merge(task, 1, Integer::sum);
    return fail(task, move, Behaviour.LEASE_LOST);
  }

  /** The harness hits a node. */
  Story struck(String kind, String target) {
    now += SECOND;
    return add(new Entry.Struck(now, kind, target, 0));
  }

  /** It is about to kill its node. */
  Story kills(String task) {
    now += SECOND;
    return add(new Entry.Kills(now, task, token(task)));
  }

  Story cancel(String task, Move move) {
    entries.add(new Entry.CancelAsked(now, task));
    move(task, move);
    entries.add(new Entry.CancelAnswered(now + MILLI, task, states.get(task)));
    return this;
  }

  /** How the task reads at the end. */
  Story read(String task, String failureCode) {
    List<Entry.PastRun> past = runs.getOrDefault(task, List.of());
    int lost = (int) past.stream().filter(run -> run.failureCode().equals("LEASE_LOST")).count();
    boolean succeeded = states.get(task) == TaskState.SUCCEEDED;
    entries.add(
        new Entry.Ended(
            now + SECOND,
            task,
            states.get(task),
            attempts.get(task),
            lost,
            succeeded ? token(task) : 0,
            failureCode,
            moves(task).mapToLong(Entry.Moved::revision).max().orElseThrow(),
            List.copyOf(past),
            moves(task).mapToLong(Entry.Moved::time).min().orElseThrow(),
            alone.getOrDefault(task, 0)));
    return this;
  }

  Story read(String task) {
    return read(task, "");
  }

  private Stream<Entry.Moved> moves(String task) {
    return entries.stream()
        .filter(e -> e instanceof Entry.Moved moved && moved.task().equals(task))
        .map(Entry.Moved.class::cast);
  }

  private long token(String task) {
    List<Entry.PastRun> past = runs.get(task);
    return past.get(past.size() - 1).token();
  }

  /** Falsifies every entry of this type that fits. */
  <E extends Entry> Story change(Class<E> type, Predicate<E> which, UnaryOperator<E> lie) {
    entries.replaceAll(
        entry ->
            type.isInstance(entry) && which.test(type.cast(entry))
                ? lie.apply(type.cast(entry))
                : entry);
    return this;
  }

  /** Suppresses what fits. */
  Story without(Predicate<Entry> which) {
    if (!entries.removeIf(which)) {
      throw new IllegalArgumentException("nothing fits");
    }
    return this;
  }

  Story add(Entry entry) {
    entries.add(entry);
    return this;
  }

  List<Entry> entries() {
    return entries;
  }

  List<Violation> violations() {
    return Checker.check(new History(entries));
  }

  /** What they object to, in their words. */
  String words() {
    return violations().toString();
  }

  /** The rules that object. */
  List<String> objections() {
    return violations().stream().map(Violation::rule).distinct().toList();
  }
}
