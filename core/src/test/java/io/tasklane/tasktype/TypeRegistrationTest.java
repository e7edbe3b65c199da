package io.tasklane.tasktype;

import static io.tasklane.tasktype.TypeRegistration.CREATED;
import static io.tasklane.tasktype.TypeRegistration.DIFFERS;
import static io.tasklane.tasktype.TypeRegistration.KEPT;
import static io.tasklane.tasktype.TypeRegistration.REPLACED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.task.TaskType;
import io.tasklane.tasktype.TypeRegistration.Source;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Of two definitions of one type the one with the higher revision holds. */
class TypeRegistrationTest {
  private static final TaskType STORED = TaskType.named("news").withInputSchema("{}");
  private static final TaskType OTHER = TaskType.named("news").withInputSchema("true");

  private static TypeRegistration of(Source by, TaskType wanted, long revision) {
    return TypeRegistration.of(by, stored(3), wanted, revision);
  }

  private static Optional<StoredType> stored(long revision) {
    return Optional.of(new StoredType(STORED, revision, Instant.EPOCH, Instant.EPOCH));
  }

  @Test
  void an_unknown_type_is_created_by_whoever_registers_it() {
    for (Source by : Source.values()) {
      assertThat(TypeRegistration.of(by, Optional.empty(), STORED, 1)).isEqualTo(CREATED);
    }
  }

  @Test
  void the_same_definition_changes_nothing() {
    assertThat(of(Source.WORKER, STORED, 3)).isEqualTo(KEPT);
    assertThat(of(Source.CALLER, STORED, 3)).isEqualTo(KEPT);
    assertThat(of(Source.HANDLER, STORED, 1)).isEqualTo(KEPT);
  }

  @Test
  void two_definitions_of_one_revision_differ() {
    assertThat(of(Source.WORKER, OTHER, 3)).isEqualTo(DIFFERS);
    assertThat(of(Source.CALLER, OTHER, 3)).isEqualTo(DIFFERS);
  }

  @Test
  void a_higher_revision_replaces() {
    assertThat(of(Source.WORKER, OTHER, 4)).isEqualTo(REPLACED);
    assertThat(of(Source.CALLER, OTHER, 4)).isEqualTo(REPLACED);
    assertThat(of(Source.CALLER, STORED, 4)).as("the revision counts up").isEqualTo(REPLACED);
  }

  @Test
  void an_older_worker_serves_the_newer_definition_and_an_older_request_is_refused() {
    assertThat(of(Source.WORKER, OTHER, 2)).isEqualTo(KEPT);
    assertThat(of(Source.CALLER, OTHER, 2)).isEqualTo(DIFFERS);
  }

  @Test
  void a_worker_that_only_names_a_type_takes_it_as_it_is() {
    TaskType named = TaskType.named("news");
    assertThat(of(Source.WORKER, named, 1)).isEqualTo(KEPT);
    assertThat(TypeRegistration.of(Source.WORKER, stored(1), named, 1)).isEqualTo(KEPT);
    assertThat(TypeRegistration.of(Source.CALLER, stored(1), named, 1)).isEqualTo(DIFFERS);
  }

  @Test
  void the_latest_start_of_a_handler_defines_its_type() {
    assertThat(of(Source.HANDLER, OTHER, 1)).isEqualTo(REPLACED);
    assertThat(TypeRegistration.revision(Source.HANDLER, stored(3), 1)).isEqualTo(4);
    assertThat(TypeRegistration.revision(Source.HANDLER, Optional.empty(), 1)).isEqualTo(1);
    assertThat(TypeRegistration.revision(Source.WORKER, stored(3), 7)).isEqualTo(7);
  }
}
