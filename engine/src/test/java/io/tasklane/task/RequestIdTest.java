package io.tasklane.task;

import static io.tasklane.task.KeyedCreates.isStored;
import static io.tasklane.task.KeyedCreates.refusesReuse;
import static io.tasklane.task.KeyedCreates.request;
import static io.tasklane.task.KeyedCreates.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.api.Creation;
import io.tasklane.api.Refusal;
import io.tasklane.commit.Gate;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.Postgres;
import io.tasklane.queue.QueueState;
import io.tasklane.queue.admin.SetQueueState;
import io.tasklane.task.row.NewTask;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A request that is sent again is not made again. */
class RequestIdTest {
  /** How a command comes to be written. */
  private enum Route {
    /** By a statement that is the whole transaction. */
    ALONE,
    /** Together with others. */
    BATCHED
  }

  private final StoreBench store = new StoreBench();

  @AfterEach
  void close() {
    store.close();
  }

  @ParameterizedTest
  @CsvSource({"ALONE, ALONE", "ALONE, BATCHED", "BATCHED, ALONE", "BATCHED, BATCHED"})
  void the_same_request_gets_the_first_answer_byte_for_byte(Route first, Route second) {
    Answer<List<Creation>> answer = send(first, "r1", "body");
    Answer<List<Creation>> again = send(second, "r1", "body");
    assertThat(isStored(answer)).isFalse();
    assertThat(isStored(again)).isTrue();
    assertThat(told(again)).isEqualTo(told(answer));
    assertThat(store.count("task WHERE name NOT LIKE 'other%'")).isOne();
    assertThat(store.count("request_log WHERE revision IS NOT NULL"))
        .as("answers kept by the statement that created the task")
        .isEqualTo(first == Route.ALONE ? 1 : 0);
  }

  @Test
  void alone_it_is_one_transaction_first_and_again() {
    long before = transactions();
    send(Route.ALONE, "r1", "body");
    assertThat(transactions()).isEqualTo(before + 1);
    send(Route.ALONE, "r1", "body");
    assertThat(transactions()).isEqualTo(before + 2);
    refusesReuse(() -> send(Route.ALONE, "r1", "other body"));
    assertThat(transactions()).isEqualTo(before + 3);
  }

  private long transactions() {
    return Postgres.number(store.database, "SELECT max(batch) FROM commit_mark");
  }

  @ParameterizedTest
  @CsvSource({"ALONE, ALONE", "ALONE, BATCHED", "BATCHED, ALONE", "BATCHED, BATCHED"})
  void another_body_under_the_same_id_is_refused(Route first, Route second) {
    send(first, "r1", "body");
    refusesReuse(() -> send(second, "r1", "other body"));
    assertThat(store.count("task WHERE name NOT LIKE 'other%'")).isOne();
  }

  @Test
  void twins_of_one_batch_are_one_request() {
    long before = transactions();
    List<CompletableFuture<Answer<List<Creation>>>> replies = new ArrayList<>();
    Gate.oneBatch(
        store.committer,
        () -> {
          replies.add(send(store.committer, "r1", "body"));
          replies.add(send(store.committer, "r1", "body"));
          replies.add(send(store.committer, "r1", "other body"));
        });
    Answer<List<Creation>> made = StoreBench.get(replies.get(0));
    assertThat(isStored(made)).isFalse();
    assertThat(told(StoreBench.get(replies.get(1)))).isEqualTo(told(made));
    refusesReuse(() -> StoreBench.get(replies.get(2)));
    assertThat(store.count("task")).isOne();
    assertThat(transactions()).as("the gate's, the first's, the twins'").isEqualTo(before + 3);
  }

  @ParameterizedTest
  @EnumSource(Route.class)
  void twins_at_two_nodes_are_one_request(Route ofTheOther) {
    try (GroupCommitter other = new GroupCommitter(store.database, Thread::new, () -> {})) {
      for (int round = 0; round < 20; round++) {
        String id = "r" + round;
        List<CompletableFuture<Answer<List<Creation>>>> replies = new ArrayList<>();
        Gate.oneBatch(
            store.committer,
            () ->
                Gate.oneBatch(
                    other,
                    () -> {
                      replies.add(send(store.committer, id, "body"));
                      replies.add(send(other, id, "body"));
                      if (ofTheOther == Route.BATCHED) {
                        other.submit(store.creation, List.of(neighbour()));
                      }
                    }));
        List<Answer<List<Creation>>> answers = replies.stream().map(StoreBench::get).toList();
        assertThat(answers).filteredOn(KeyedCreates::isStored).hasSize(1);
        assertThat(told(answers.get(0))).isEqualTo(told(answers.get(1)));
        assertThat(store.count("task WHERE name NOT LIKE 'other%'")).isEqualTo(round + 1L);
      }
    }
  }

