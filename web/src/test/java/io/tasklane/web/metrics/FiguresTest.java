package io.tasklane.web.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
  private final TestServices services = new TestServices();

  private List<String> lines() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(out, services.figures().now());
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void the_figures_of_a_queue_carry_its_name() throws IOException {
    assertThat(lines())
        .contains(
            "tasklane_tasks_queued{queue=\"AI_ANALYSIS\"} 3.0",
            "tasklane_tasks_queued_by_priority{priority=\"9\",queue=\"AI_ANALYSIS\"} 3.0",
            "tasklane_tasks_queued_by_priority{priority=\"10\",queue=\"AI_ANALYSIS\"} 0.0",
            "tasklane_tasks_active{queue=\"AI_ANALYSIS\"} 2.0",
            "tasklane_tasks{queue=\"AI_ANALYSIS\",state=\"CANCELLING\"} 1.0",
            "tasklane_dead_letters{queue=\"AI_ANALYSIS\"} 6.0",
            "tasklane_queue_oldest_wait_seconds{queue=\"AI_ANALYSIS\"} 1.5",
            "tasklane_queue_state{queue=\"AI_ANALYSIS\",state=\"PAUSED\"} 1.0",
            "tasklane_queue_state{queue=\"AI_ANALYSIS\",state=\"ACTIVE\"} 0.0",
            "tasklane_queue_owned{queue=\"AI_ANALYSIS\"} 1.0",
            "tasklane_queue_owned{queue=\"OTHER\"} 0.0",
            "tasklane_tasks_created_total{queue=\"AI_ANALYSIS\"} 10.0",
            "tasklane_tasks_ended_total{queue=\"AI_ANALYSIS\",state=\"FAILED\"} 4.0",
            "tasklane_task_retries_total{queue=\"AI_ANALYSIS\"} 2.0",
            "tasklane_task_lease_losses_total{queue=\"AI_ANALYSIS\"} 1.0");
  }

  @Test
  void histograms_count_every_value_up_to_each_bound() throws IOException {
    services.runs.add(0.004);
    services.runs.add(0.004);
    services.runs.add(7);
    assertThat(lines())
        .contains(
            "tasklane_task_run_seconds_bucket{queue=\"AI_ANALYSIS\",le=\"0.0025\"} 0",
            "tasklane_task_run_seconds_bucket{queue=\"AI_ANALYSIS\",le=\"0.005\"} 2",
            "tasklane_task_run_seconds_bucket{queue=\"AI_ANALYSIS\",le=\"5.0\"} 2",
            "tasklane_task_run_seconds_bucket{queue=\"AI_ANALYSIS\",le=\"10.0\"} 3",
            "tasklane_task_run_seconds_bucket{queue=\"AI_ANALYSIS\",le=\"+Inf\"} 3",
            "tasklane_task_run_seconds_count{queue=\"AI_ANALYSIS\"} 3");
  }

  @Test
  void the_figures_of_the_node_are_its_own() throws IOException {
    services.commits.add(3);
    assertThat(lines())
        .contains(
            "tasklane_commits_total 1.0",
            "tasklane_commit_batch_size_sum 3.0",
            "tasklane_events_appended_total 77.0",
            "tasklane_event_tail_lag_seconds 0.25",
            "tasklane_node_lease_held 1.0",
            "tasklane_node_lease_losses_total 3.0",
            "tasklane_ongoing_faults 2.0",
            "tasklane_grpc_streams_open 2.0",
            "tasklane_jms_messages_total{outcome=\"accepted\"} 41.0",
            "tasklane_jms_messages_total{outcome=\"rejected\"} 3.0",
            "tasklane_component_up{component=\"database\"} 1.0",
            "tasklane_component_up{component=\"broker\"} 0.0");
  }

  @Test
  void every_help_says_whether_it_is_about_the_cluster_or_the_node() throws IOException {
    assertThat(lines())
        .filteredOn(line -> line.startsWith("# HELP"))
        .hasSizeGreaterThan(15)
        .allMatch(line -> line.matches(".*(whole cluster|this node).*"));
  }
}
