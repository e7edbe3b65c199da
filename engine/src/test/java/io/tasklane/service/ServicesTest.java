package io.tasklane.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** An edge finds the services that it calls by their types. */
class ServicesTest {
  @Test
  void a_service_is_found_by_its_type_and_by_what_it_extends() {
    TaskService tasks = new TaskService() {};
    QueueService queues = new QueueService();
    Services services = Services.of(queues, tasks);

    assertThat(services.get(TaskService.class)).isSameAs(tasks);
    assertThat(services.get(QueueService.class)).isSameAs(queues);
  }

  @Test
  void a_service_that_no_feature_registers_is_named() {
    assertThatThrownBy(() -> Services.of(new QueueService()).get(TaskService.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no feature registers a TaskService");
  }
}