  @Test
  void a_repetition_that_comes_while_the_first_is_in_flight_waits_for_its_answer() {
    try (GroupCommitter other = new GroupCommitter(store.database, Thread::new, () -> {})) {
      Gate commit = new Gate(); // it goes first, and its batch commits when it is open
      commit.close(other);
      CompletableFuture<Answer<List<Creation>>> first = send(other, "r1", "body");
      CompletableFuture<Answer<List<Creation>>> again = send(other, "r1", "body");
      Answer<List<Creation>> elsewhere = StoreBench.get(send(store.committer, "r1", "body"));
      commit.open();
      assertThat(told(StoreBench.get(first))).isEqualTo(told(elsewhere));
      assertThat(told(StoreBench.get(again))).isEqualTo(told(elsewhere));
    }
    assertThat(store.count("task")).isOne();
  }

  @ParameterizedTest
  @EnumSource(Route.class)
  void the_answer_outlives_the_node_the_task_and_the_queue(Route route) {
    String first = told(send(route, "r1", "body"));
    store.committer.close();
    Postgres.run(
        store.database,
        "UPDATE task SET priority = 9, version = 7, revision = 99; DELETE FROM task_ready;"
            + " DELETE FROM task; DELETE FROM task_event; UPDATE queue SET intake = 3");
    try (GroupCommitter restarted = new GroupCommitter(store.database, Thread::new, () -> {})) {
      assertThat(told(StoreBench.get(send(restarted, "r1", "body")))).isEqualTo(first);
      refusesReuse(() -> StoreBench.get(send(restarted, "r1", "other body")));
    }
    assertThat(store.count("task")).isZero();
  }

  @ParameterizedTest
  @EnumSource(Route.class)
  void a_refusal_is_not_kept(Route route) {
    set(QueueState.DRAINING);
    assertThatThrownBy(() -> send(route, "r1", "body"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("draining");
    assertThat(store.count("request_log")).isZero();
    set(QueueState.ACTIVE);
    assertThat(isStored(send(route, "r1", "body"))).isFalse();
  }

  @Test
  void ids_of_other_callers_and_other_methods_are_other_requests() {
    List<Change<List<Creation>>> changes =
        List.of(
            request("alice", "Create", "r1", "body"),
            request("bob", "Create", "r1", "body"),
            request("alice", "Other", "r1", "body"),
            request("alic", "eCreate", "r1", "body"),
            request("alice", "Create1", "r", "body"));
    for (Change<List<Creation>> change : changes) {
      StoreBench.get(store.committer.submit(store.creation, List.of(store.task(5)), change));
    }
    assertThat(store.count("task")).isEqualTo(5);
  }

  @Test
  void the_key_is_the_hash_of_principal_method_and_id_each_after_its_length() {
    Change<List<Creation>> change = request("service:é", "Create", "r1", "body");
    StoreBench.get(store.committer.submit(store.creation, List.of(store.task(5)), change));
    String key =
        """
        SELECT encode(substr(sha256(string_agg(
            int4send(length(part)) || part, ''::bytea ORDER BY n)), 1, 16), 'hex')::uuid
        FROM (VALUES (1, convert_to('service:é', 'UTF8')), (2, 'Create'::bytea), (3, 'r1'::bytea))
          AS parts (n, part)""";
    assertThat(store.count("request_log WHERE key = (" + key + ")")).isOne();
  }

  private void set(QueueState state) {
    StoreBench.get(
        store.committer.submit(
            store.states,
            new SetQueueState.Request(
                store.queue, StoreBench.QUEUE, state, new Actor("tester", "test"))));
  }

  private Answer<List<Creation>> send(Route route, String requestId, String body) {
    if (route == Route.ALONE) {
      return StoreBench.get(send(store.committer, requestId, body));
    }
    List<CompletableFuture<Answer<List<Creation>>>> replies = new ArrayList<>();
    Gate.oneBatch(
        store.committer,
        () -> {
          store.committer.submit(store.creation, List.of(neighbour()));
          replies.add(send(store.committer, requestId, body));
        });
    return StoreBench.get(replies.get(0));
  }

  private NewTask neighbour() {
    return store.named("other-" + store.count("task"), 5);
  }

  private CompletableFuture<Answer<List<Creation>>> send(
      GroupCommitter committer, String requestId, String body) {
    return committer.submit(store.creation, List.of(store.task(5)), request(requestId, body));
  }
}
