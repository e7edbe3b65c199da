package io.tasklane.task;

import static io.tasklane.task.KeyedCreates.isStored;
import static io.tasklane.task.KeyedCreates.refusesReuse;
import static io.tasklane.task.KeyedCreates.request;
import static io.tasklane.task.KeyedCreates.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.Answer;
import io.tasklane.api.Creation;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.commit.LateGate;
import io.tasklane.task.row.NewTask;
import io.tasklane.time.Until;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A request is repeated at another node while the first try is about to commit: the repetition has
 * looked for the first answer too soon, waits for a row, and then meets what the first has done.
 */
class OvertakenRequestTest {
  private final QueueBench bench = new QueueBench();
  private final StoreBench store = bench.store;
  private LateGate writing;

  @BeforeEach
  void keyWithARowToWaitFor() {
    StoreBench.get(store.committer.submit(store.creation, List.of(keyed("before"))));
    writing = LateGate.hold(bench.second, () -> send(bench.second, "body"));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void it_gets_the_first_answer_and_no_refusal_for_what_it_has_done_itself() {
    Answer<List<Creation>> again = repeat("body");
    assertThat(isStored(again)).isTrue();
    assertThat(told(again)).startsWith("once is ");
    assertThat(store.count("task WHERE name = 'once'")).isOne();
  }

  @Test
  void with_another_body_it_is_refused_for_that() {
    refusesReuse(() -> repeat("other body"));
  }

  private Answer<List<Creation>> repeat(String body) {
    CompletableFuture<Answer<List<Creation>>> again =
        CompletableFuture.supplyAsync(() -> StoreBench.get(send(store.committer, body)));
    Until.isTrue(
        "it waits for the row of its ordering key",
        () ->
            store.count(
                    "pg_stat_activity WHERE wait_event_type = 'Lock'"
                        + " AND datname = current_database()")
                > 0);
    writing.open();
    return StoreBench.get(again);
  }

  private CompletableFuture<Answer<List<Creation>>> send(GroupCommitter node, String body) {
    return node.submit(store.creation, List.of(keyed("once")), request("r1", body));
  }

  private NewTask keyed(String name) {
    return store.named(name, 5).withRules(RunRules.ofKey("k"));
  }
}
