package io.tasklane.cli.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The report as one JSON object for programs. */
final class ReportJson {
  private static final int TOP_NEWS = 10;

  private ReportJson() {}

  static JsonObject of(Report report) {
    JsonObject json = new JsonObject();
    json.add("tasks", tasks(report));
    json.add("queues", queues(report.queues()));
    json.addProperty("wall_seconds", seconds(report.wall()));
    json.addProperty("sum_busy_seconds", seconds(report.sumBusy()));
    json.add("portfolio", portfolio(report));
    json.add("news", array(report.news().stream().limit(TOP_NEWS).toList()));
    json.add("recommendations", array(report.recommendations()));
    json.addProperty("approved", report.approved());
    json.addProperty("data_source", report.dataSource());
    return json;
  }

  private static JsonObject tasks(Report report) {
    JsonObject tasks = new JsonObject();
    tasks.addProperty("total", report.tasks().size());
    tasks.addProperty("succeeded", report.succeeded());
    tasks.addProperty("failed", report.tasks().size() - report.succeeded());
    return tasks;
  }

  private static JsonObject queues(Map<String, QueueSummary> summaries) {
    JsonObject queues = new JsonObject();
    summaries.forEach((name, summary) -> queues.add(name, queue(summary)));
    return queues;
  }

  private static JsonObject queue(QueueSummary summary) {
    JsonObject queue = new JsonObject();
    queue.addProperty("tasks", summary.tasks());
    queue.addProperty("busy_seconds", seconds(summary.busy()));
    queue.addProperty("max_running", summary.maxRunning());
    return queue;
  }

  private static JsonObject portfolio(Report report) {
    JsonObject portfolio = new JsonObject();
    copy(report, "sync_account_balances", portfolio, List.of("total_value", "cash_balance"));
    copy(
        report,
        "calculate_overnight_pnl",
        portfolio,
        List.of("total_pnl", "realized_pnl", "unrealized_pnl", "pnl_percentage"));
    return portfolio;
  }

  private static void copy(Report report, String type, JsonObject into, List<String> fields) {
    report
        .result(type)
        .ifPresent(
            result ->
                fields.stream()
                    .filter(result::has)
                    .forEach(field -> into.add(field, result.get(field))));
  }

  private static JsonArray array(List<JsonObject> objects) {
    JsonArray array = new JsonArray();
    objects.forEach(array::add);
    return array;
  }

  private static double seconds(Duration span) {
    return span.toMillis() / 1000.0;
  }
}
