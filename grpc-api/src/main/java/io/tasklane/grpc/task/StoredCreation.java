package io.tasklane.grpc.task;

import io.tasklane.api.Answer;
import io.tasklane.grpc.call.StoredResponse;
import io.tasklane.grpc.wire.PayloadMapping;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.task.Payload;
import io.tasklane.v1.BatchCreateTasksResponse;
import io.tasklane.v1.CreateTaskResponse;
import io.tasklane.v1.Task;
import java.util.Optional;

/**
 * How answers to creations are kept: without the input, which may be large and which the repeated
 * request brings again, and where one task was created also without its revision and create time.
 */
final class StoredCreation {
  private StoredCreation() {}

  /** Of one task with this input. */
  static StoredResponse<CreateTaskResponse> of(Payload input) {
    return new StoredResponse<>(
        StoredCreation::withoutInput,
        CreateTaskResponse.parser(),
        (kept, generated) -> restored(kept, input, generated));
  }

  /** Of tasks that were created together; the answer never has their inputs. */
  static StoredResponse<BatchCreateTasksResponse> ofAll() {
    return new StoredResponse<>(
        response -> response, BatchCreateTasksResponse.parser(), StoredCreation::restored);
  }

  private static CreateTaskResponse withoutInput(CreateTaskResponse response) {
    CreateTaskResponse.Builder kept = response.toBuilder();
    kept.getTaskBuilder().clearInput();
    return kept.build();
  }

  /** What was kept by an older build has its input. */
  private static CreateTaskResponse restored(
      CreateTaskResponse kept, Payload input, Optional<Answer.Generated> generated) {
    CreateTaskResponse.Builder response = kept.toBuilder();
    Task.Builder task = response.getTaskBuilder();
    if (!task.hasInput()) {
      task.setInput(PayloadMapping.toWire(input));
    }
    generated.ifPresent(values -> set(task, values));
    return response.build();
  }

  /** Values that were generated beside the answer are those of a task that was created alone. */
  private static BatchCreateTasksResponse restored(
      BatchCreateTasksResponse kept, Optional<Answer.Generated> generated) {
    BatchCreateTasksResponse.Builder response = kept.toBuilder();
    generated.ifPresent(values -> set(response.getTasksBuilder(0), values));
    return response.build();
  }

  private static void set(Task.Builder task, Answer.Generated values) {
    task.setRevision(values.revision()).setCreateTime(WireTime.of(values.createTime()));
  }
}
