package io.tasklane.bench.faults.load;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import io.tasklane.bench.faults.handler.Killer;
import io.tasklane.bench.faults.handler.Order;
import io.tasklane.bench.faults.record.Behaviour;
import io.tasklane.bench.faults.record.Need;
import io.tasklane.v1.CancelTaskRequest;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.Dependency;
import io.tasklane.v1.Payload;
import io.tasklane.v1.RetryPolicy;
import io.tasklane.v1.Task;

/** What is asked for, in the words of the API. Those with a request_id can be repeated. */
final class Requests {
  private static final double DOUBLING = 2.0;
  private static final long LONGEST_BACKOFF_SECONDS = 3600;

  private Requests() {}

  static CreateTaskRequest create(Work work, String fence, int harnessPort) {
    Behaviour behaviour = work.behaviour();
    Order order =
        new Order(
            harnessPort,
            fence,
            behaviour.workMillis(),
            behaviour.failures(),
            behaviour.permanent(),
            work.heeds(),
            behaviour.error(),
            behaviour.kills());
    Task.Builder task =
        Task.newBuilder()
            .setQueue(work.queue())
            .setTaskType(behaviour.kills() > 0 ? Killer.TASK_TYPE : Order.TASK_TYPE)
            .setPriority(work.priority())
            .setRetryPolicy(policy(behaviour))
            .setInput(
                Payload.newBuilder()
                    .setContentType(Order.CONTENT_TYPE)
                    .setInline(ByteString.copyFromUtf8(order.text())));
    work.needs().forEach(need -> task.addDependencies(dependency(need)));
    task.setOrderingKey(work.sharing().orderingKey());
    if (work.sharing().units() > 0) {
      task.putResourceUnits(Queues.RESOURCE, work.sharing().units());
    }
    return CreateTaskRequest.newBuilder()
        .setRequestId(work.careful() ? "create-" + work.id() : "")
        .setTaskId(work.id())
        .setTask(task)
        .build();
  }

  static CancelTaskRequest cancel(String task, boolean careful) {
    return CancelTaskRequest.newBuilder()
        .setRequestId(careful ? "cancel-" + task : "")
        .setName(task)
        .setReason("part of the plan")
        .build();
  }

  private static RetryPolicy policy(Behaviour behaviour) {
    return RetryPolicy.newBuilder()
        .setMaximumAttempts(behaviour.attempts())
        .setInitialBackoff(Durations.fromMillis(behaviour.backoffMillis()))
        .setBackoffMultiplier(DOUBLING)
        .setMaximumBackoff(Durations.fromSeconds(LONGEST_BACKOFF_SECONDS))
        .build();
  }

  private static Dependency dependency(Need need) {
    return Dependency.newBuilder()
        .setTask(need.task())
        .setPolicy(Dependency.Policy.valueOf("POLICY_" + need.policy()))
        .build();
  }
}
