package io.tasklane.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.tasklane.api.Answer;
import io.tasklane.api.Caller;
import io.tasklane.api.Change;
import io.tasklane.api.ExternalEvent;
import io.tasklane.api.Refusal;
import io.tasklane.commit.Gate;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.task.Payload;
import io.tasklane.task.Publication;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events of producers outside: each id counts once, and the order of a call is that of the log. */
class PublishEventsTest {
  private static final ResumeToken BEGIN = new ResumeToken("x", 0, 0);
  private final Database database = Postgres.empty();
  private final GroupCommitter committer = new GroupCommitter(database, Thread::new, () -> {});
  private final PublishEvents publishing = new PublishEvents();

  @AfterEach
  void close() {
    committer.close();
  }

  @Test
  void events_are_logged_in_their_order_and_answered_with_their_revisions() {
    List<ExternalEvent> events =
        IntStream.range(0, 500).mapToObj(i -> event("s/" + i, "")).toList();
    List<Long> revisions = publish("alice", events);
    assertThat(log()).extracting(LogEvent::sequence).containsExactlyElementsOf(revisions);
    assertThat(log())
        .extracting(LogEvent::subject)
        .containsExactlyElementsOf(events.stream().map(e -> e.publication().subject()).toList());
    assertThat(log().get(0).actor()).isEqualTo("alice");
    assertThat(log().get(0).type()).isEqualTo("market.news");
    assertThat(log().get(0).data()).isEqualTo("{\"price\":1}");
  }

  @Test
  void a_second_event_with_an_id_changes_nothing_and_is_answered_with_the_first() {
    List<Long> first = publish("alice", List.of(event("s/1", "a"), event("s/2", "")));
    List<Long> second =
        publish("alice", List.of(event("s/3", "b"), event("other", "a"), event("s/4", "b")));
    assertThat(second.get(1)).isEqualTo(first.get(0));
    assertThat(second.get(2)).as("within one call").isEqualTo(second.get(0));
    assertThat(log())
        .extracting(LogEvent::subject, LogEvent::eventId)
        .containsExactly(tuple("s/1", "a"), tuple("s/2", ""), tuple("s/3", "b"));
  }

  @Test
  void an_id_holds_for_one_principal() {
    assertThat(publish("alice", List.of(event("s", "a"))))
        .doesNotContainAnyElementsOf(publish("bob", List.of(event("s", "a"))));
    assertThat(log()).hasSize(2);
  }

  @Test
  void calls_that_meet_in_one_batch_or_at_two_nodes_publish_an_id_once() {
    try (GroupCommitter other = new GroupCommitter(database, Thread::new, () -> {})) {
      for (int round = 0; round < 25; round++) {
        List<ExternalEvent> forth = List.of(event("s", "x" + round), event("s", "y" + round));
        List<ExternalEvent> back = List.of(forth.get(1), forth.get(0));
        List<CompletableFuture<List<Long>>> replies = new ArrayList<>();
        Gate.oneBatch(
            committer,
            () -> {
              replies.add(send(committer, forth));
              replies.add(send(committer, back));
              replies.add(CompletableFuture.supplyAsync(() -> send(other, back).join()));
            });
        List<Long> first = replies.get(0).join();
        List<Long> turned = List.of(first.get(1), first.get(0));
        assertThat(replies.get(1).join()).isEqualTo(turned);
        assertThat(replies.get(2).join()).isEqualTo(turned);
      }
    }
    assertThat(log()).hasSize(50);
  }

  @Test
  void a_request_that_is_sent_again_gets_its_first_answer_and_publishes_nothing() {
    Change<List<Long>> change =
        new Change<>(
            new Caller("alice", ""),
            "publish",
            Optional.of("r1"),
            new byte[] {1},
            revisions -> revisions.toString().getBytes(UTF_8));
    PublishEvents.Wanted wanted = new PublishEvents.Wanted("alice", List.of(event("s", "")));
    Answer<List<Long>> first = committer.submit(publishing, wanted, change).join();
    Answer<List<Long>> again = committer.submit(publishing, wanted, change).join();
    assertThat(((Answer.Stored<List<Long>>) again).bytes())
        .isEqualTo(change.encoder().apply(((Answer.Fresh<List<Long>>) first).value()));
    assertThat(log()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "7", "{", "{} x", "\u00ff"})
  void data_that_are_no_json_object_are_refused_with_their_element(String data) {
    ExternalEvent wrong =
        new ExternalEvent(new Publication("a.b", "s", Payload.json(data)), Optional.empty());
    Change<List<Long>> change =
        new Change<>(new Caller("a", ""), "m", Optional.empty(), new byte[0], r -> new byte[0]);
    EventService desk = new EventService();
    assertThatThrownBy(
            () -> desk.publish(List.of(event("s", ""), wrong), change).toCompletableFuture().join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.field()).contains("events[1].data");
              assertThat(refusal.reason().name()).isEqualTo("INVALID_FIELD");
            });
  }

  private List<Long> publish(String principal, List<ExternalEvent> events) {
    return committer.submit(publishing, new PublishEvents.Wanted(principal, events)).join();
  }

  private CompletableFuture<List<Long>> send(GroupCommitter to, List<ExternalEvent> events) {
    return to.submit(publishing, new PublishEvents.Wanted("alice", events));
  }

  private static ExternalEvent event(String subject, String id) {
    return new ExternalEvent(
        new Publication("market.news", subject, Payload.json("{\"price\":1}")),
        Optional.of(id).filter(text -> !text.isEmpty()));
  }

  private List<LogEvent> log() {
    return database.with(
        connection -> new EventReader(connection, AllEvents.rows(key -> "Q")).after(BEGIN, 10_000));
  }
}
