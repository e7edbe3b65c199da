package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;
import io.grpc.stub.StreamObserver;
import io.tasklane.v1.CreateQueueRequest;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.DeleteQueueRequest;
import io.tasklane.v1.StreamCreateTasksRequest;
import io.tasklane.v1.StreamCreateTasksResponse;
import io.tasklane.v1.StreamCreateTasksResult;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskServiceGrpc;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many tasks over one stream, each acknowledged when it is durable. */
@ExtendWith(SharedServer.class)
class BulkIT {
  private static final int MANY = 3_000;

  private static final class Acknowledged implements StreamObserver<StreamCreateTasksResponse> {
    private final List<StreamCreateTasksResult> results = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    @Override
    public void onNext(StreamCreateTasksResponse response) {
      results.addAll(response.getResultsList());
    }

    @Override
    public void onError(Throwable failure) {
      end.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      end.complete(null);
    }
  }

  @Test
  void thousands_are_acknowledged_in_order_and_a_bad_one_is_answered_alone(Client client)
      throws Exception {
    String queue =
        client
            .queues()
            .createQueue(CreateQueueRequest.newBuilder().setQueueId("BULK").build())
            .getQueue()
            .getName();
    Acknowledged acknowledged = new Acknowledged();
    StreamObserver<StreamCreateTasksRequest> call =
        TaskServiceGrpc.newStub(client.channel())
            .withDeadlineAfter(90, TimeUnit.SECONDS)
            .streamCreateTasks(acknowledged);
    for (int i = 1; i <= MANY; i++) {
      call.onNext(
          StreamCreateTasksRequest.newBuilder()
              .setSequence(i)
              .setRequest(request(i == 1_000 ? "queues/NOWHERE" : queue, i))
              .build());
    }
    call.onCompleted();
    acknowledged.end.get(90, TimeUnit.SECONDS);

    List<StreamCreateTasksResult> results = acknowledged.results;
    assertThat(results)
        .extracting(StreamCreateTasksResult::getSequence)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, MANY).boxed().toList());
    assertThat(results).filteredOn(r -> r.getStatus().getCode() != 0).hasSize(1);
    StreamCreateTasksResult bad = results.get(999);
    assertThat(bad.getStatus().getDetails(0).unpack(ErrorInfo.class).getReason())
        .isEqualTo("QUEUE_UNKNOWN");
    Task last = Task.newBuilder().setName(results.get(MANY - 1).getTask()).build();
    assertThat(client.end(last).getState()).isEqualTo(Task.State.STATE_SUCCEEDED);
    client.queues().deleteQueue(DeleteQueueRequest.newBuilder().setName(queue).build());
  }

  private static CreateTaskRequest request(String queue, int i) {
    return Client.creation(Client.task(queue, "system.noop", "{}")).toBuilder()
        .setRequestId("bulk-" + i)
        .build();
  }
}
