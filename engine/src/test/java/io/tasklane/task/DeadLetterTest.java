package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.DeadLetterQuery;
import io.tasklane.api.ListPosition;
import io.tasklane.api.Refusal;
import io.tasklane.commit.Ownership;
import io.tasklane.database.Database;
import io.tasklane.deadletter.DeadLetter;
import io.tasklane.deadletter.DeadLetterReader;
import io.tasklane.deadletter.DiscardDeadLetters;
import io.tasklane.event.AllEvents;
import io.tasklane.event.EventReader;
import io.tasklane.event.LogEvent;
import io.tasklane.event.ResumeToken;
import io.tasklane.filter.DeadLetterFilter;
import io.tasklane.key.FencingToken;
import io.tasklane.task.list.AttemptReader;
import io.tasklane.task.recover.LostLease;
import io.tasklane.task.state.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is kept of tasks that failed for good, and of their runs. */
class DeadLetterTest {
  private final StoreBench store = new StoreBench();
  private final Database database = store.database;
  private final Ownership owner = store.take("n1", 1).orElseThrow();
  private final DiscardDeadLetters discards = new DiscardDeadLetters();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_task_that_fails_for_good_is_kept_with_the_fingerprint_of_its_cause() {
    Task one = fail("BAD", "no price for AAPL");
    Task same = fail("BAD", "no price for MSFT");
    Task other = fail("BAD", "no volume for MSFT");
    DeadLetter letter = letter(one);
    assertThat(letter.queue()).isEqualTo("Q");
    assertThat(letter.taskType()).isEqualTo("system.noop");
    assertThat(letter.failure().message()).isEqualTo("no price for AAPL");
    assertThat(letter.attemptCount()).isOne();
    assertThat(letter.replayCount()).isZero();
    assertThat(letter.lastReplay()).isEmpty();
    assertThat(letter.createTime()).isEqualTo(one.endTime().orElseThrow());
    assertThat(letter.fingerprint()).hasSize(16).isEqualTo(letter(same).fingerprint());
    assertThat(letter.fingerprint()).isNotEqualTo(letter(other).fingerprint());
  }

  @Test
  void a_task_that_its_node_dies_of_is_kept_too() {
    Task task = store.create(store.task(5));
    store.claim(owner);
    for (int incarnation = 2; incarnation <= LostLease.MAXIMUM_LOSSES + 1; incarnation++) {
      store.live("n1", incarnation);
      store.claim(store.take("n1", incarnation).orElseThrow());
    }
    assertThat(store.read(task.taskId()).state()).isEqualTo(TaskState.FAILED);
    assertThat(letter(task).failure().kind()).isEqualTo(Failure.Kind.LEASE_LOST);
    assertThat(letter(task).fingerprint()).hasSize(16);
  }

  @Test
  void dead_letters_are_listed_by_what_they_have_in_common_the_newest_first() {
    Task one = fail("BAD", "no price for AAPL");
    Task two = fail("WORSE", "no feed");
    Task three = fail("BAD", "no price for MSFT");
    assertThat(list("")).containsExactly(three.taskId(), two.taskId(), one.taskId());
    assertThat(list("failure.code = BAD")).containsExactly(three.taskId(), one.taskId());
    assertThat(list("fingerprint = " + letter(two).fingerprint())).containsExactly(two.taskId());
    assertThat(list("queue = Q AND task_type = system.noop")).hasSize(3);
    assertThat(list("queue = NONE")).isEmpty();
    assertThat(list("task_type = none")).isEmpty();
    assertThat(list("create_time > \"" + letter(two).createTime() + "\""))
        .containsExactly(three.taskId());
    assertThat(list("create_time <= \"" + letter(two).createTime() + "\" AND failure.code = BAD"))
        .containsExactly(one.taskId());
  }

