package io.tasklane.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.GetTaskRequest;
import io.tasklane.v1.Task;
import org.junit.jupiter.api.Test;

class RequestHashTest {
  @Test
  void the_request_id_is_no_part_of_it() {
    assertThat(hash("r-1", Task.newBuilder().setPriority(3)))
        .hasSize(16)
        .isEqualTo(hash("r-2", Task.newBuilder().setPriority(3)));
  }

  @Test
  void anything_else_is() {
    assertThat(hash("r-1", Task.newBuilder().setPriority(3)))
        .isNotEqualTo(hash("r-1", Task.newBuilder().setPriority(4)));
  }

  @Test
  void the_order_in_which_labels_were_put_is_not() {
    assertThat(hash("r", Task.newBuilder().putLabels("a", "1").putLabels("b", "2")))
        .isEqualTo(hash("r", Task.newBuilder().putLabels("b", "2").putLabels("a", "1")));
  }

  @Test
  void a_request_without_a_request_id_has_one_too() {
    assertThat(RequestHash.of(GetTaskRequest.newBuilder().setName("tasks/a").build())).hasSize(16);
  }

  private static byte[] hash(String id, Task.Builder task) {
    return RequestHash.of(CreateTaskRequest.newBuilder().setRequestId(id).setTask(task).build());
  }
}
