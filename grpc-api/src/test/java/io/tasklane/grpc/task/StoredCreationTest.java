package io.tasklane.grpc.task;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.tasklane.api.Answer;
import io.tasklane.api.Caller;
import io.tasklane.api.Creation;
import io.tasklane.grpc.call.CallInfo;
import io.tasklane.grpc.call.Replay;
import io.tasklane.grpc.wire.PayloadMapping;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import io.tasklane.task.RunRules;
import io.tasklane.task.StartConditions;
import io.tasklane.task.Task;
import io.tasklane.task.TaskSpec;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.state.TaskState;
import io.tasklane.timeout.Timeouts;
import io.tasklane.v1.BatchCreateTasksRequest;
import io.tasklane.v1.BatchCreateTasksResponse;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.CreateTaskResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever repeats a request_id is given the first answer byte for byte, also by the next build. */
class StoredCreationTest {
  /** Lines are added, never changed: each is an answer that some build has kept. */
  private static final String GOLDEN = "/stored-answers.txt";

  private static final Answer.Generated VALUES =
      new Answer.Generated(4_711, Instant.parse("2026-11-23T09:00:00.123456Z"));
  private static final Base64.Encoder TEXT = Base64.getEncoder();
  private static final Base64.Decoder BYTES = Base64.getDecoder();

  static Stream<NewTask> tasks() {
    NewTask plain = task("made-up", Payload.json("{}"), Map.of());
    return Stream.of(
        plain,
        task("chosen", Payload.json("{\"symbols\":[\"AAPL\"]}"), Map.of("desk", "us")),
        task("csv", new Payload("text/csv", "a;b".getBytes(UTF_8)), Map.of()),
        plain.withTimeouts(
            new Timeouts(
                Duration.ofSeconds(1), Optional.empty(), Optional.empty(), Duration.ofSeconds(3))),
        plain.withRules(new RunRules(Optional.empty(), Map.of(), true)));
  }

  private static NewTask task(String id, Payload input, Map<String, String> labels) {
    return new NewTask(
        new TaskSpec(
            id,
            "DATA_FETCHER",
            "news_monitoring",
            input,
            new Priority(7),
            RetryPolicy.DEFAULT,
            Timeouts.ofAttempt(Duration.ofSeconds(90)),
            Duration.ofHours(24),
            labels,
            StartConditions.NONE,
            Optional.empty(),
            RunRules.NONE),
        true,
        new QueueKey(1),
        "anonymous",
        "",
        0);
  }

  private static CreateTaskRequest request(NewTask task) {
    return CreateTaskRequest.newBuilder()
        .setRequestId("r-1")
        .setTask(
            io.tasklane.v1.Task.newBuilder()
                .setQueue("queues/" + task.queueId())
                .setTaskType(task.spec().taskType())
                .setInput(PayloadMapping.toWire(task.spec().input()))
                .putAllLabels(task.spec().labels()))
        .build();
  }

  private static Creation creation(NewTask task, long revision, Instant at) {
    Task made = task.asCreated(new TaskKey(17), revision, at, TaskState.QUEUED, Optional.empty());
    return new Creation(made, false);
  }

  private static Creation first(NewTask task) {
    return creation(task, VALUES.revision(), VALUES.createTime());
  }

  private static Replay<Creation, CreateTaskResponse> one(CreateTaskRequest request) {
    return replay(
        () ->
            Replay.of(
                request,
                request.getRequestId(),
                TaskCreation::created,
                StoredCreation.of(TaskRequests.read(request, "").input())));
  }

  private static Replay<List<Creation>, BatchCreateTasksResponse> all(
      BatchCreateTasksRequest request) {
    return replay(
        () ->
            Replay.of(
                request, request.getRequestId(), TaskCreation::allCreated, StoredCreation.ofAll()));
  }

