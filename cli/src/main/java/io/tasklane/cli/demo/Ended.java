package io.tasklane.cli.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import io.tasklane.cli.queue.QueueName;
import io.tasklane.cli.task.TaskStates;
import io.tasklane.v1.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * A task of the morning that has reached its end.
 *
 * @param task as the server recorded it
 * @param runs when it ran, one interval for each of its attempts
 */
record Ended(Task task, List<Interval> runs) {
  Ended {
    runs = List.copyOf(runs);
  }

  boolean succeeded() {
    return task.getState() == Task.State.STATE_SUCCEEDED;
  }

  String queue() {
    return QueueName.shortened(task.getQueue());
  }

  /** The state it ended in, without prefix. */
  String state() {
    return TaskStates.label(task.getState());
  }

  String type() {
    return task.getTaskType();
  }

  /** The result's JSON object, empty where there is none. */
  JsonObject result() {
    try {
      JsonElement tree = JsonParser.parseString(task.getResult().getInline().toStringUtf8());
      return tree.isJsonObject() ? tree.getAsJsonObject() : new JsonObject();
    } catch (JsonSyntaxException e) {
      throw new IllegalStateException(task.getName() + " has a result that is no JSON", e);
    }
  }

  /** The objects of one list of the result, none where it is missing. */
  List<JsonObject> objects(String field) {
    List<JsonObject> objects = new ArrayList<>();
    array(field).forEach(element -> objects.add(element.getAsJsonObject()));
    return objects;
  }

  private JsonArray array(String field) {
    JsonElement value = result().get(field);
    return value != null && value.isJsonArray() ? value.getAsJsonArray() : new JsonArray();
  }
}
