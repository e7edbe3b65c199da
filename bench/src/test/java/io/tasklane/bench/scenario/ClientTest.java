package io.tasklane.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;

class ClientTest {
  @Test
  void only_a_careful_client_sends_a_request_id() {
    assertThat(Client.CAREFUL.request("x").getRequestId()).isEqualTo("x");
    assertThat(Client.CARELESS.request("x").getRequestId()).isEmpty();
  }

  @Test
  void clients_take_turns_so_that_a_steady_change_is_the_same_for_both() {
    for (Client client : Client.values()) {
      assertThat(Collections.frequency(Client.IN_TURN, client)).isEqualTo(Client.TURNS);
    }
    double[] places = new double[Client.values().length];
    for (int i = 0; i < Client.IN_TURN.size(); i++) {
      places[Client.IN_TURN.get(i).ordinal()] += i;
    }
    assertThat(places).containsOnly(places[0]);
  }
}
