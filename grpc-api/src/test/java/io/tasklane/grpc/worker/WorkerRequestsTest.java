package io.tasklane.grpc.worker;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tasklane.grpc.ApiOfTest;
import io.tasklane.task.Actor;
import io.tasklane.v1.DrainWorkerRequest;
import io.tasklane.v1.GetWorkerRequest;
import io.tasklane.v1.ListWorkersRequest;
import io.tasklane.v1.ListWorkersResponse;
import io.tasklane.v1.Worker;
import io.tasklane.v1.WorkerServiceGrpc;
import io.tasklane.v1.WorkerServiceGrpc.WorkerServiceBlockingStub;
import io.tasklane.worker.WorkerState;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Workers are shown, listed and drained over the wire. */
class WorkerRequestsTest {
  private ApiOfTest api;
  private WorkerServiceBlockingStub workers;

  @BeforeEach
  void start() throws IOException {
    api = new ApiOfTest();
    workers = WorkerServiceGrpc.newBlockingStub(api.channel);
    put("w1", WorkerState.HEALTHY);
    put("w2", WorkerState.SUSPECT);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private void put(String id, WorkerState state) {
    api.workers.known.put(
        id,
        new io.tasklane.worker.Worker(
            id,
            "gpu-3",
            "news 1.4",
            List.of("NEWS"),
            List.of("news"),
            4,
            List.of("tasks/a"),
            1,
            state,
            0.25,
            1000,
            ApiOfTest.CLOCK.instant(),
            ApiOfTest.CLOCK.instant(),
            Optional.of("n1"),
            Optional.of(new Actor("user:alice", "update"))));
  }

  private static GetWorkerRequest get(String name) {
    return GetWorkerRequest.newBuilder().setName(name).build();
  }

  @Test
  void a_worker_is_shown_with_all_that_is_known_of_it() {
    Worker worker = workers.getWorker(get("workers/w1")).getWorker();
    assertThat(worker.getName()).isEqualTo("workers/w1");
    assertThat(worker.getHost()).isEqualTo("gpu-3");
    assertThat(worker.getVersion()).isEqualTo("news 1.4");
    assertThat(worker.getQueuesList()).containsExactly("queues/NEWS");
    assertThat(worker.getTaskTypesList()).containsExactly("news");
    assertThat(worker.getSlots()).isEqualTo(4);
    assertThat(worker.getBusySlots()).isEqualTo(1);
    assertThat(worker.getState()).isEqualTo(Worker.State.STATE_HEALTHY);
    assertThat(worker.getCpuLoad()).isEqualTo(0.25);
    assertThat(worker.getMemoryBytes()).isEqualTo(1000);
    assertThat(worker.getRunningTasksList()).containsExactly("tasks/a");
    assertThat(worker.getNode()).isEqualTo("nodes/n1");
    assertThat(worker.getDrainActor().getReason()).isEqualTo("update");
  }

  @Test
  void an_unknown_worker_and_a_name_that_is_none_are_refused() {
    assertThat(codeAndReason(catchThrowable(() -> workers.getWorker(get("workers/no")))))
        .isEqualTo("NOT_FOUND WORKER_NOT_FOUND");
    assertThat(codeAndReason(catchThrowable(() -> workers.getWorker(get("w1")))))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
  }

  @Test
  void workers_are_listed_page_by_page() {
    ListWorkersRequest first = ListWorkersRequest.newBuilder().setPageSize(1).build();
    ListWorkersResponse one = workers.listWorkers(first);
    ListWorkersResponse two =
        workers.listWorkers(first.toBuilder().setPageToken(one.getNextPageToken()).build());
    assertThat(one.getWorkers(0).getName()).isEqualTo("workers/w1");
    assertThat(two.getWorkers(0).getState()).isEqualTo(Worker.State.STATE_SUSPECT);
    assertThat(
            codeAndReason(
                catchThrowable(
                    () -> workers.listWorkers(first.toBuilder().setPageToken("nonsense").build()))))
        .isEqualTo("INVALID_ARGUMENT PAGE_TOKEN");
    assertThat(
            codeAndReason(
                catchThrowable(
                    () -> workers.listWorkers(first.toBuilder().setFilter("state = X").build()))))
        .isEqualTo("INVALID_ARGUMENT FIELD_NOT_SERVED");
  }

  @Test
  void a_worker_is_drained_for_a_reason() {
    workers.drainWorker(
        DrainWorkerRequest.newBuilder().setName("workers/w1").setReason("update").build());
    assertThat(api.workers.ends).containsExactly("drain w1 update");
  }
}
