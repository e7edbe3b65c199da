package io.tasklane.cli.demo;

import com.google.gson.JsonObject;
import io.tasklane.cli.output.Table;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The report for people. */
final class ReportText {
  private static final int TOP = 8;

  private final Report report;
  private final PrintWriter out;

  ReportText(Report report, PrintWriter out) {
    this.report = report;
    this.out = out;
  }

  void print() {
    queues();
    portfolio();
    news();
    recommendations();
    failures();
    out.flush();
  }

  private void queues() {
    heading("Tasks by queue and state");
    Table table = new Table("QUEUE", "TASKS", "STATES", "BUSY", "MOST AT ONCE");
    report
        .queues()
        .forEach(
            (name, queue) ->
                table.row(
                    name, queue.tasks(), states(queue), seconds(queue.busy()), queue.maxRunning()));
    table.print(out);
    out.println(
        "wall time "
            + seconds(report.wall())
            + ", busy times together "
            + seconds(report.sumBusy()));
  }

  private static String states(QueueSummary queue) {
    return queue.byState().entrySet().stream()
        .map((Map.Entry<String, Long> e) -> e.getValue() + " " + e.getKey())
        .collect(Collectors.joining(", "));
  }

  private void portfolio() {
    heading("Portfolio (data source: " + report.dataSource() + ")");
    report.result("sync_account_balances").ifPresent(r -> line("value", r, "total_value"));
    report.result("calculate_overnight_pnl").ifPresent(r -> line("overnight P&L", r, "total_pnl"));
  }

  private void line(String label, JsonObject result, String field) {
    out.println(label + " " + NewsDigests.text(result, field));
  }

  private void news() {
    heading("Top news");
    Table table = new Table("SYMBOL", "IMPACT", "SENTIMENT", "HEADLINE");
    top(report.news())
        .forEach(
            item ->
                table.row(
                    NewsDigests.text(item, "symbol"),
                    NewsDigests.text(item, "impact_score"),
                    NewsDigests.text(item, "sentiment"),
                    NewsDigests.text(item, "headline")));
    table.print(out);
  }

  private void recommendations() {
    String approved = report.approved() ? ", approved by " + MorningCalls.APPROVER : "";
    heading("Recommendations (" + report.recommendations().size() + ")" + approved);
    Table table = new Table("SYMBOL", "ACTION", "CONFIDENCE", "TARGET", "STOP", "REASONING");
    top(report.recommendations())
        .forEach(
            item ->
                table.row(
                    NewsDigests.text(item, "symbol"),
                    NewsDigests.text(item, "action"),
                    NewsDigests.text(item, "confidence"),
                    NewsDigests.text(item, "target_price"),
                    NewsDigests.text(item, "stop_loss"),
                    NewsDigests.text(item, "reasoning")));
    table.print(out);
  }

  private void failures() {
    List<Ended> failed = report.tasks().stream().filter(end -> !end.succeeded()).toList();
    if (!failed.isEmpty() || !report.failure().isEmpty()) {
      heading("What failed");
    }
    if (!report.failure().isEmpty()) {
      out.println(report.failure());
    }
    for (Ended end : failed) {
      String why = end.task().getFailure().getCode() + " " + end.task().getFailure().getMessage();
      out.println(end.task().getName() + " " + end.type() + " " + end.state() + ": " + why);
    }
  }

  private void heading(String text) {
    out.println();
    out.println(text);
  }

  private static List<JsonObject> top(List<JsonObject> items) {
    return items.stream().limit(TOP).toList();
  }

  private static String seconds(Duration span) {
    return String.format(Locale.ROOT, "%.3f s", span.toMillis() / 1000.0);
  }
}
