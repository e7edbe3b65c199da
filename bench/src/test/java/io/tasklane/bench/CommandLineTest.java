package io.tasklane.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.bench.report.Plan;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CommandLineTest {
  @Test
  void a_report_measures_every_scenario_there_is() {
    Set<String> planned = new TreeSet<>();
    Plan.ALL.forEach(words -> planned.add(words.get(0)));
    Set<String> known = new TreeSet<>(Bench.line().getSubcommands().keySet());
    // faults proves, and measures nothing; jmh needs no server, and much longer for a figure;
    // warm-up is a curve of two minutes, whose seconds are not those of a row.
    known.removeAll(Set.of("report", "faults", "jmh", "warm-up"));
    assertThat(planned).isEqualTo(known);
  }

  @Test
  void what_a_report_asks_for_is_understood() {
    Plan.ALL.forEach(words -> Bench.line().parseArgs(words.toArray(String[]::new)));
  }

  @Test
  void every_part_of_growth_is_in_the_plan_of_a_report() {
    Set<String> planned = new TreeSet<>();
    Plan.ALL.stream()
        .filter(words -> words.get(0).equals("growth"))
        .forEach(words -> planned.add(words.get(2)));
    assertThat(planned).containsExactly("nodes", "queues", "subscribers", "waiting");
  }

  @ParameterizedTest
  @CsvSource({
    "create --seconds 0, --seconds 0: 1 to 600",
    "chain --length 1001, --length 1001: 2 to 1000",
    "fan --width 0, --width 0: 1 to 1000",
    "workflow --length 1, --length 1: 2 to 1000",
    "workflow --members 10;0, --members 0: 1 to 100000",
    "all-queues --queues 101, --queues 101: 1 to 100",
    "inversion --waiting 5, --waiting 5: 100 to 100000",
    "one-queue --durability SOME, --durability",
    "failover --server 127.0.0.1:9, --server 127.0.0.1:9: not for this scenario",
    "growth, Missing required option: '--part",
    "growth --part time, --part",
    "growth --part queues --sizes 0, --sizes 0: 1 to 500",
    "growth --part nodes --sizes 9, --sizes 9: 1 to 8",
    "growth --part waiting --sizes 10;10, --sizes 10: 11 to 10000000",
    "growth --part nodes --server 127.0.0.1:9, --server 127.0.0.1:9: not for this scenario",
    "warm-up --server 127.0.0.1:9, --server 127.0.0.1:9: not for this scenario",
    "warm-up --slice 0, --slice 0: 1 to 120",
    "warm-up --seconds 20 --slice 21, --slice 21: 1 to 20",
    "jmh --forks 0, --forks 0: 1 to 20",
    "jmh --seconds 601, --seconds 601: 1 to 600",
  })
  void what_is_not_allowed_is_refused_before_a_server_is_started(String words, String told) {
    StringWriter err = new StringWriter();
    CommandLine line = Bench.line().setErr(new PrintWriter(err));
    // A comma divides the columns above.
    assertThat(line.execute(words.replace(';', ',').split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(told).doesNotContain("starting a server");
  }
}