  private static <T> T replay(java.util.concurrent.Callable<T> call) {
    try {
      return new CallInfo(new Caller("anonymous", ""), "m").inContext().call(call);
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static <T, R extends Message> byte[] again(
      Replay<T, R> replay, T kept, Optional<Answer.Generated> generated) {
    byte[] bytes = replay.change().encoder().apply(kept);
    return replay.response(new Answer.Stored<>(bytes, generated)).toByteArray();
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void an_answer_that_was_kept_before_its_values_were_generated_is_the_first(NewTask task) {
    Replay<Creation, CreateTaskResponse> replay = one(request(task));
    byte[] first = replay.response(new Answer.Fresh<>(first(task))).toByteArray();
    assertThat(again(replay, creation(task, 0, Instant.EPOCH), Optional.of(VALUES)))
        .isEqualTo(first);
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void so_is_one_that_was_kept_after_it(NewTask task) {
    Replay<Creation, CreateTaskResponse> replay = one(request(task));
    byte[] first = replay.response(new Answer.Fresh<>(first(task))).toByteArray();
    assertThat(again(replay, first(task), Optional.empty())).isEqualTo(first);
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void so_is_one_of_several_tasks_that_were_one(NewTask task) {
    Replay<List<Creation>, BatchCreateTasksResponse> replay =
        all(BatchCreateTasksRequest.newBuilder().addRequests(request(task)).build());
    byte[] first = replay.response(new Answer.Fresh<>(List.of(first(task)))).toByteArray();
    assertThat(again(replay, List.of(creation(task, 0, Instant.EPOCH)), Optional.of(VALUES)))
        .isEqualTo(first);
  }

  @Test
  void the_input_is_not_kept() {
    String large = "\"" + "x".repeat(100_000) + "\"";
    NewTask task = task("large", Payload.json(large), Map.of());
    assertThat(one(request(task)).change().encoder().apply(first(task))).hasSizeLessThan(300);
  }

  static List<String> golden() throws IOException {
    try (InputStream file = StoredCreationTest.class.getResourceAsStream(GOLDEN)) {
      return new String(file.readAllBytes(), UTF_8).lines().toList();
    }
  }

  /** A line: the request, what was kept, its generated values or "- -", and the first answer. */
  @ParameterizedTest
  @MethodSource("golden")
  void what_another_build_has_kept_is_given_byte_for_byte(String line)
      throws InvalidProtocolBufferException {
    String[] part = line.split(" ");
    Optional<Answer.Generated> generated =
        part[2].equals("-")
            ? Optional.empty()
            : Optional.of(new Answer.Generated(Long.parseLong(part[2]), Instant.parse(part[3])));
    CreateTaskRequest request = CreateTaskRequest.parseFrom(BYTES.decode(part[0]));
    Answer<Creation> stored = new Answer.Stored<>(BYTES.decode(part[1]), generated);
    assertThat(one(request).response(stored).toByteArray()).isEqualTo(BYTES.decode(part[4]));
  }

  @Test
  void what_this_build_keeps_is_there_for_the_next_one() throws IOException {
    List<String> ofThisBuild = tasks().flatMap(StoredCreationTest::lines).toList();
    assertThat(golden()).as("add what is missing to " + GOLDEN).containsAll(ofThisBuild);
  }

  private static Stream<String> lines(NewTask task) {
    return Stream.of(
        line(task, creation(task, 0, Instant.EPOCH), VALUES.revision() + " " + VALUES.createTime()),
        line(task, first(task), "- -"));
  }

  private static String line(NewTask task, Creation kept, String values) {
    CreateTaskRequest request = request(task);
    Replay<Creation, CreateTaskResponse> replay = one(request);
    Function<byte[], String> text = TEXT::encodeToString;
    return String.join(
        " ",
        text.apply(request.toByteArray()),
        text.apply(replay.change().encoder().apply(kept)),
        values,
        text.apply(replay.response(new Answer.Fresh<>(first(task))).toByteArray()));
  }
}
