package io.tasklane.grpc;

import io.tasklane.api.Refusal;
import io.tasklane.key.FencingToken;
import io.tasklane.step.KnownStep;
import io.tasklane.step.StepReport;
import io.tasklane.step.StepService;
import io.tasklane.step.StoredResult;
import io.tasklane.step.TaskStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Steps for tests: they remember what they were told, and say what they are told to. */
public final class StepsOfTest extends StepService {
  public final List<String> told = new ArrayList<>();
  public final List<TaskStep> all = new ArrayList<>();
  public StoredResult result = new StoredResult(Optional.empty(), false);
  public Refusal refusal;

  @Override
  public CompletionStage<KnownStep> record(
      String taskId, FencingToken token, String step, StepReport report) {
    if (refusal != null) {
      return CompletableFuture.failedStage(refusal);
    }
    told.add(taskId + " " + token + " " + step + " " + report);
    return CompletableFuture.completedStage(find(taskId, step).orElseThrow());
  }

  @Override
  public List<TaskStep> list(String taskId) {
    return all;
  }

  @Override
  public Optional<KnownStep> find(String taskId, String step) {
    return all.stream()
        .filter(one -> one.name().equals(step))
        .findFirst()
        .map(one -> new KnownStep(one, Duration.ofSeconds(3)));
  }

  @Override
  public void requireLease(String taskId, FencingToken token, String step) {
    if (refusal != null) {
      throw refusal;
    }
  }

  @Override
  public Optional<StoredResult> result(String taskId, String step) {
    return Optional.of(result);
  }
}
