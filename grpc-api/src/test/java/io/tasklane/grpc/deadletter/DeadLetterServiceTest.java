package io.tasklane.grpc.deadletter;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static io.tasklane.grpc.ApiOfTest.detail;
import static io.tasklane.grpc.DeadLettersOfTest.letter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import com.google.protobuf.TextFormat;
import com.google.rpc.BadRequest;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.ResourceInfo;
import io.tasklane.api.CopyOptions;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.task.Actor;
import io.tasklane.v1.DeadLetter;
import io.tasklane.v1.DeadLetterServiceGrpc;
import io.tasklane.v1.DiscardDeadLetterRequest;
import io.tasklane.v1.GetDeadLetterRequest;
import io.tasklane.v1.ListDeadLettersRequest;
import io.tasklane.v1.ListDeadLettersResponse;
import io.tasklane.v1.Payload;
import io.tasklane.v1.ReplayDeadLetterRequest;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterServiceTest {
  private static final String LETTER = "deadLetters/t3";

  private ApiOfTest api;
  private DeadLetterServiceGrpc.DeadLetterServiceBlockingStub letters;

  @BeforeEach
  void start() throws IOException {
    api = new ApiOfTest();
    letters = DeadLetterServiceGrpc.newBlockingStub(api.channel);
    Actor bob = new Actor("user:bob", "feed is back");
    api.deadLetters.rows.add(letter(3, "t3", Optional.of(bob)));
    api.deadLetters.rows.add(letter(2, "t2", Optional.empty()));
    api.deadLetters.rows.add(letter(1, "t1", Optional.empty()));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_dead_letter_is_shown_with_its_failure_its_cause_and_its_replays() {
    DeadLetter letter = get(LETTER);

    assertThat(letter.getName()).isEqualTo(LETTER);
    assertThat(letter.getTask()).isEqualTo("tasks/t3");
    assertThat(letter.getQueue()).isEqualTo("queues/DATA_FETCHER");
    assertThat(letter.getTaskType()).isEqualTo("news_monitoring");
    assertThat(letter.getFailure().getCode()).isEqualTo("FEED_DOWN");
    assertThat(letter.getFingerprint()).isEqualTo("0123456789abcdef");
    assertThat(letter.getReplayCount()).isEqualTo(2);
    assertThat(letter.getAttemptCount()).isEqualTo(4);
    assertThat(letter.getLastReplayActor().getPrincipal()).isEqualTo("user:bob");
    assertThat(letter.getLastReplayActor().getReason()).isEqualTo("feed is back");
    assertThat(letter.hasLastReplayTime()).isTrue();
    assertThat(get("deadLetters/t2").hasLastReplayActor()).isFalse();
  }

  @Test
  void a_list_gives_pages() {
    ListDeadLettersRequest request =
        ListDeadLettersRequest.newBuilder().setPageSize(2).setFilter("queue = A").build();

    ListDeadLettersResponse first = letters.listDeadLetters(request);
    ListDeadLettersResponse second =
        letters.listDeadLetters(request.toBuilder().setPageToken(first.getNextPageToken()).build());

    assertThat(first.getDeadLettersList()).extracting(DeadLetter::getTask).hasSize(2);
    assertThat(second.getDeadLettersList())
        .extracting(DeadLetter::getTask)
        .containsExactly("tasks/t1");
    assertThat(second.getNextPageToken()).isEmpty();
    assertThat(api.deadLetters.queries.get(0).filter().queue()).contains("A");
    assertThat(api.deadLetters.queries.get(1).after().orElseThrow().time())
        .contains(api.deadLetters.rows.get(1).createTime());
  }

  @Test
  void a_page_token_belongs_to_its_filter() {
    String token =
        letters
            .listDeadLetters(ListDeadLettersRequest.newBuilder().setPageSize(1).build())
            .getNextPageToken();

    Throwable error =
        catchThrowable(
            () ->
                letters.listDeadLetters(
                    ListDeadLettersRequest.newBuilder()
                        .setPageToken(token)
                        .setFilter("queue = A")
                        .build()));

    assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT PAGE_TOKEN");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "page_token: 'nonsense!' | PAGE_TOKEN | page_token",
        "filter: 'state = FAILED' | FILTER | filter",
        "page_size: -1 | INVALID_FIELD | page_size",
        "page_size: 501 | INVALID_FIELD | page_size",
      })
  void a_list_that_cannot_be_given_is_refused(String set, String reason, String field)
      throws TextFormat.ParseException {
    ListDeadLettersRequest.Builder request = ListDeadLettersRequest.newBuilder();
    TextFormat.merge(set.replace('\'', '"'), request);

    Throwable error = catchThrowable(() -> letters.listDeadLetters(request.build()));

    assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT " + reason);
    assertThat(violated(error)).isEqualTo(field);
  }

  @Test
  void a_replay_tells_the_new_task_and_asks_for_the_old_input() {
    String task = letters.replayDeadLetter(replay(LETTER).setReason("again").build()).getTask();

    assertThat(task).isEqualTo("tasks/again");
    assertThat(api.deadLetters.asked).containsExactly("t3: again");
    assertThat(api.deadLetters.copies).containsExactly(CopyOptions.NONE);
  }

  @Test
  void a_replay_may_have_another_input() {
    Payload input = Payload.newBuilder().setInline(ByteString.copyFromUtf8("{\"n\":1}")).build();

    letters.replayDeadLetter(replay(LETTER).setInputOverride(input).build());

    assertThat(api.deadLetters.copies.get(0).input().orElseThrow().text()).isEqualTo("{\"n\":1}");
  }

  @Test
  void a_replay_may_ignore_what_the_task_depends_on() {
    letters.replayDeadLetter(replay(LETTER).setIgnoreDependencies(true).build());

    assertThat(api.deadLetters.copies).containsExactly(new CopyOptions(Optional.empty(), true));
  }

  @Test
  void a_replay_and_a_discard_carry_their_request_id() {
    letters.replayDeadLetter(replay(LETTER).setRequestId("r1").build());
    letters.discardDeadLetter(
        DiscardDeadLetterRequest.newBuilder().setName(LETTER).setRequestId("r2").build());

    assertThat(api.deadLetters.changes)
        .extracting(change -> change.requestId().orElse(""))
        .containsExactly("r1", "r2");
  }

  @Test
  void a_discard_passes_on_why() {
    letters.discardDeadLetter(
        DiscardDeadLetterRequest.newBuilder().setName(LETTER).setReason("known").build());

    assertThat(api.deadLetters.asked).containsExactly("t3: known");
  }

  @Test
  void a_dead_letter_that_is_not_there_is_not_found() {
    String none = "deadLetters/none";

    assertThat(codeAndReason(catchThrowable(() -> letters.replayDeadLetter(replay(none).build()))))
        .isEqualTo("NOT_FOUND DEAD_LETTER_NOT_FOUND");
    assertThat(
            codeAndReason(
                catchThrowable(
                    () ->
                        letters.discardDeadLetter(
                            DiscardDeadLetterRequest.newBuilder().setName(none).build()))))
        .isEqualTo("NOT_FOUND DEAD_LETTER_NOT_FOUND");
    Throwable error = catchThrowable(() -> get(none));
    assertThat(codeAndReason(error)).isEqualTo("NOT_FOUND DEAD_LETTER_NOT_FOUND");
    ResourceInfo resource = detail(error, ResourceInfo.class).orElseThrow();
    assertThat(resource.getResourceType()).isEqualTo("deadLetters");
    assertThat(resource.getResourceName()).isEqualTo(none);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "QUEUE_UNKNOWN",
        "QUEUE_DRAINING",
        "TASK_TYPE_UNKNOWN",
        "TASK_TYPE_NOT_ACCEPTED",
        "INPUT_SCHEMA"
      })
  void a_task_that_could_not_be_created_any_more_is_not_replayed(String reason) {
    api.deadLetters.refusal =
        Refusal.of(
            Refusal.Sort.FAILED_PRECONDITION,
            RefusalReason.valueOf(reason),
            "tasks/t3",
            "not any more");

    Throwable error = catchThrowable(() -> letters.replayDeadLetter(replay(LETTER).build()));

    assertThat(codeAndReason(error)).isEqualTo("FAILED_PRECONDITION " + reason);
    assertThat(detail(error, PreconditionFailure.class).orElseThrow().getViolations(0).getSubject())
        .isEqualTo("tasks/t3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"INPUT_SCHEMA", "REQUEST_ID_REUSED"})
  void what_the_application_finds_wrong_is_an_invalid_argument(String reason) {
    api.deadLetters.refusal =
        Refusal.invalid(RefusalReason.valueOf(reason), "input_override", "wrong");

    Throwable error = catchThrowable(() -> letters.replayDeadLetter(replay(LETTER).build()));

    assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT " + reason);
    assertThat(violated(error)).isEqualTo("input_override");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: 'tasks/t3' | INVALID_FIELD | name",
        "name: 'deadLetters/' | INVALID_FIELD | name",
        "name: 'deadLetters/t3' reason: '\\001' | INVALID_FIELD | reason",
        "name: 'deadLetters/t3' request_id: '\\n' | INVALID_FIELD | request_id",
        "name: 'deadLetters/t3' input_override { reference { uri: 'x' sha256:"
            + " 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' } }"
            + " | INVALID_FIELD | input_override.reference",
      })
  void a_replay_that_breaks_a_rule_is_refused(String set, String reason, String field)
      throws TextFormat.ParseException {
    ReplayDeadLetterRequest.Builder request = ReplayDeadLetterRequest.newBuilder();
    TextFormat.merge(set, request);

    Throwable error = catchThrowable(() -> letters.replayDeadLetter(request.build()));

    assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT " + reason);
    assertThat(violated(error)).isEqualTo(field);
  }

  @Test
  void an_input_over_256_kib_is_refused() {
    Payload large = Payload.newBuilder().setInline(ByteString.copyFrom(new byte[262_145])).build();

    Throwable error =
        catchThrowable(
            () -> letters.replayDeadLetter(replay(LETTER).setInputOverride(large).build()));

    assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT PAYLOAD_TOO_LARGE");
  }

  @Test
  void a_name_that_is_none_is_refused_by_every_method() {
    assertThat(codeAndReason(catchThrowable(() -> get("t3"))))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(
            codeAndReason(
                catchThrowable(
                    () ->
                        letters.discardDeadLetter(
                            DiscardDeadLetterRequest.newBuilder().setName("t3").build()))))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
  }

  private DeadLetter get(String name) {
    return letters
        .getDeadLetter(GetDeadLetterRequest.newBuilder().setName(name).build())
        .getDeadLetter();
  }

  private static ReplayDeadLetterRequest.Builder replay(String name) {
    return ReplayDeadLetterRequest.newBuilder().setName(name);
  }

  private static String violated(Throwable error) {
    return detail(error, BadRequest.class).orElseThrow().getFieldViolations(0).getField();
  }
}
