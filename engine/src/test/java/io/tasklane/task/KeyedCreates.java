package io.tasklane.task;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Answer;
import io.tasklane.api.Caller;
import io.tasklane.api.Change;
import io.tasklane.api.Creation;
import io.tasklane.api.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Creations with a request_id, and their answers as a client would see them. */
final class KeyedCreates {
  private KeyedCreates() {}

  static Change<List<Creation>> request(String requestId, String body) {
    return request("alice", "Create", requestId, body);
  }

  static Change<List<Creation>> request(
      String principal, String method, String requestId, String body) {
    return new Change<>(
        new Caller(principal, ""),
        method,
        Optional.of(requestId),
        body.getBytes(UTF_8),
        created -> text(created.get(0).task()).getBytes(UTF_8));
  }

  private static String text(Task task) {
    return text(task.taskId() + " is " + task.state(), task.revision(), task.createTime());
  }

  private static String text(String task, long revision, Instant createTime) {
    return task + ", revision " + revision + ", created " + createTime;
  }

  /** What the client is told, first or again. */
  static String told(Answer<List<Creation>> answer) {
    if (answer instanceof Answer.Stored<List<Creation>> stored) {
      String kept = new String(stored.bytes(), UTF_8);
      return stored.generated().map(values -> completed(kept, values)).orElse(kept);
    }
    return text(((Answer.Fresh<List<Creation>>) answer).value().get(0).task());
  }

  private static String completed(String kept, Answer.Generated values) {
    String unknown = text("", 0, Instant.EPOCH);
    assertThat(kept).endsWith(unknown);
    String task = kept.substring(0, kept.length() - unknown.length());
    return text(task, values.revision(), values.createTime());
  }

  static boolean isStored(Answer<List<Creation>> answer) {
    return answer instanceof Answer.Stored;
  }

  static void refusesReuse(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.reason().name()).isEqualTo("REQUEST_ID_REUSED");
              assertThat(refusal.field()).contains("request_id");
              assertThat(refusal.getMessage()).contains("\"r1\"");
            });
  }
}
