package io.tasklane.cli.apply;

import com.google.protobuf.Message;
import io.tasklane.cli.command.Connection;
import io.tasklane.v1.Schedule;
import io.tasklane.v1.WorkflowTemplate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a document may describe. */
enum Kind {
  /** A template of workflows. */
  WORKFLOW_TEMPLATE("WorkflowTemplate", "workflowTemplates/", "workflow_template.") {
    @Override
    Message.Builder message() {
      return WorkflowTemplate.newBuilder();
    }

    @Override
    Calls calls(Connection connection) {
      return new TemplateCalls(connection);
    }
  },
  /** A schedule. */
  SCHEDULE("Schedule", "schedules/", "schedule.") {
    @Override
    Message.Builder message() {
      return Schedule.newBuilder();
    }

    @Override
    Calls calls(Connection connection) {
      return new ScheduleCalls(connection);
    }
  };

  /** The calls that get, create and change one; with a check only, nothing is stored. */
  interface Calls {
    /** As it is now; empty if there is none. */
    Optional<Message> find(String name);

    /** Creates it, and returns it. */
    Message create(String id, Message wanted, boolean checkOnly);

    /** Changes it, and returns it. */
    Message update(String name, Message wanted, boolean checkOnly);
  }

  private final String word;
  private final String prefix;
  private final String field;

  Kind(String word, String prefix, String field) {
    this.word = word;
    this.prefix = prefix;
    this.field = field;
  }

  /** A message without fields. */
  abstract Message.Builder message();

  /** The calls over this connection. */
  abstract Calls calls(Connection connection);

  /** What files call it. */
  String word() {
    return word;
  }

  /** How names begin. */
  String prefix() {
    return prefix;
  }

  /** How the paths of its fields begin in requests. */
  String field() {
    return field;
  }

  /** The kind that a file calls so. */
  static Optional<Kind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }

  /** What files may call them. */
  static List<String> words() {
    return Arrays.stream(values()).map(kind -> kind.word).toList();
  }
}