  @Test
  void a_discarded_dead_letter_is_gone_with_an_event_and_its_task_stays() {
    Task task = fail("BAD", "no price");
    assertThat(discard(task.taskId())).isEqualTo("deadLetters/" + task.taskId());
    assertThat(list("")).isEmpty();
    assertThat(store.read(task.taskId())).isEqualTo(task);
    assertThatThrownBy(() -> discard(task.taskId()))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.reason().name()).isEqualTo("DEAD_LETTER_NOT_FOUND"));
    assertThatThrownBy(() -> letter(task)).isInstanceOf(Refusal.class);
    LogEvent event = lastEvent();
    assertThat(event.type()).isEqualTo(LogEvent.DEAD_LETTER_DISCARDED);
    assertThat(event.subject()).isEqualTo("deadLetters/" + task.taskId());
    assertThat(event.queue()).isEqualTo("Q");
    assertThat(event.actor()).isEqualTo("user:bob");
    assertThat(event.change()).isEmpty();
    assertThat(event.data()).contains("\"reason\": \"known\"", "\"task\": \"" + task.name() + "\"");
  }

  @Test
  void the_runs_of_a_task_are_listed_with_the_one_under_way() {
    Task task = store.create(store.task(5));
    Task run = store.claim(owner).claimed().orElseThrow();
    store.complete(owner, run, new RunEnd.HandedBack(), false);
    Task again = store.claim(owner).claimed().orElseThrow();
    List<Attempt> runs = attempts(task, 0, 10);
    assertThat(runs).extracting(Attempt::number).containsExactly(1, 1);
    assertThat(runs).extracting(Attempt::node).containsExactly("n1", "n1");
    assertThat(runs.get(0).log()).isEqualTo("a line");
    assertThat(runs.get(0).endTime()).isPresent();
    assertThat(runs.get(1).endTime()).isEmpty();
    assertThat(runs.get(1).fencingToken()).isEqualTo(again.fencingToken());
    assertThat(attempts(task, run.fencingToken().value(), 10)).hasSize(1);
    assertThat(attempts(task, 0, 1)).hasSize(1);
    Failure failure = new Failure(Failure.Kind.PERMANENT, "BAD", "m", "trace", Instant.EPOCH);
    store.complete(owner, again, failed(failure), false);
    Attempt last = attempts(task, 0, 10).get(1);
    assertThat(last.failure().orElseThrow().code()).isEqualTo("BAD");
    assertThat(last.failure().orElseThrow().stackTrace()).isEqualTo("trace");
    assertThat(attempts(task, 0, 10)).hasSize(2);
  }

  private Task fail(String code, String message) {
    Task task = store.create(store.task(5));
    Failure failure = new Failure(Failure.Kind.PERMANENT, code, message, "", Instant.EPOCH);
    store.complete(owner, store.claim(owner).claimed().orElseThrow(), failed(failure), false);
    return store.read(task.taskId());
  }

  private static RunEnd failed(Failure failure) {
    return new RunEnd.Failed(failure, Optional.empty(), Optional.empty());
  }

  private String discard(String taskId) {
    Actor bob = new Actor("user:bob", "known");
    return StoreBench.get(
        store.committer.submit(discards, new DiscardDeadLetters.Request(taskId, bob)));
  }

  private DeadLetter letter(Task task) {
    return database.with(c -> new DeadLetterReader(c).require(task.taskId()));
  }

  /** Page by page, one at a time. */
  private List<String> list(String filter) {
    List<String> ids = new ArrayList<>();
    Optional<ListPosition> after = Optional.empty();
    List<DeadLetter> page;
    do {
      DeadLetterQuery query = new DeadLetterQuery(DeadLetterFilter.parse(filter), after, 1);
      page = database.with(c -> new DeadLetterReader(c).list(query));
      for (DeadLetter letter : page) {
        ids.add(letter.taskId());
        after =
            Optional.of(
                new ListPosition(Optional.of(letter.createTime()), letter.taskKey().value()));
      }
    } while (!page.isEmpty());
    return ids;
  }

  private List<Attempt> attempts(Task task, long after, int limit) {
    return database.with(c -> new AttemptReader(c).list(task.id(), new FencingToken(after), limit));
  }

  private LogEvent lastEvent() {
    List<LogEvent> log =
        database.with(
            c ->
                new EventReader(c, AllEvents.rows(queue -> "Q"))
                    .after(new ResumeToken("", 0, 0), 1_000));
    return log.get(log.size() - 1);
  }
}
