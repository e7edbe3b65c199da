package io.tasklane.task.create;

import com.fasterxml.jackson.databind.JsonNode;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.UserJson;
import io.tasklane.dependency.Dependency;
import io.tasklane.task.StartConditions;
import io.tasklane.task.TaskRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks the conditions under which a new task may start. */
final class StartChecks {
  private static final int MOST_DEPENDENCIES = 1000;

  private StartChecks() {}

  /**
   * Checks the start of a task.
   *
   * @param now the present; an expire time has to be later
   * @return the keys of the input under which outputs of needed tasks will be put
   * @throws Refusal INVALID_FIELD; INPUT_SCHEMA where the input could not be read at the start
   */
  static Set<String> check(TaskRequest request, Instant now) {
    checkTimes(request.start(), now);
    return checkDependencies(request);
  }

  private static void checkTimes(StartConditions start, Instant now) {
    if (start.expireTime().isEmpty()) {
      return;
    }
    Instant expire = start.expireTime().get();
    Instant earliest = start.runAfter().filter(time -> time.isAfter(now)).orElse(now);
    if (!expire.isAfter(earliest)) {
      throw invalid(
          "task.expire_time",
          expire + " is not allowed: later than now and than run_after_time (" + earliest + ")");
    }
  }

  private static Set<String> checkDependencies(TaskRequest request) {
    List<Dependency> dependencies = request.start().dependencies();
    if (dependencies.size() > MOST_DEPENDENCIES) {
      throw invalid(
          "task.dependencies",
          dependencies.size() + " are not allowed: at most " + MOST_DEPENDENCIES);
    }
    Set<String> needed = new HashSet<>();
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < dependencies.size(); i++) {
      String field = "task.dependencies[" + i + "].";
      Dependency dependency = dependencies.get(i);
      if (!needed.add(dependency.taskId())) {
        throw invalid(
            field + "task", quoted(dependency.taskName()) + " stands twice: once is allowed");
      }
      Optional<String> key = dependency.inputKey();
      if (key.isPresent() && !keys.add(key.get())) {
        throw invalid(field + "input_key", quoted(key.get()) + " stands twice: once is allowed");
      }
    }
    if (!keys.isEmpty()) {
      checkRoom(request, dependencies);
    }
    return keys;
  }

  /**
   * A needed task's output becomes a member of the input, so the input has to be an object without
   * that key.
   */
  private static void checkRoom(TaskRequest request, List<Dependency> dependencies) {
    Set<String> own = membersOf(request);
    for (int i = 0; i < dependencies.size(); i++) {
      Optional<String> key = dependencies.get(i).inputKey();
      if (key.isPresent() && own.contains(key.get())) {
        throw invalid(
            "task.dependencies[" + i + "].input_key",
            quoted(key.get()) + " is not allowed: the input has a member of that name");
      }
    }
  }

  private static Set<String> membersOf(TaskRequest request) {
    if (request.input().isJson()) {
      try {
        JsonNode json = UserJson.read(request.input().body());
        if (json.isObject()) {
          Set<String> names = new HashSet<>();
          json.fieldNames().forEachRemaining(names::add);
          return names;
        }
      } catch (UserJson.LimitExceededException limit) {
        throw InputSchemas.refusal(request.taskType(), limit.getMessage());
      } catch (IOException malformed) {
        // refused below: it is not a JSON object
      }
    }
    throw invalid("task.input", "with an input_key only a JSON object is allowed");
  }

  private static String quoted(String value) {
    return "\"" + value + "\"";
  }

  private static Refusal invalid(String field, String message) {
    return Refusal.invalid(RefusalReason.INVALID_FIELD, field, field + ": " + message);
  }
}
