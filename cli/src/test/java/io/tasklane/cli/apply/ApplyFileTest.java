package io.tasklane.cli.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.cli.yaml.YamlFault;
import io.tasklane.v1.FailurePolicy;
import io.tasklane.v1.Schedule;
import io.tasklane.v1.WorkflowTemplate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file says is taken letter by letter, or refused with its line. */
class ApplyFileTest {
  private static final String HEAD = "kind: WorkflowTemplate\nname: t\n";
  private static final String TEXTS =
      HEAD
          + """
          input_schema:
            properties:
              symbols: {type: array, items: {type: string}}
          workflow:
            inputs:
              symbols: [%s]
            root:
              node_id: a
              timer: {duration: 1s}
          """;

  private static WorkflowTemplate template(String yaml) throws YamlFault {
    return (WorkflowTemplate) ApplyFile.parse(yaml).get(0).message();
  }

  private static String input(String yaml, String name) throws YamlFault {
    return template(yaml).getWorkflow().getInputsOrThrow(name).getInline().toStringUtf8();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0700", "1.10", "TRUE", "true", "null", "~", "0x1F", ".5", ".inf", "7"})
  void what_yaml_reads_as_no_text_is_refused_where_the_schema_wants_one(String word) {
    assertThatThrownBy(() -> ApplyFile.parse(TEXTS.formatted("AAPL, " + word)))
        .isInstanceOf(YamlFault.class)
        .hasMessageStartingWith("line 8, workflow.inputs.symbols[1]: here stands " + word)
        .hasMessageEndingWith("put it in quotes, \"" + word + "\"");
  }

  @Test
  void all_other_words_are_the_text_that_stands_there_and_quoted_all_are() throws YamlFault {
    String words = "ON, NO, Y, 2026-11-20, 12:30, No, off";
    assertThat(input(TEXTS.formatted(words), "symbols"))
        .isEqualTo("[\"" + words.replace(", ", "\",\"") + "\"]");
    String quoted = "\"0700\", '1.10', \"TRUE\", \"null\", \"\"";
    assertThat(input(TEXTS.formatted(quoted), "symbols"))
        .isEqualTo("[\"0700\",\"1.10\",\"TRUE\",\"null\",\"\"]");
  }

  @ParameterizedTest
  @CsvSource({
    "1.10,1.10",
    "-0.5e3,-0.5e3",
    "true,true",
    "null,null",
    "~,null",
    "12:30,'\"12:30\"'",
    "123456789012345678901234567890,123456789012345678901234567890"
  })
  void values_of_which_no_schema_speaks_are_json_letter_by_letter(String word, String json)
      throws YamlFault {
    assertThat(input(HEAD + "workflow: {inputs: {x: " + word + "}}", "x")).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0700", "08.5", "TRUE", "False", "NULL", "0x1F", "+1", "1.", ".inf"})
  void values_with_a_second_spelling_are_refused(String word) {
    assertThatThrownBy(() -> ApplyFile.parse(HEAD + "workflow:\n  inputs:\n    x: " + word))
        .hasMessageStartingWith("line 5, workflow.inputs.x: ")
        .hasMessageContaining(word);
  }

  @Test
  void a_key_that_stands_twice_is_refused_with_both_lines_at_every_depth() {
    for (String twice :
        List.of(
            "workflow:\n  labels:\n    a: x\n    a: y",
            "workflow:\n  inputs:\n    a: 1\n    a: 2",
            "workflow: {}\ndescription: x\n\nworkflow: {}",
            "workflow:\n  inputs:\n    a: {b: [{c: 1,\n      c: 2}]}")) {
      assertThatThrownBy(() -> ApplyFile.parse(HEAD + twice))
          .as(twice)
          .hasMessageMatching("line [56], .*: the key stands twice, in line [3-5] too");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "workflow: &x {}|anchors are not read",
        "workflow: *x|aliases are not read",
        "description: !!str 7|tags are not read",
        "description: !mine x|tags are not read",
        "workflow: !!map {}|tags are not read",
        "workflow: {inputs: {<<: {a: 1}}}|merge keys are not read",
        "descripton: x|there is no such field; there are name, description, workflow",
        "version: 3|only the server sets this field",
        "workflow: {state: STATE_RUNNING}|only the server sets this field",
        "workflow: {root: {timer: {duration: 1s}, chain: {nodes: []}}}|timer is given too",
        "workflow: {root: {node_id: 1}}|1, which is read as a number, where a text is needed",
        "workflow: {labels: {desk: 0700}}|put it in quotes, \"0700\"",
        "workflow: {labels: {7: x}}|the key 7 is read as no text",
        "workflow: {priority: high}|the text \"high\", where a number is needed",
        "workflow: {priority: 1.5}|1.5 is no whole number",
        "workflow: {priority: 99999999999}|is not allowed",
        "workflow: {timeout: 5}|where a text is needed",
        "workflow: {timeout: soon}|is no time span",
        "workflow: {root: {group: {failure_policy: LATER}}}|one of WAIT_ALL, FAIL_FAST, IGNORE is",
        "workflow: []|a list, not key: value",
        "workflow: {root: {chain: {nodes: {a: b}}}}|a mapping, where a list is needed",
        "workflow:|nothing, not key: value",
        "workflow: {x|this is no YAML"
      })
  void what_cannot_be_meant_is_refused_with_its_line(String third, String problem) {
    assertThatThrownBy(() -> ApplyFile.parse(HEAD + third))
        .isInstanceOf(YamlFault.class)
        .hasMessageMatching("(?s)line [34].*")
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: t|line 1, kind: is missing: WorkflowTemplate or Schedule",
        "kind: WorkflowTemplate|line 1, name: is missing",
        "kind: Trigger|line 1, kind: \"Trigger\" is not allowed: WorkflowTemplate or Schedule",
        "''|line 1: it describes nothing",
        "'# only words'|line 1: it describes nothing",
        "7|line 1: here stands 7, which is read as a number, not key: value"
      })
  void a_document_has_a_kind_and_a_name(String yaml, String problem) {
    assertThatThrownBy(() -> ApplyFile.parse(yaml)).hasMessage(problem);
  }

  @Test
  void a_file_of_another_version_of_yaml_is_refused() {
    assertThatThrownBy(() -> ApplyFile.parse("%YAML 1.1\n---\n" + HEAD))
        .hasMessageContaining("YAML 1.2 is read");
  }

  @Test
  void several_documents_are_read_each_with_its_lines() throws YamlFault {
    List<Wanted> all =
        ApplyFile.parse(
            HEAD
                + """
                workflow:
                  root:
                    node_id: all
                    group:
                      failure_policy: IGNORE
                      nodes:
                        - node_id: w
                          event_wait: {approvals: 1, timeout: 24h, on_timeout: SKIP}
                ---
                ---
                kind: Schedule
                name: schedules/s
                cron: {expression: "0 9 * * MON-FRI", time_zone: Europe/London}
                task: {queue: queues/Q, task_type: system.echo, input: {n: 1.50, s: "07"}}
                start_time: "2026-12-01T00:00:00Z"
                """);
    assertThat(all).extracting(Wanted::name).containsExactly("workflowTemplates/t", "schedules/s");
    var group = ((WorkflowTemplate) all.get(0).message()).getWorkflow().getRoot().getGroup();
    assertThat(group.getFailurePolicy()).isEqualTo(FailurePolicy.FAILURE_POLICY_IGNORE);
    assertThat(group.getNodes(0).getEventWait().getTimeout().getSeconds()).isEqualTo(86_400);
    Schedule schedule = (Schedule) all.get(1).message();
    assertThat(schedule.getTask().getInput().getInline().toStringUtf8())
        .isEqualTo("{\"n\":1.50,\"s\":\"07\"}");
    assertThat(schedule.getStartTime().getSeconds()).isEqualTo(1_796_083_200L);
    assertThat(all.get(0).lineOf("workflow.root.group.nodes[0].event_wait.approvals"))
        .isEqualTo(10);
    assertThat(all.get(0).lineOf("workflow.root.group.nodes[0].event_wait.event_type"))
        .as("of the field around it")
        .isEqualTo(10);
    assertThat(all.get(1).lineOf("task.queue")).isEqualTo(16);
  }

  @Test
  void what_is_printed_says_the_same_when_it_is_read_again() throws YamlFault {
    String yaml =
        HEAD
            + """
            description: "007 says: yes # no"
            input_schema: '{"required":["n"]}'
            workflow:
              labels: {desk: "0700", "on": "TRUE"}
              timeout: 90s
              inputs:
                n: [1.10, "1.10", true, "true", null, {"a b": {}, e: []}]
                text: "line\\nline \\u2028 'x' \\"y\\""
              root:
                node_id: all
                chain:
                  nodes:
                    - node_id: a
                      task: {queue: queues/Q, task_type: system.echo, input: {x: ["-", "- y"]}}
                      task_expressions: {input: {y: "inputs.n[0] > 1"}}
                    - node_id: b
                      timer: {until: "inputs.t"}
            """;
    WorkflowTemplate once = template(yaml);
    String printed = String.join("\n", YamlText.of("WorkflowTemplate", "t", once));
    assertThat(template(printed)).as(printed).isEqualTo(once);
  }
}
