package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.Ownership;
import io.tasklane.event.AllEvents;
import io.tasklane.event.EventReader;
import io.tasklane.event.LogEvent;
import io.tasklane.event.ResumeToken;
import io.tasklane.key.FencingToken;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.complete.CompletionStatus;
import io.tasklane.task.complete.RunCompletion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a handler publishes becomes part of the log with the success of its task, and only then. */
class PublishTest {
  private static final ResumeToken BEGIN = new ResumeToken("x", 0, 0);
  private static final Payload RESULT = Payload.json("{}");
  private final StoreBench store = new StoreBench();
  private final Ownership owner = store.take("n1", 1).orElseThrow();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void events_follow_the_success_in_the_order_of_their_publication() {
    Task run = claimed();
    List<Publication> events =
        IntStream.rangeClosed(1, 500).mapToObj(i -> event("symbols/" + i)).toList();
    store.complete(owner, run, new RunEnd.Succeeded(RESULT, List.of(), events), false);
    List<LogEvent> log = log();
    LogEvent success = log.get(log.size() - 501);
    assertThat(success.change().orElseThrow().to().name()).isEqualTo("SUCCEEDED");
    List<LogEvent> published = log.subList(log.size() - 500, log.size());
    assertThat(published)
        .extracting(LogEvent::subject)
        .containsExactlyElementsOf(events.stream().map(Publication::subject).toList());
    assertThat(published)
        .allSatisfy(
            event -> {
              assertThat(event.transaction()).as("one commit").isEqualTo(success.transaction());
              assertThat(event.type()).isEqualTo("market.news");
              assertThat(event.actor()).isEqualTo("tasks/" + run.taskId());
              assertThat(event.data()).isEqualTo("{\"é\":\"\\u0000\"}");
              assertThat(event.change()).isEmpty();
              assertThat(event.queue()).isEmpty();
              assertThat(event.eventId()).isEmpty();
            });
  }

  @Test
  void a_completion_that_is_sent_again_publishes_once() {
    Task run = claimed();
    RunEnd end = new RunEnd.Succeeded(RESULT, List.of(), List.of(event("s/1")));
    store.complete(owner, run, end, false);
    assertThat(store.complete(owner, run, end, false).completion())
        .isEqualTo(CompletionStatus.DONE);
    assertThat(published()).hasSize(1);
  }

  @Test
  void a_run_whose_lease_is_over_publishes_nothing() {
    Task run = claimed();
    RunEnd end = new RunEnd.Succeeded(RESULT, List.of(), List.of(event("s/1")));
    RunCompletion what = RunCompletion.of(end, run.retryPolicy(), run.attempt(), new Random(1));
    CompleteAndClaim.Completion stale =
        new CompleteAndClaim.Completion(
            run.id(), new FencingToken(run.fencingToken().value() - 1), what, List.of(), "");
    CompleteAndClaimResult result =
        StoreBench.get(
            store.committer.submit(
                store.completions, new CompleteAndClaim(owner, Optional.of(stale), false)));
    assertThat(result.completion()).isEqualTo(CompletionStatus.STALE);
    assertThat(published()).isEmpty();
  }

  @Test
  void a_failure_has_no_events() {
    Failure failure = new Failure(Failure.Kind.PERMANENT, "X", "", "", Instant.EPOCH);
    RunEnd end = new RunEnd.Failed(failure, Optional.empty(), Optional.empty());
    Task run = claimed();
    assertThat(RunCompletion.of(end, run.retryPolicy(), 1, new Random(1)).events()).isEmpty();
    store.complete(owner, run, end, false);
    assertThat(published()).isEmpty();
  }

  private Task claimed() {
    store.create(store.task(5));
    return store.claim(owner).claimed().orElseThrow();
  }

  private static Publication event(String subject) {
    return new Publication("market.news", subject, Payload.json("{\"é\":\"\\u0000\"}"));
  }

  private List<LogEvent> published() {
    return log().stream().filter(event -> event.type().equals("market.news")).toList();
  }

  private List<LogEvent> log() {
    return store.database.with(
        connection -> new EventReader(connection, AllEvents.rows(key -> "Q")).after(BEGIN, 10_000));
  }
}
