package io.tasklane.task;

import io.tasklane.api.Answer;
import io.tasklane.api.Caller;
import io.tasklane.api.Change;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.feature.DueWork;
import io.tasklane.feature.EngineContext;
import io.tasklane.feature.Feature;
import io.tasklane.queue.admin.QueueDirectory;
import io.tasklane.schedule.OverlapPolicy;
import io.tasklane.schedule.ScheduleFeature;
import io.tasklane.schedule.ScheduleService;
import io.tasklane.schedule.calendar.CalendarService;
import io.tasklane.schedule.stored.Schedule;
import io.tasklane.schedule.stored.ScheduleCounts;
import io.tasklane.schedule.stored.ScheduleRun;
import io.tasklane.schedule.stored.ScheduleSpec;
import io.tasklane.schedule.stored.TriggerSpec;
import io.tasklane.task.create.TaskAdmission;
import io.tasklane.task.type.Handlers;
import io.tasklane.task.type.SystemTypes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Schedules on a real store, without the thread that looks at them: tests say when to look. */
final class ScheduleBench implements AutoCloseable {
  static final Duration KEEP = Duration.ofDays(7);
  static final Duration MINUTE = Duration.ofMinutes(1);
  final StoreBench store;
  final Feature feature;
  final ScheduleService schedules;
  final CalendarService calendars;
  final Ownership owner;

  ScheduleBench() {
    this(new StoreBench());
  }

  ScheduleBench(StoreBench store) {
    this.store = store;
    feature = on(store.committer);
    schedules = service(feature, ScheduleService.class);
    calendars = service(feature, CalendarService.class);
    owner = store.take("n1", 1).orElseThrow();
  }

  /** The schedules of another node on the same store. */
  Feature on(GroupCommitter committer) {
    TaskAdmission admission =
        new TaskAdmission(
            new QueueDirectory(store.database),
            new Handlers(SystemTypes.all()),
            new TaskNames(Clock.systemUTC(), new Random()),
            Clock.systemUTC());
    EngineContext context =
        new EngineContext(store.database, committer, store.nobody, Clock.systemUTC());
    return ScheduleFeature.of(
        context, store.creation, store.cancels, admission, new NoWorkflows(), KEEP);
  }

  static <T> T service(Feature feature, Class<T> type) {
    return feature.services().stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  static TaskRequest noop() {
    return TaskRequest.of(StoreBench.QUEUE, "system.noop", Payload.json("{}"));
  }

  static TriggerSpec every(Duration interval) {
    return new TriggerSpec.Interval(interval, Duration.ZERO, false);
  }

  /** Due each minute. */
  static ScheduleSpec minutely(OverlapPolicy overlap) {
    return ScheduleSpec.of(every(MINUTE), noop()).withOverlap(overlap);
  }

  /** Not due within the test. */
  static ScheduleSpec rarely() {
    return ScheduleSpec.of(every(Duration.ofDays(3_000)), noop());
  }

  static <T> Change<T> by(String principal) {
    return new Change<>(
        new Caller(principal, ""), "test", Optional.empty(), new byte[0], done -> new byte[0]);
  }

  static <T> T done(CompletionStage<Answer<T>> stage) {
    return ((Answer.Fresh<T>) StoreBench.get(stage.toCompletableFuture())).value();
  }

  Schedule create(String id, ScheduleSpec spec) {
    return done(schedules.create(id, spec, false, by("user:alice")));
  }

  Schedule update(String id, Function<ScheduleSpec, ScheduleSpec> edit) {
    return done(schedules.update(id, Optional.empty(), edit::apply, by("user:alice")));
  }

  Schedule enable(String id, boolean enabled, String reason) {
    return done(schedules.enable(id, enabled, reason, by("user:bob")));
  }

  Schedule get(String id) {
    return schedules.get(id);
  }

  ScheduleCounts counts(String id) {
    return get(id).counts();
  }

  List<ScheduleRun> runs(String id) {
    return schedules.runs(id, Optional.empty(), 500);
  }

  /** All looks that are due, in one transaction for each twenty. */
  void look() {
    look(feature, store.committer);
  }

  static void look(Feature feature, GroupCommitter committer) {
    DueWork work = feature.dueWork().get(0);
    while (StoreBench.get(committer.submit(work.command(), work.batch())) >= work.again()) {
      continue;
    }
  }

  Future<Integer> submitLook() {
    DueWork work = feature.dueWork().get(0);
    return store.committer.submit(work.command(), work.batch());
  }

  /** Nobody has looked for so long: all that the schedule knows lies so far in the past. */
  void nobodyLookedFor(String id, Duration time) {
    String past = " - " + time.toMillis() + " * interval '1 ms'";
    Postgres.run(
        store.database,
        "UPDATE schedule SET seen_until = seen_until"
            + past
            + ", anchor = anchor"
            + past
            + ", create_time = create_time"
            + past
            + " WHERE name = '"
            + id
            + "'; INSERT INTO schedule_due SELECT clock_timestamp(), id FROM schedule"
            + " WHERE name = '"
            + id
            + "'");
  }

  /** A new schedule at which nobody has looked for so long. */
  void createAndMiss(ScheduleSpec spec, Duration time) {
    create("s", spec);
    nobodyLookedFor("s", time);
  }

  long tasks() {
    return store.count("task");
  }

  /** Waits until somebody waits for a lock. */
  void awaitBlocked() throws InterruptedException {
    while (store.count(
            "pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
        == 0) {
      Thread.sleep(10);
    }
  }

  /** Claims the next task of the queue and ends it so; its id. */
  String runNext(RunEnd end) {
    Task run = store.claim(owner).claimed().orElseThrow();
    store.complete(owner, run, end, false);
    return run.taskId();
  }

  @Override
  public void close() {
    store.close();
  }
}
