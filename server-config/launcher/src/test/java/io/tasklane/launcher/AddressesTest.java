package io.tasklane.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.launcher.address.Addresses;
import io.tasklane.launcher.address.Backbone;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AddressesTest {
  private static final Backbone OWN =
      new Backbone(
          "jdbc:postgresql://127.0.0.1:5433/tasklane",
          "tasklane",
          Optional.of(Path.of("/data/postgres.password")),
          Addresses.HOST,
          61616);
  private static final Optional<Addresses.NodePorts> NODE =
      Optional.of(new Addresses.NodePorts(9090, 8080));

  @Test
  void the_ready_line_of_a_server_names_its_three_doors() {
    assertThat(new Addresses(NODE, OWN))
        .hasToString("grpc=127.0.0.1:9090 http=127.0.0.1:8080 jms=127.0.0.1:61616");
  }

  @Test
  void a_node_that_joined_names_the_broker_of_its_system() {
    Backbone far =
        new Backbone("jdbc:postgresql://db/tasklane", "app", Optional.empty(), "mq", 61617);
    assertThat(new Addresses(NODE, far).toString()).endsWith(" jms=mq:61617");
  }

  @Test
  void what_the_status_tells_is_what_a_further_node_is_started_with() {
    String told = Addresses.line(new Addresses(NODE, OWN).fields());
    assertThat(told).startsWith(new Addresses(NODE, OWN) + " ");
    String[] line =
        Stream.concat(
                Stream.of("--node=node-2"),
                Stream.of(told.split(" "))
                    .filter(word -> word.matches("(database-(url|user)|broker-url)=.*"))
                    .map("--"::concat))
            .toArray(String[]::new);
    Backbone joined = CommandRun.start(line).joined().orElseThrow();
    assertThat(joined.databaseUrl()).isEqualTo(OWN.databaseUrl());
    assertThat(joined.databaseUser()).isEqualTo(OWN.databaseUser());
    assertThat(joined.brokerUrl()).isEqualTo(OWN.brokerUrl());
    assertThat(told).contains(" database-password-file=/data/postgres.password ");
  }

  @Test
  void without_a_node_the_ready_line_tells_what_nodes_need_to_join() {
    Addresses addresses = new Addresses(Optional.empty(), OWN);
    assertThat(addresses)
        .hasToString("jms=127.0.0.1:61616 " + Addresses.line(OWN.fields()))
        .hasToString(Addresses.line(addresses.fields()));
  }
}
