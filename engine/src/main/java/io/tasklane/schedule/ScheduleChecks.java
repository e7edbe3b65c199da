package io.tasklane.schedule;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.calendar.CalendarReader;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.feature.PlannedStarts;
import io.tasklane.schedule.calendar.CalendarRangeException;
import io.tasklane.schedule.due.InvalidScheduleException;
import io.tasklane.schedule.stored.ScheduleAction;
import io.tasklane.schedule.stored.ScheduleSpec;
import io.tasklane.task.create.TaskAdmission;
import io.tasklane.workflow.template.PlannedWorkflow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * Checks what a client wants of a schedule, and says what is wrong by the fields of its request.
 *
 * @param admission checks its task
 * @param workflows checks its workflow
 */
record ScheduleChecks(TaskAdmission admission, PlannedStarts workflows) {
  private static final String PREFIX = "schedule.";
  private static final String NOW = "SELECT clock_timestamp()";

  /** The present, by the database's clock. */
  static Instant now(Connection connection) throws SQLException {
    return NamedSql.on(connection, NOW).one(row -> Rows.instant(row, 1).orElseThrow());
  }

  /**
   * The rules of a schedule that is about to be stored.
   *
   * @throws Refusal INVALID_ARGUMENT naming the field: one that is not allowed, a trigger that is
   *     never due after now, an unknown calendar, or a task or workflow that could not be started
   */
  ScheduleRules require(Connection connection, ScheduleSpec spec, Instant now) throws SQLException {
    try {
      ScheduleRules rules = rules(connection, spec);
      rules.requireDueAfter(now);
      require(connection, spec.action());
      return rules;
    } catch (InvalidScheduleException wrong) {
      throw refusal(wrong);
    } catch (CalendarRangeException unknown) {
      throw Refusal.invalid(
          RefusalReason.CALENDAR_RANGE,
          PREFIX + spec.trigger().calendarField(),
          unknown.getMessage());
    } catch (Refusal refused) {
      Optional<String> field = refused.field().filter(path -> path.startsWith("task"));
      throw field.map(path -> refused.at(PREFIX + path)).orElse(refused);
    }
  }

  private void require(Connection connection, ScheduleAction action) throws SQLException {
    if (action instanceof ScheduleAction.Create create) {
      admission.admit(create.task(), "", "");
      return;
    }
    PlannedWorkflow workflow = ((ScheduleAction.Start) action).workflow();
    String prefix = workflow.reference().isPresent() ? "template_start." : "workflow.";
    try {
      workflows.check(connection, workflow);
    } catch (Refusal refused) {
      String field = refused.field().orElse("").replaceFirst("^workflow[.]", "");
      throw refused.at(PREFIX + prefix + field);
    }
  }

  /**
   * The rules of a schedule.
   *
   * @throws Refusal INVALID_ARGUMENT naming the field
   */
  static ScheduleRules rules(Connection connection, ScheduleSpec spec) {
    try {
      return spec.rules(CalendarReader.of(connection, spec));
    } catch (InvalidScheduleException wrong) {
      throw refusal(wrong);
    }
  }

  private static Refusal refusal(InvalidScheduleException wrong) {
    return Refusal.invalid(RefusalReason.INVALID_FIELD, PREFIX + wrong.field(), wrong.problem());
  }
}
