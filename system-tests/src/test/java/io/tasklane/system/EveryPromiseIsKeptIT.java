package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Comes last (see junit-platform.properties), and holds what the comments of the contract promise
 * against what the tests before it were answered.
 */
@Order(Integer.MAX_VALUE)
class EveryPromiseIsKeptIT {
  /** What a server in good order cannot be brought to say, and where it is shown instead. */
  private static final Map<String, String> SHOWN_ELSEWHERE =
      Map.of(
          "UNAVAILABLE DATABASE_UNAVAILABLE", "CutConnectionTest and TaskRefusalTest",
          "UNAVAILABLE UPLOADS_BUSY", "ArtifactShelfTest and ArtifactServiceTest",
          "UNAVAILABLE STORAGE_UNAVAILABLE", "ArtifactServiceTest; no disk fails on demand",
          "INVALID_ARGUMENT ARTIFACT_TOO_LARGE", "ArtifactShelfTest; it takes more than 1 GiB",
          "OUT_OF_RANGE TOKEN_COMPACTED", "CompactionTest and EventServiceTest; it takes a day",
          "FAILED_PRECONDITION BATCH_TOO_LARGE", "BatchStoreTest; it takes a million tasks",
          "FAILED_PRECONDITION TASK_TYPE_UNKNOWN", "TaskHistoryTest; types go with a version",
          "FAILED_PRECONDITION TASK_TYPE_NOT_ACCEPTED", "TaskHistoryTest, likewise",
          "FAILED_PRECONDITION INPUT_SCHEMA", "TaskHistoryTest, likewise",
          "FAILED_PRECONDITION SCHEDULE_CATCHING_UP", "ScheduleChangeTest; it takes an outage");

  @Test
  void every_promised_refusal_was_received() {
    // those of one class are not all
    assumeTrue(AnswersSeen.all().size() > 80, "only some of the tests ran before this one");
    assertThat(Promises.read().all())
        .as("promised, and received by no test")
        .filteredOn(promise -> !SHOWN_ELSEWHERE.containsKey(promise.answer()))
        .filteredOn(promise -> !AnswersSeen.all().contains(promise))
        .isEmpty();
  }

  @Test
  void every_refusal_that_was_received_is_promised() {
    AnswersSeen.assertPromised();
  }

  @Test
  void no_exception_outlives_its_promise() {
    List<String> promised = Promises.read().all().stream().map(Promise::answer).distinct().toList();
    assertThat(promised).containsAll(SHOWN_ELSEWHERE.keySet());
  }
}
