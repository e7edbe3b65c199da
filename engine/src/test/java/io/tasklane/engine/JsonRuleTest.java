package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.Answer;
import io.tasklane.api.CopyOptions;
import io.tasklane.api.Refusal;
import io.tasklane.database.Postgres;
import io.tasklane.event.EventData;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.service.DeadLetterService;
import io.tasklane.service.TaskService;
import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.state.TaskState;
import io.tasklane.time.Until;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One rule for JSON holds at every way in, and the error names the field. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JsonRuleTest {
  private static final int DEEPEST = 1000;
  private EngineBench bench;
  private volatile Way way;
  private volatile Payload handed;

  /** Documents that no way takes. */
  private enum Bad {
    TOO_DEEP(nested(DEEPEST + 1)),
    FAR_TOO_DEEP(nested(100_000)),
    TOO_LARGE("\"" + "x".repeat(Payload.MAX_BYTES) + "\""),
    HALF_A_SURROGATE_PAIR("{\"a\":\"\\ud83d\"}"),
    HALF_A_SURROGATE_PAIR_IN_A_NAME("{\"\\ude00x\":1}"),
    NUL_IN_A_STRING("{\"a\":\"x\\u0000\"}"),
    NUL_IN_A_NAME("{\"\\u0000\":1}"),
    NUL_AS_IT_IS("{\"a\":\"\u0000\"}"),
    NOT_JSON("{oops"),
    NOTHING(""),
    TWO_DOCUMENTS("{}{}"),
    A_NUMBER_TOO_LONG("1".repeat(1001)),
    AN_EXPONENT_TOO_LARGE("1e99999999999"),
    NOT_UTF8(new byte[] {'"', (byte) 0xff, '"'}),
    IN_UTF16("{\"a\":1}".getBytes(StandardCharsets.UTF_16LE));

    private final byte[] body;

    Bad(String text) {
      this(text.getBytes(StandardCharsets.UTF_8));
    }

    Bad(byte[] body) {
      this.body = body;
    }
  }

  /** How JSON comes in. */
  private enum Way {
    CREATE("task.input"),
    CREATE_MANY("task.input"),
    CREATE_IN_A_STREAM("task.input"),
    RETRY("input_override"),
    REPLAY("input_override"),
    RESULT("result"),
    PARTIAL_RESULT("partial result"),
    CHECKPOINT("checkpoint"),
    EFFECT("outcome of effect"),
    CHILD("input"),
    EVENT("data of an event");

    private final String named;

    Way(String named) {
      this.named = named;
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void a_bad_document_is_refused_by_the_name_of_its_field(Way by) {
    way = by;
    for (Bad bad : Bad.values()) {
      handed = new Payload(Payload.JSON, bad.body);
      String name = bad.name() + "." + by;
      assertThat(errorOf(name)).as(name).contains(by.named);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void the_deepest_document_with_every_kind_of_value_is_taken(Way by) {
    way = by;
    String deepest = nested(DEEPEST - 1);
    handed = Payload.json("{\"\ud83d\ude00\":" + deepest + ",\"n\":-1.50E+9,\"t\":[true,null]}");
    assertThat(errorOf("GOOD." + by)).isEmpty();
  }

  private static String nested(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }

  /** With a task that has failed, for those ways that need one. */
  @BeforeAll
  void start(@TempDir Path folder) {
    QueueSettings queue =
        new QueueSettings(
            "Q",
            QueuePolicy.STANDARD,
            RetryPolicy.attempts(1),
            Duration.ofMinutes(5),
            Duration.ofHours(1));
    bench = new EngineBench(Postgres.empty(), folder, this::work, queue);
    bench.create(EngineBench.request("Q", "failed"));
    bench.await("failed", TaskState.FAILED);
  }

  @AfterAll
  void stop() {
    bench.close();
  }

  /** The field and the message of the error, empty where there is none. */
  private String errorOf(String name) {
    TaskService tasks = bench.engine.services().get(TaskService.class);
    TaskRequest request = TaskRequest.of("Q", EngineBench.TYPE, handed).withTaskId(name);
    return switch (way) {
      case CREATE -> refusal(() -> tasks.submit(request, EngineBench.change()));
      case CREATE_IN_A_STREAM -> refusal(() -> tasks.handIn(request, EngineBench.change()));
      case CREATE_MANY ->
          refusal(
              () ->
                  tasks.submitAll(
                      List.of(EngineBench.request("Q", "beside-" + name), request),
                      EngineBench.change()));
      case RETRY ->
          refusal(() -> tasks.retry("failed", CopyOptions.withInput(handed), EngineBench.change()));
      case REPLAY ->
          refusal(
              () ->
                  bench
                      .engine
                      .services()
                      .get(DeadLetterService.class)
                      .replay(
                          "failed", CopyOptions.withInput(handed), "test", EngineBench.change()));
      case EVENT -> eventError();
      case RESULT, PARTIAL_RESULT, CHECKPOINT, EFFECT, CHILD -> errorOfRun(name);
    };
  }

  private interface Call<T> {
    CompletionStage<Answer<T>> made();
  }

  private static <T> String refusal(Call<T> call) {
    try {
      call.made().toCompletableFuture().join();
      return "";
    } catch (Refusal refused) {
      return refused.field().orElse("no field") + ": " + refused.getMessage();
    } catch (CompletionException failed) {
      Refusal refused = (Refusal) failed.getCause();
      return refused.field().orElse("no field") + ": " + refused.getMessage();
    }
  }

  private String eventError() {
    try {
      EventData.requireObject(handed);
      return "";
    } catch (IllegalArgumentException refused) {
      return refused.getMessage();
    }
  }

  private String errorOfRun(String name) {
    bench.create(EngineBench.request("Q", name));
    Until.isTrue(name + " has ended", () -> bench.read(name).isFinished());
    return bench.read(name).failure().map(failure -> failure.message()).orElse("");
  }

  private Payload work(Run run) throws Exception {
    if (run.task().equals("tasks/failed")) {
      throw new IllegalStateException("it fails");
    }
    switch (way) {
      case PARTIAL_RESULT -> run.partialResult(handed);
      case CHECKPOINT -> run.checkpoint(handed);
      case EFFECT -> run.once("effect", intent -> handed);
      case CHILD -> {
        if (run.task().endsWith(".CHILD")) {
          run.createTask(TaskRequest.of("Q", EngineBench.TYPE, handed));
        }
      }
      default -> {
        // the others do not work here
      }
    }
    return way == Way.RESULT ? handed : Payload.json("{}");
  }
}
