package io.tasklane.task.create;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.artifact.ArtifactReference;
import io.tasklane.dependency.Dependency;
import io.tasklane.dependency.DependencyPolicy;
import io.tasklane.task.Payload;
import io.tasklane.task.StartConditions;
import io.tasklane.task.TaskRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which inputs are refused at creation, and with which words. */
class InputAdmissionTest extends AdmissionBench {
  @Test
  void an_input_of_more_than_256_kib_is_refused_with_both_sizes() {
    Payload large = new Payload("x/y", new byte[Payload.MAX_BYTES + 1]);
    refused(
        TaskRequest.of("Q", "system.echo", large),
        "PAYLOAD_TOO_LARGE",
        "task.input.inline",
        "262145 bytes is not allowed: at most 262144");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|required property 'millis' not found",
        "{\"millis\":-1}|millis: must have a minimum value of 0",
        "{\"millis\":1,\"naps\":2}|property 'naps' is not defined",
        "{\"millis\":\"1\"}|millis: string found, integer expected",
        "{\"millis\":1|it is not JSON",
        "{\"millis\":1} and more|it is not JSON",
        "''|it is empty"
      })
  void an_input_that_does_not_fit_the_schema_is_refused_with_every_fault(
      String input, String fault) {
    refused(
        TaskRequest.of("Q", "system.sleep", Payload.json(input)),
        "INPUT_SCHEMA",
        "task.input",
        fault);
  }

  /** Field and limits are those of an input that nothing is put into. */
  @ParameterizedTest
  @MethodSource("documentsBeyondALimit")
  void an_input_that_could_not_be_read_at_the_start_is_refused(String document) {
    TaskRequest request = TaskRequest.of("Q", "system.echo", Payload.json(document));
    Dependency handingOver = new Dependency("x", DependencyPolicy.ON_SUCCESS, Optional.of("need"));
    refused(
        request.withStart(StartConditions.after(List.of(handingOver))),
        "INPUT_SCHEMA",
        "task.input",
        "input does not fit the schema of system.echo: ");
  }

  private static List<String> documentsBeyondALimit() {
    List<String> documents = new ArrayList<>();
    for (int levels : new int[] {1000, 1001, 1200, 100_000}) {
      documents.add("{\"deep\":" + "[".repeat(levels) + "]".repeat(levels) + "}");
    }
    documents.add("{\"a\":" + "1".repeat(1001) + "}");
    documents.add("{\"a\":1e99999999999}");
    documents.add("{\"" + "k".repeat(50_001) + "\":1}");
    return documents;
  }

  @Test
  void the_deepest_input_is_taken_with_and_without_an_input_key() {
    String deepest = "{\"deep\":" + "[".repeat(999) + "]".repeat(999) + "}";
    TaskRequest request = TaskRequest.of("Q", "system.echo", Payload.json(deepest));
    Dependency handingOver = new Dependency("x", DependencyPolicy.ON_SUCCESS, Optional.of("need"));
    admission.admit(request, "", "ann");
    admission.admit(request.withStart(StartConditions.after(List.of(handingOver))), "", "ann");
  }

  @Test
  void an_input_that_is_not_json_is_refused_where_a_schema_asks_for_json() {
    refused(
        TaskRequest.of("Q", "system.sleep", new Payload("text/plain", new byte[0])),
        "INPUT_SCHEMA",
        "task.input",
        "it is text/plain, and must be application/json");
  }

  @Test
  void an_input_by_reference_is_taken_by_types_that_do_not_look_into_it_alone() {
    Payload reference =
        Payload.reference(new ArtifactReference("0a".repeat(32), 1_000_000_000, Payload.JSON));
    refused(
        TaskRequest.of("Q", "system.sleep", reference),
        "INPUT_SCHEMA",
        "task.input",
        "it is a reference, whose bytes are not looked into, and must be inline application/json");
    assertThat(
            admission
                .admit(TaskRequest.of("Q", "system.noop", reference), "", "tester")
                .spec()
                .input())
        .isEqualTo(reference);
  }
}
